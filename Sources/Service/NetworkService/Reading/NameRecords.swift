import Configuration
import KernelModel
import Naming
import NetworkModel
import StateStore

/// The names on record, as containers resolve them. Each network is read once.
final class NameRecords {
  private let view: StateView
  // About to be recorded as complete.
  private let added: Endpoint?
  private var networks: [NetworkID: (names: NetworkNames, endpoints: [Endpoint])] = [:]

  init(_ view: StateView, adding added: Endpoint? = nil) {
    self.view = view
    self.added = added
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

  private func found(
    _ container: ContainerID
  ) throws(ServiceError) -> [(endpoint: Endpoint, names: NetworkNames)] {
    var found: [(endpoint: Endpoint, names: NetworkNames)] = []
    for network in try networkIDs(of: container) {
      guard let records = try records(of: network) else { continue }
      for endpoint in records.endpoints where endpoint.container.id == container {
        found.append((endpoint, records.names))
      }
    }
    return found
  }

  private func networkIDs(of container: ContainerID) throws(ServiceError) -> Set<NetworkID> {
    let recorded = Set(try view.networkIDs(of: container))
    guard let added, added.container.id == container else { return recorded }
    return recorded.union([added.network])
  }

  private func records(
    of id: NetworkID
  ) throws(ServiceError) -> (names: NetworkNames, endpoints: [Endpoint])? {
    if let known = networks[id] { return known }
    // A damaged document is reported elsewhere.
    guard let network = (try? view.network(id)) ?? nil else { return nil }
    var endpoints = try view.readEndpoints(of: id).endpoints.filter { !$0.container.isStopped }
    if let added, added.network == id { endpoints.append(added) }
    let records = (NetworkNames(of: network, endpoints), endpoints)
    networks[id] = records
    return records
  }
}
