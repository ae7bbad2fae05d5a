import EtcdMessages
import NetworkModel

/// The store as this host last saw it. Pure: it takes what was read and what has changed, and tells
/// what that changes here.
struct ClusterView {
  let keys: StoreKeys
  let host: HostID

  private(set) var networks: [NetworkID: Network] = [:]
  /// The hosts whose agent runs.
  private(set) var nodes: [HostID: NodeRecord] = [:]
  private(set) var presences: [NetworkID: [HostID: PresenceRecord]] = [:]
  private(set) var endpoints: [NetworkID: [EndpointID: EndpointRecord]] = [:]
  /// Up to which revision the endpoints of a network are known, for the networks that are watched.
  private(set) var positions: [NetworkID: Int64] = [:]
  /// Up to which revision hosts, networks and presences are known.
  private(set) var basicPosition: Int64 = 0
  /// The revision of the last change of these that was watched.
  private(set) var lastBasicChange: Int64 = 0
  /// At which revision each endpoint was written.
  private(set) var written: [NetworkID: [EndpointID: Int64]] = [:]
  /// Up to which revision anything is known.
  private(set) var revision: Int64 = 0

  init(_ keys: StoreKeys, _ host: HostID) {
    self.keys = keys
    self.host = host
  }

  /// All hosts that VXLAN datagrams may come from: those whose agent runs, and those that may still
  /// have endpoints without it.
  var hosts: [HostID: ClusterHost] {
    var hosts = nodes.reduce(into: [HostID: ClusterHost]()) { hosts, node in
      hosts[node.key] = ClusterHost(
        id: node.key, name: node.value.name, address: node.value.address)
    }
    for (id, record) in presences.values.joined() where hosts[id] == nil {
      hosts[id] = ClusterHost(id: id, name: record.name, address: record.address)
    }
    return hosts
  }

  /// The endpoints of a network on other hosts.
  func remoteEndpoints(of network: NetworkID) -> [RemoteEndpoint] {
    (endpoints[network] ?? [:]).filter { $0.value.host != host }
      .map { $0.value.remote($0.key) }
  }

  /// This host's endpoints of a network.
  func ownEndpoints(of network: NetworkID) -> [EndpointID: EndpointRecord] {
    (endpoints[network] ?? [:]).filter { $0.value.host == host }
  }

  /// The networks of which this host has endpoints.
  var ownNetworks: Set<NetworkID> {
    Set(endpoints.filter { $0.value.values.contains { $0.host == host } }.keys)
  }

  /// Whether the endpoints of a network are followed.
  func isWatched(_ network: NetworkID) -> Bool { positions[network] != nil }

  // MARK: What was read

  /// Takes over the hosts, the networks and which hosts have endpoints, all of one revision, unless
  /// something newer has been watched meanwhile.
  mutating func replaceBasics(
    nodes: [EtcdKeyValue], networks: [EtcdKeyValue], presences: [EtcdKeyValue], at revision: Int64
  ) {
    self.revision = max(self.revision, revision)
    if revision < lastBasicChange { return }
    self.nodes = [:]
    self.networks = [:]
    self.presences = [:]
    for found in nodes + networks + presences { store(found) }
    for id in endpoints.keys where self.networks[id] == nil { forget(id) }
    basicPosition = revision
  }

  /// Takes over the endpoints of a network.
  mutating func replaceEndpoints(
    of network: NetworkID, _ found: [EtcdKeyValue], at revision: Int64, isWatched: Bool
  ) {
    forget(network)
    for found in found { store(found) }
    if isWatched { positions[network] = revision }
    self.revision = max(self.revision, revision)
  }

  /// Takes over networks that were read by themselves.
  mutating func learn(_ found: [EtcdKeyValue]) { for found in found { store(found) } }

  /// Takes over an endpoint that the store has just confirmed, before the watch tells of it.
  mutating func addEndpoint(
    _ id: EndpointID, of network: NetworkID, _ record: EndpointRecord, at revision: Int64
  ) {
    guard let position = positions[network], position < revision else { return }
    endpoints[network, default: [:]][id] = record
    written[network, default: [:]][id] = revision
  }

  /// Removes an endpoint of which the store has confirmed that it is gone.
  mutating func removeEndpoint(_ id: EndpointID, of network: NetworkID) {
    remove(.endpoint(id, network))
  }

  /// The networks whose endpoints are not those with these keys, as they were last written.
  func outdatedNetworks(comparedWith found: [EtcdKeyValue]) -> Set<NetworkID> {
    var current: [NetworkID: [EndpointID: Int64]] = [:]
    for found in found {
      guard case .endpoint(let id, let network)? = keys.subject(of: found.keyText) else { continue }
      current[network, default: [:]][id] = found.modRevision
    }
    return Set(current.keys).union(written.keys).filter {
      current[$0] ?? [:] != written[$0] ?? [:]
    }
  }

  /// A network's endpoints are not followed any more.
  mutating func unwatch(_ network: NetworkID) { positions[network] = nil }

  /// Starts again from nothing, like a store that is another one.
  mutating func reset() { self = ClusterView(keys, host) }

  private mutating func forget(_ network: NetworkID) {
    endpoints[network] = nil
    written[network] = nil
    positions[network] = nil
  }

  // MARK: What has changed

  /// What a change means for this host.
  enum Change: Hashable {
    case hosts
    case network(NetworkID)
    case endpoint(EndpointID, NetworkID)
  }

  /// Takes over a change; nil if it is none.
  mutating func apply(_ event: EtcdEvent) -> Change? {
    let found = event.keyValue
    revision = max(revision, found.modRevision)
    guard let subject = keys.subject(of: found.keyText) else { return nil }
    switch subject {
    case .endpoint(_, let network):
      guard let position = positions[network], found.modRevision > position else { return nil }
    case .node, .network, .presence:
      // Something read after the watch began may be newer.
      guard found.modRevision > basicPosition else { return nil }
      lastBasicChange = found.modRevision
    }
    if event.isDeletion { remove(subject) } else { store(found) }
    switch subject {
    case .node, .presence: return .hosts
    case .network(let id): return .network(id)
    case .endpoint(let id, let network): return .endpoint(id, network)
    }
  }

  /// All changes of a network's endpoints up to a revision have been taken over.
  mutating func advance(_ network: NetworkID, to revision: Int64) {
    if let position = positions[network], position < revision { positions[network] = revision }
  }

  private mutating func store(_ found: EtcdKeyValue) {
    switch keys.subject(of: found.keyText) {
    case .node(let id): nodes[id] = NodeRecord(found.value)
    case .network(let id):
      networks[id] = Network(storeValue: found.value).flatMap { $0.id == id ? $0 : nil }
    case .presence(let host, let network):
      presences[network, default: [:]][host] = PresenceRecord(found.value)
    case .endpoint(let id, let network):
      endpoints[network, default: [:]][id] = EndpointRecord(found.value)
      written[network, default: [:]][id] = found.modRevision
    case nil: break
    }
  }

  private mutating func remove(_ subject: StoreKeys.Subject) {
    switch subject {
    case .node(let id): nodes[id] = nil
    case .network(let id):
      networks[id] = nil
      forget(id)
    case .presence(let host, let network): presences[network]?[host] = nil
    case .endpoint(let id, let network):
      endpoints[network]?[id] = nil
      written[network]?[id] = nil
    }
  }
}
