import Configuration
import Containers
import KernelModel
import Naming
import NetworkModel
import StateStore

/// The names on record, as containers resolve them: those of containers that are gone are left out.
/// Each network is read once.
final class NameRecords {
  private let view: StateView
  // About to be recorded as complete.
  private var added: Endpoint?
  private var documents: [NetworkID: [Endpoint]] = [:]
  private var networks: [NetworkID: Records] = [:]
  private var isAtItsPath: [Container: Bool] = [:]

  private typealias Records = (
    names: NetworkNames, endpoints: [Endpoint], byContainer: [ContainerID: [Endpoint]]
  )

  init(_ view: StateView) {
    self.view = view
  }

  /// Counts an endpoint as recorded that is about to be.
  func add(_ endpoint: Endpoint) {
    added = endpoint
    networks[endpoint.network] = nil
  }

  /// The endpoints of a network as recorded, also those that wait for their container; without
  /// those whose documents are damaged.
  func recordedEndpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    if let known = documents[network] { return known }
    let recorded = try view.readEndpoints(of: network).endpoints
    documents[network] = recorded
    return recorded
  }

  /// The endpoints of a network; without those that wait for their container, and those whose
  /// documents are damaged, which `verify` reports.
  func endpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    try records(of: network)?.endpoints ?? []
  }

  /// The endpoints of a container, likewise.
  func endpoints(of container: ContainerID) throws(ServiceError) -> [Endpoint] {
    try found(container).map(\.endpoint)
  }

  /// What a container can resolve.
  func scope(of container: ContainerID) throws(ServiceError) -> NameScope {
    NameScope(try found(container), hostGateways: view.configuration.hostGateways)
  }

  /// What the container of an endpoint would resolve if it were on no other network.
  func scope(alone endpoint: Endpoint) throws(ServiceError) -> NameScope {
    NameScope(try records(of: endpoint.network).map { [(endpoint, $0.names)] } ?? [])
  }

  /// The files of a container, which may be known of another of its connections.
  func place(of container: Container) throws(ServiceError) -> NameFilePlace? {
    if let place = NameFilePlace(of: container) { return place }
    return try endpoints(of: container.id).lazy.compactMap { NameFilePlace(of: $0.container) }.first
  }

  /// Whether the path of a container still leads to it.
  func isAtItsPath(_ container: Container) -> Bool {
    if let known = isAtItsPath[container] { return known }
    let found = view.kernel.isAtItsPath(container)
    isAtItsPath[container] = found
    return found
  }

  private func found(
    _ container: ContainerID
  ) throws(ServiceError) -> [(endpoint: Endpoint, names: NetworkNames)] {
    var found: [(endpoint: Endpoint, names: NetworkNames)] = []
    for network in try networkIDs(of: container) {
      guard let records = try records(of: network) else { continue }
      found += (records.byContainer[container] ?? []).map { ($0, records.names) }
    }
    return found
  }

  private func networkIDs(of container: ContainerID) throws(ServiceError) -> Set<NetworkID> {
    let recorded = Set(try view.networkIDs(of: container))
    guard let added, added.container.id == container else { return recorded }
    return recorded.union([added.network])
  }

  private func records(of id: NetworkID) throws(ServiceError) -> Records? {
    if let known = networks[id] { return known }
    // A damaged document is reported elsewhere.
    guard let network = (try? view.network(id)) ?? nil else { return nil }
    var endpoints = try recordedEndpoints(of: id).filter { !$0.container.isStopped }
    if let added, added.network == id { endpoints.append(added) }
    // One that is damaged is reported elsewhere.
    let elsewhere = network.isOverlay ? (try? view.remoteEndpoints(of: id)) ?? [] : []
    let records: Records = (
      NetworkNames(
        of: network, endpoints.filter { isAtItsPath($0.container) }, elsewhere: elsewhere),
      endpoints,
      Dictionary(grouping: endpoints, by: \.container.id)
    )
    networks[id] = records
    return records
  }
}
