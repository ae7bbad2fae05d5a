import AddressPools
public import NetworkModel
public import StateStore

extension NetworkService {
  /// Every network, without waiting for a change that is under way.
  public func networks() throws(ServiceError) -> NetworkListing {
    let folder = try openState()
    let listing = try stored { () throws(StateError) in try folder.listing() }
    return NetworkListing(
      networks: listing.networks, damaged: listing.damaged.map { $0.inside(statePath) })
  }

  /// Whether a network has a living endpoint.
  public func hasLivingEndpoints(_ network: Network) throws(ServiceError) -> Bool {
    let folder = try openStateOfThisHost()
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    for endpoint in recorded where try isAlive(endpoint) { return true }
    return false
  }

  /// How many living endpoints each of the networks has.
  public func livingEndpointCounts(
    of networks: [Network]
  ) throws(ServiceError) -> [NetworkID: Int] {
    let folder = try openStateOfThisHost()
    var counts: [NetworkID: Int] = [:]
    for network in networks {
      let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
      let count = try alive(recorded).count
      if count > 0 { counts[network.id] = count }
    }
    return counts
  }

  /// One network and what is attached to it, without waiting for a change that is under way.
  public func inspect(_ reference: String) throws(ServiceError) -> NetworkStatus {
    let folder = try openStateOfThisHost()
    let index = try stored { () throws(StateError) in try folder.index() }
    let network = try self.network(reference, in: index, of: folder)
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    let endpoints = try alive(recorded)
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
