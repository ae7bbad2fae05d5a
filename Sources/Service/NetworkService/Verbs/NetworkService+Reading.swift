import Configuration
import KernelModel
public import NetworkModel
public import StateStore

/// The verbs that only read. None of them waits for a running change.
extension NetworkService {
  /// Every network.
  public func networks() throws(ServiceError) -> NetworkListing {
    let view = try view()
    let listing = try view.listing()
    return NetworkListing(
      networks: listing.networks, damaged: listing.damaged.map { $0.inside(view.path) })
  }

  /// The network that a name, an identity or an identity prefix refers to.
  public func network(_ reference: String) throws(ServiceError) -> Network {
    try view().network(reference)
  }

  /// Whether a network has a live endpoint.
  public func hasLiveEndpoints(_ network: Network) throws(ServiceError) -> Bool {
    try hostView().hasLiveEndpoints(network.id)
  }

  /// The number of live endpoints of each network.
  public func liveEndpointCounts(
    of networks: [Network]
  ) throws(ServiceError) -> [NetworkID: Int] {
    let view = try hostView()
    var counts: [NetworkID: Int] = [:]
    for network in networks {
      let count = try view.liveEndpoints(of: network.id).count
      if count > 0 { counts[network.id] = count }
    }
    return counts
  }

  /// One network and its endpoints.
  public func inspect(_ reference: String) throws(ServiceError) -> NetworkStatus {
    try hostView().status(of: reference)
  }

  /// One network with everything known about it.
  public func details(of reference: String) throws(ServiceError) -> NetworkDetails {
    try hostView().details(of: reference)
  }

  /// All networks and their endpoints.
  public func snapshot() throws(ServiceError) -> NetworkSnapshot {
    try hostView().snapshot()
  }

  /// The addresses of a network, or of all networks, that are in use or reserved.
  public func leases(of reference: String?) throws(ServiceError) -> [AddressLease] {
    let view = try hostView()
    if let reference { return try view.addressLeases(of: try view.network(reference)) }
    var leases: [AddressLease] = []
    let listing = try view.listing()
    for network in listing.networks { leases += try view.addressLeases(of: network) }
    return leases
  }

  /// The ports that a container holds.
  public func ports(of reference: String) throws(ServiceError) -> HeldPorts {
    // First, because it fails for users who may not see what the reference refers to.
    _ = try existingView()
    let (container, _) = try self.container(reference)
    return try hostView().heldPorts(of: container)
  }

  /// The same for every container that has ports, ordered by name.
  public func allPorts() throws(ServiceError) -> [HeldPorts] {
    try hostView().allPorts()
  }

  /// The published ports that an endpoint publishes now.
  public func ports(of endpoint: Endpoint) throws(ServiceError) -> [PublishedPort] {
    try hostView().publishedPorts(of: endpoint)
  }

  /// Published ports that are also bound by a host process. Ports that depend on a damaged document
  /// are left out.
  public func shadowedPorts() throws(ServiceError) -> [ShadowedPort] {
    try hostView().shadowedPorts()
  }

  /// Compares the kernel with the records, for all networks or the named ones; changes nothing.
  /// Returns the findings and the errors for names that match no network.
  public func verify(
    _ references: [String]
  ) throws(ServiceError) -> (findings: [Finding], failures: [NetworkFailure]) {
    let view = try viewWhateverTheConfiguration()
    try view.checkHost()
    var (findings, failures) = try view.verify(references)
    if references.isEmpty {
      let file = configurationFile
      findings =
        file.problems.map { .configuration(path: file.path, $0) }
        + (defaultNetworkProblem.map { [.defaultNetworkKept($0)] } ?? []) + findings
    }
    return (findings, failures)
  }

  /// Drops by other tables of a network's forwarded traffic; empty for a network that forwards
  /// none.
  public func blockedTraffic(to network: Network) throws(ServiceError) -> [BlockedTraffic] {
    try kernel.blockedTraffic(to: network, try drivers.desiredNetwork(of: network))
  }

  /// Drops by other tables of the traffic of a container's networks.
  public func blockedTraffic(
    toNetworksOf reference: String
  ) throws(ServiceError) -> [BlockedTraffic] {
    let (container, _) = try kernel.openContainer(reference)
    return try view().blockedTraffic(toNetworksOf: container)
  }

  /// The kernel's release and features. Changes neither the kernel nor the state.
  public func describeKernel() throws(ServiceError) -> KernelDescription {
    KernelDescription(
      release: try kernel.sysctl(.release, in: .host) ?? "",
      features: try kernel.features())
  }

  /// The reference for a recorded container: its name, or its short ID if that name now refers to
  /// another container or to none.
  public func reference(to container: Container) -> String { kernel.reference(to: container) }
}

/// What is on record, without making the state directory.
extension NetworkService {
  /// Whether there are records. Calling a verb would make them.
  public var hasRecords: Bool { (try? existingView())??.isInitialised == true }

  /// Every network whose document can be read; nil if there are no records yet.
  public func recordedNetworks() throws(ServiceError) -> [Network]? {
    guard let view = try existingView(), view.isInitialised else { return nil }
    return try view.index().listing.networks
  }

  /// The networks with at least one live container.
  public func networksInUse() throws(ServiceError) -> Set<NetworkID> {
    try existingView()?.networksInUse() ?? []
  }

  /// The live endpoints of a network.
  public func liveEndpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    try existingView()?.liveEndpoints(of: network) ?? []
  }
}
