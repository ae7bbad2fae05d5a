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

  /// The endpoints of a container on record, live or not: those under its ID, and those of its
  /// namespace.
  func recordedEndpoints(of container: Container) throws(ServiceError) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    for id in container.recordedIDs {
      for endpoint in try self.endpoints(of: id)
      where !endpoints.contains(where: { $0.id == endpoint.id }) {
        endpoints.append(endpoint)
      }
    }
    return endpoints
  }

  /// The endpoints that wait for a container to be started.
  func waitingEndpoints(of container: ContainerID) throws(ServiceError) -> [Endpoint] {
    try endpoints(of: container).filter(\.container.isStopped)
  }

  /// The endpoints that a stopped container has when it is started again, ordered by the names of
  /// their networks.
  func awaitedEndpoints(of container: ContainerID) throws(ServiceError) -> [Endpoint] {
    try endpoints(of: container).filter(\.isRestored).map(\.stopped)
      .sorted { $0.route.networkName < $1.route.networkName }
  }

  /// The container as it is on record, if its namespace is already that of one that was found by
  /// other means, or that of another container: containers in one namespace are one.
  func known(_ container: Container) throws(ServiceError) -> Container {
    guard !container.isStopped,
      let recorded = try endpoints(of: container.derivedID).first?.container,
      recorded.id != container.id, recorded.namespace == container.namespace
    else { return container }
    return recorded
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
