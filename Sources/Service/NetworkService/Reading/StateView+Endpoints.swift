import Addressing
import KernelModel
import NetworkModel

/// Which of the recorded endpoints the kernel still holds.
extension StateView {
  /// The live endpoints of a network.
  func liveEndpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    try kernel.liveEndpoints(among: try endpoints(of: network))
  }

  /// The live endpoints of a container.
  func liveEndpoints(of container: ContainerID) throws(ServiceError) -> [Endpoint] {
    try kernel.liveEndpoints(among: try endpoints(of: container))
  }

  /// Whether a network has a live endpoint.
  func hasLiveEndpoints(_ network: NetworkID) throws(ServiceError) -> Bool {
    for endpoint in try endpoints(of: network) where try kernel.isAlive(endpoint) { return true }
    return false
  }

  /// The networks with at least one live endpoint.
  func networksInUse() throws(ServiceError) -> Set<NetworkID> {
    var inUse: Set<NetworkID> = []
    for network in try networksWithEndpoints() where try isInUse(network) {
      inUse.insert(network)
    }
    return inUse
  }

  // A host link with an endpoint's interface name is assumed to be that endpoint's, which avoids
  // reading documents.
  private func isInUse(_ network: NetworkID) throws(ServiceError) -> Bool {
    for id in try endpointIDs(of: network)
    where try kernel.hasConnectedLinks([id.hostInterfaceName]) {
      return true
    }
    return try !liveEndpoints(of: network).isEmpty
  }
}
