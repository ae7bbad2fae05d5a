import AddressPools
import Addressing
import Drivers
import NetworkModel
import StateStore

/// The addresses of a new endpoint, and those that containers which are gone or do not run give up
/// for it.
extension Transaction {
  // The link of an ended container is gone with its namespace, and its address should be available
  // again at once. Large networks are only checked when address allocation fails.
  func removeVanished(
    from network: Network, _ naming: InterfaceNaming
  ) throws(ServiceError) {
    let largestSearched = 64
    let recorded = try view.endpointIDs(of: network.id)
    guard recorded.count <= largestSearched else { return }
    let hostNames = recorded.compactMap(naming.hostName)
    if hostNames.count == recorded.count, try kernel.hasConnectedLinks(hostNames) { return }
    _ = try removeDeadEndpoints(of: network)
  }

  func leaseOrReclaim(
    _ pending: PendingConnection, sharingSubnets: Bool
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    let sharing = sharingSubnets ? networksSharingSubnets(with: pending.network) : []
    do throws(ServiceError) {
      return try lease(pending, sharing)
    } catch {
      // A container that is gone may still hold the requested address.
      var isReclaimed = false
      for network in [pending.network] + sharing {
        if try removeDeadEndpoints(of: network) { isReclaimed = true }
        if try reclaimAddresses(of: network, for: pending) { isReclaimed = true }
      }
      if !isReclaimed { throw try explained(error, pending, sharing) }
    }
    do throws(ServiceError) {
      return try lease(pending, sharing)
    } catch {
      throw try explained(error, pending, sharing)
    }
  }

  // What holds an address for a container that does not run is not among the connected ones.
  private func explained(
    _ error: ServiceError, _ pending: PendingConnection, _ sharing: [Network]
  ) throws(ServiceError) -> ServiceError {
    guard case .addressInUse = error else { return error }
    let chosen = [pending.request.ipv4, pending.request.ipv6].compactMap(\.self)
    for network in [pending.network] + sharing {
      for endpoint in try view.endpoints(of: network.id) where endpoint.container.isStopped {
        let held = endpoint.interface?.addresses.first { chosen.contains($0.address) }
        if let held { return .addressHeld(held.address, for: endpoint.container.name) }
      }
    }
    return error
  }

  /// Takes addresses that nobody chose from containers that do not run: the requested ones, or else
  /// those of one container. Returns whether there were any.
  private func reclaimAddresses(
    of network: Network, for pending: PendingConnection
  ) throws(ServiceError) -> Bool {
    for endpoint in try view.endpoints(of: network.id)
    where endpoint.container.isStopped && endpoint.id != pending.previous?.id {
      let yielded = (endpoint.interface?.addresses ?? []).filter { address in
        !endpoint.settings.chosenAddresses.contains(address.address)
          && pending.canUse(address.address)
      }
      guard !yielded.isEmpty else { continue }
      let rest = endpoint.yielding(yielded)
      try replace(endpoint, by: rest)
      if let interface = endpoint.interface {
        try release(interface, of: network.id, except: rest.interface?.addresses ?? [])
      }
      return true
    }
    return false
  }

  private func lease(
    _ pending: PendingConnection, _ sharing: [Network]
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    var others: [SubnetLeases] = []
    for network in sharing { others += try view.leases(of: network.id).subnets }
    return try pending.lease(from: try view.leases(of: pending.network.id), besides: others)
  }
}
