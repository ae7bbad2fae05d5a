import Containers
import KernelModel
import Naming
import NetworkModel
import StateStore
import SystemErrors

/// The hosts files of containers. They derive from the records: what a command that was interrupted
/// did not write, the next one writes when it undoes the change. A file that cannot be written is
/// reported and fails nothing; `reload` writes it later.
extension Transaction {
  /// Writes who is on a network into the hosts files of its containers, when an endpoint is about
  /// to be recorded as complete.
  func writeNames(adding endpoint: Endpoint, of network: Network) throws(ServiceError) {
    let records = NameRecords(view, adding: endpoint)
    // On the default network nobody but a container with links learns of it.
    try writeNames(of: network.id, records) { other in
      !network.isPredefined || other.id == endpoint.id || !other.settings.links.isEmpty
    }
  }

  /// The same, when an endpoint is no longer recorded as complete.
  func writeNames(removing endpoint: Endpoint) throws(ServiceError) {
    if endpoint.interface == nil { return }
    let records = NameRecords(view)
    let isPredefined = try view.network(endpoint.network)?.isPredefined ?? false
    try writeNames(of: endpoint.network, records) { other in
      !isPredefined || !other.settings.links.isEmpty
    }
    try writeNames(of: endpoint.container, records)
    settleNameServer(
      of: endpoint.container,
      on: try records.endpoints(of: endpoint.container.id).filter { $0.id != endpoint.id })
  }

  /// Writes the names of every container on these networks; with `isOfAll`, also removes those of
  /// containers that are on none.
  func rewriteNames(of networks: [Network], isOfAll: Bool) throws(ServiceError) {
    let records = NameRecords(view)
    for network in networks {
      try writeNames(of: network.id, records) { _ in true }
      for endpoint in try records.endpoints(of: network.id) {
        settleNameServer(
          of: endpoint.container, on: try records.endpoints(of: endpoint.container.id))
      }
    }
    if isOfAll { removeNames(of: try view.unconnectedNames(records)) }
  }

  /// Removes the names of all containers, whose connections ended with an earlier boot.
  func removeAllNames() {
    guard let names = try? view.nameFiles.namesWithBlocks() else { return }
    removeNames(of: names)
  }

  private func removeNames(of names: [String]) {
    for name in names {
      let isGone = !kernel.isPresent(named: name)
      write(name, [], isGone: isGone)
      if isGone { try? view.nameFiles.removeResolverFile(name) }
    }
  }

  private func writeNames(
    of network: NetworkID, _ records: NameRecords, where isConcerned: (Endpoint) -> Bool
  ) throws(ServiceError) {
    for endpoint in try records.endpoints(of: network) where isConcerned(endpoint) {
      guard NameFiles.name(ofNamespaceAt: endpoint.container.path) != nil,
        kernel.isAtItsPath(endpoint.container)
      else { continue }
      try writeNames(of: endpoint.container, records)
    }
  }

  // Another namespace may have the name by now, and the file with it.
  private func writeNames(
    of container: Container, _ records: NameRecords
  ) throws(ServiceError) {
    guard let name = NameFiles.name(ofNamespaceAt: container.path) else { return }
    if kernel.isAtItsPath(container) {
      write(name, try records.scope(of: container.id).hostsLines)
    } else if !kernel.isPresent(named: name) {
      write(name, [], isGone: true)
    }
  }

  private func write(_ name: String, _ lines: [String], isGone: Bool = false) {
    do throws(Errno) {
      try view.nameFiles.update(name, to: lines, isGone: isGone)
    } catch {
      notices.append(.hostsFile(view.nameFiles.obstacle(for: name), error))
    }
  }
}
