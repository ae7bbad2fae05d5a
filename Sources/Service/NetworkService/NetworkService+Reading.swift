import AddressPools
public import NetworkModel
public import StateStore

extension NetworkService {
  /// Every network, without waiting for a running change.
  public func networks() throws(ServiceError) -> NetworkListing {
    let folder = try openState()
    let listing = try stored { () throws(StateError) in try folder.listing() }
    return NetworkListing(
      networks: listing.networks, damaged: listing.damaged.map { $0.inside(statePath) })
  }

  /// Whether a network has a live endpoint.
  public func hasLiveEndpoints(_ network: Network) throws(ServiceError) -> Bool {
    let folder = try openVerifiedState()
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    for endpoint in recorded where try isAlive(endpoint) { return true }
    return false
  }

  /// The number of live endpoints of each network.
  public func liveEndpointCounts(
    of networks: [Network]
  ) throws(ServiceError) -> [NetworkID: Int] {
    let folder = try openVerifiedState()
    var counts: [NetworkID: Int] = [:]
    for network in networks {
      let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
      let count = try liveEndpoints(among: recorded).count
      if count > 0 { counts[network.id] = count }
    }
    return counts
  }

  /// One network and its endpoints, without waiting for a running change.
  public func inspect(_ reference: String) throws(ServiceError) -> NetworkStatus {
    let folder = try openVerifiedState()
    let index = try stored { () throws(StateError) in try folder.index() }
    let network = try self.network(reference, in: index, of: folder)
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    let endpoints = try liveEndpoints(among: recorded)
    let leases = try stored { () throws(StateError) in try folder.leases(of: network.id) }
    return NetworkStatus(
      network: network,
      endpoints: endpoints.sorted { $0.container.id < $1.container.id },
      usage: leases.subnets.map { subnet in
        SubnetUsage(
          subnet: subnet.subnet, inUse: subnet.inUseCount, available: subnet.availableCount)
      })
  }
}
