import Addressing
import LinuxSystem
import Naming
import NetworkModel
import StateStore

/// The names on record, kept as the records are.
final class LiveRecords {
  private struct Record {
    var network: Network?
    var endpoints: [EndpointID: Endpoint] = [:]
    /// Built when it is first needed after a change.
    var names: NetworkNames?
  }

  private let folder: StateFolder
  private let boot: String
  private let hostGateways: [IPAddress]
  private let watch: RecordWatch
  private var networks: [NetworkID: Record] = [:]
  // By identity, as far as they were asked for since the last change.
  private var known: [ContainerID: Container] = [:]
  /// Counts the changes.
  private(set) var generation = 0

  /// Reads the records; nil while there are none.
  static func open(
    _ path: String, boot: String, namespaces: String, hostGateways: [IPAddress]
  ) throws(StateError) -> LiveRecords? {
    guard let folder = try StateFolder.open(path, boot: boot), folder.isInitialised else {
      return nil
    }
    return try LiveRecords(
      folder, boot: boot, namespaces: namespaces, hostGateways: hostGateways)
  }

  private init(
    _ folder: StateFolder, boot: String, namespaces: String, hostGateways: [IPAddress]
  ) throws(StateError) {
    self.folder = folder
    self.boot = boot
    self.hostGateways = hostGateways
    // First, so that a change while they are read is seen.
    watch = try RecordWatch(folder, namespaces: namespaces)
    try readAll()
  }

  /// What another thread can wait with for changes.
  var waiting: FileEvents.Waiter? { watch.waiting }

  /// Whether the end of a named namespace is a change, too.
  var watchesNamespaces: Bool { watch.watchesNamespaces }

  /// The container with an identity.
  func container(_ id: ContainerID) -> Container? {
    if let container = known[id] { return container }
    for record in networks.values {
      if let found = record.endpoints.values.first(where: { $0.container.id == id }) {
        known[id] = found.container
        return found.container
      }
    }
    return nil
  }

  /// Takes over what has changed; whether anything did.
  func refresh() throws(StateError) -> Bool {
    let changes = try watch.changes()
    if changes.isEmpty { return false }
    generation += 1
    known = [:]
    if changes.contains(.everything) {
      try readAll()
      return true
    }
    for change in changes {
      switch change {
      case .network(let id):
        networks[id]?.network = nil
        networks[id]?.names = nil
      case .endpoint(let id, let network):
        networks[network, default: Record()].endpoints[id] =
          ((try? folder.endpoint(id, of: network)) ?? nil).flatMap(ofThisBoot)
        networks[network]?.names = nil
      case .everything, .namespace: break
      }
    }
    return true
  }

  /// The containers that have names of neighbours, by identity, with all their endpoints.
  func containers() -> [ContainerID: [Endpoint]] {
    var found: [ContainerID: [Endpoint]] = [:]
    for record in networks.values {
      for endpoint in record.endpoints.values where endpoint.interface != nil {
        found[endpoint.container.id, default: []].append(endpoint)
      }
    }
    return found
  }

  /// The definition of a network; nil if it cannot be read.
  func network(_ id: NetworkID) -> Network? {
    if let known = networks[id]?.network { return known }
    guard let network = (try? folder.network(id)) ?? nil else { return nil }
    networks[id]?.network = network
    return network
  }

  /// What a container with these endpoints resolves.
  func scope(of endpoints: [Endpoint]) -> NameScope {
    NameScope(
      endpoints.compactMap { endpoint in names(on: endpoint.network).map { (endpoint, $0) } },
      hostGateways: hostGateways)
  }

  private func names(on id: NetworkID) -> NetworkNames? {
    if let known = networks[id]?.names { return known }
    guard let network = network(id), let record = networks[id] else { return nil }
    let names = NetworkNames(
      of: network, record.endpoints.values.sorted { $0.id < $1.id },
      elsewhere: network.isOverlay ? (try? folder.remoteEndpoints(of: id)) ?? [] : [])
    networks[id]?.names = names
    return names
  }

  private func readAll() throws(StateError) {
    networks = [:]
    for network in try folder.networksWithEndpoints() {
      let endpoints = try folder.readEndpoints(of: network).endpoints.compactMap(ofThisBoot)
      networks[network] = Record(
        endpoints: Dictionary(endpoints.map { ($0.id, $0) }, uniquingKeysWith: { $1 }))
    }
  }

  // An earlier boot's are gone, and nobody has removed their records yet.
  private func ofThisBoot(_ endpoint: Endpoint) -> Endpoint? {
    endpoint.container.boot == boot ? endpoint : nil
  }
}
