import KernelModel
public import NetworkModel
import StateStore

/// Records, for read-only callers: unlike the verbs, none of this creates the state directory.
extension NetworkService {
  /// Whether the state directory exists. Calling a verb would create it.
  public var hasRecords: Bool {
    let isInitialised = try? recorded { (folder) throws(StateError) in folder.isInitialised }
    return isInitialised == true
  }

  /// Every network whose document can be read; nil if the state directory does not exist yet.
  public func recordedNetworks() throws(ServiceError) -> [Network]? {
    try recorded { (folder) throws(StateError) in
      folder.isInitialised ? try folder.index().listing.networks : nil
    } ?? nil
  }

  /// The networks with at least one live container.
  public func networksInUse() throws(ServiceError) -> Set<NetworkID> {
    let recorded =
      try recorded { (folder) throws(StateError) in try folder.networksWithEndpoints() } ?? []
    var inUse: Set<NetworkID> = []
    for network in recorded where try isInUse(network) { inUse.insert(network) }
    return inUse
  }

  /// The live endpoints of a network.
  public func liveEndpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    try liveEndpoints(
      among: try recorded { (folder) throws(StateError) in try folder.endpoints(of: network) } ?? []
    )
  }

  // A link of the host that has the name of an endpoint's is taken for it, which spares reading
  // documents.
  private func isInUse(_ network: NetworkID) throws(ServiceError) -> Bool {
    let ids = try recorded { (folder) throws(StateError) in
      try folder.endpointIDs(of: network)
    }
    for id in ids ?? [] {
      let isConnected = try observed { () throws(KernelError) in
        try kernel.hasConnectedLinks([id.hostInterfaceName])
      }
      if isConnected { return true }
    }
    return try !liveEndpoints(of: network).isEmpty
  }

  /// The containers that have an endpoint or ports on record.
  func recordedContainers() throws(ServiceError) -> [ContainerID] {
    try recorded { (folder) throws(StateError) in try folder.containers() } ?? []
  }

  /// A container as it is on record.
  func recordedContainer(_ id: ContainerID) throws(ServiceError) -> Container? {
    try recorded { (folder) throws(StateError) in
      if let endpoint = try folder.endpoints(of: id).first { return endpoint.container }
      return try folder.ports(of: id)?.container
    } ?? nil
  }

  private func recorded<Result>(
    _ body: (StateFolder) throws(StateError) -> Result
  ) throws(ServiceError) -> Result? {
    try stored { () throws(StateError) in
      guard let folder = try StateFolder.open(statePath, boot: boot) else { return nil }
      return try body(folder)
    }
  }
}
