import Containers
import KernelModel
import Naming
import NetworkModel
import StateStore
import SystemErrors

/// The hosts files of containers. They derive from the records: what a command that was interrupted
/// did not write, the next one writes when it undoes the change. A file that cannot be written is
/// reported and fails nothing but `reload`, which writes it later.
extension Transaction {
  /// Writes who is on a network into the hosts files of its containers, when an endpoint is about
  /// to be recorded as complete.
  func writeNames(
    adding endpoint: Endpoint, of network: Network, to records: NameRecords
  ) throws(ServiceError) {
    records.add(endpoint)
    let names = HostsUpdate(records, view)
    // On the default network only a container with links learns of it.
    try writeNames(of: network, names, former: HostsLines([]), unless: endpoint.id) { other in
      !network.hasLinksOnly || other.id == endpoint.id || !other.settings.links.isEmpty
    }
    // It may have files that are known of another connection.
    if NameFilePlace(of: endpoint.container) == nil {
      try writeNames(of: endpoint.container, names)
    }
  }

  /// The same, when an endpoint is no longer recorded as complete.
  func writeNames(removing endpoint: Endpoint) throws(ServiceError) {
    if endpoint.interface == nil { return }
    let names = HostsUpdate(NameRecords(view), view)
    if let network = try view.network(endpoint.network) {
      let own = NameScope([(endpoint, NetworkNames(of: network, [endpoint]))])
      let former = HostsLines(own.hostsLines)
      try writeNames(of: network, names, former: former, unless: endpoint.id) { other in
        !network.hasLinksOnly || !other.settings.links.isEmpty
      }
    }
    let others = try names.records.endpoints(of: endpoint.container.id)
      .filter { $0.id != endpoint.id }
    // Its runtime removes the namespace next, and says no more of it.
    if others.isEmpty, endpoint.settings.driverOptions[Endpoint.pluginMark] != nil,
      let place = NameFilePlace(of: endpoint.container), case .namespace(let name) = place
    {
      write(place, NameScope([]), names, isGone: true)
      try? view.nameFiles.removeResolver(ofNamespace: name)
      return
    }
    try writeNames(of: endpoint.container, names)
    settleNameServer(of: endpoint.container, on: others)
  }

  /// Writes the names of every container on these networks; with `isOfAll`, also removes those of
  /// containers that are on none.
  func rewriteNames(of networks: [Network], isOfAll: Bool) throws(ServiceError) {
    let names = HostsUpdate(NameRecords(view), view)
    for network in networks {
      try writeNames(of: network, names) { _ in true }
      for endpoint in try names.records.endpoints(of: network.id) {
        settleNameServer(
          of: endpoint.container, on: try names.records.endpoints(of: endpoint.container.id))
      }
    }
    if isOfAll { removeNames(of: try view.unconnectedNames(names.records), names) }
  }

  /// Writes the names that a container resolves.
  func rewriteNames(of container: Container) throws(ServiceError) {
    let names = HostsUpdate(NameRecords(view), view)
    try writeNames(of: container, names)
    settleNameServer(of: container, on: try names.records.endpoints(of: container.id))
  }

  /// Removes the names of all containers, whose connections ended with an earlier boot.
  func removeAllNames() {
    guard let found = try? view.nameFiles.namesWithBlocks() else { return }
    removeNames(of: found, HostsUpdate(NameRecords(view), view))
  }

  // The names to be written by a command, and what writes them.
  private struct HostsUpdate {
    let records: NameRecords
    let writer: HostsFileWriter

    init(_ records: NameRecords, _ view: StateView) {
      self.records = records
      writer = HostsFileWriter(view.nameFiles)
    }
  }

  private func removeNames(of found: [String], _ names: HostsUpdate) {
    for name in found {
      let isGone = !kernel.isPresent(named: name)
      write(.namespace(name), NameScope([]), names, isGone: isGone)
      if isGone { removeResolver(ofNamespace: name) }
    }
  }

  // With `former` lines, which only the end of an endpoint explains, the files of containers that
  // are on no other network are recognized by their lines.
  private func writeNames(
    of network: Network, _ names: HostsUpdate, former: HostsLines? = nil,
    unless changed: EndpointID? = nil, where isConcerned: (Endpoint) -> Bool
  ) throws(ServiceError) {
    for endpoint in try names.records.endpoints(of: network.id) where isConcerned(endpoint) {
      guard let place = NameFilePlace(of: endpoint.container),
        names.records.isAtItsPath(endpoint.container)
      else { continue }
      if let former, case .namespace(let name) = place, !network.hasLinksOnly,
        endpoint.id != changed, endpoint.settings.links.isEmpty
      {
        let scope = try names.records.scope(alone: endpoint)
        let isDone = write(.hosts, in: place) { () throws(Errno) in
          try names.writer.update(namespace: name, to: scope, replacing: former)
        }
        if isDone != false { continue }
      }
      write(place, try names.records.scope(of: endpoint.container.id), names)
    }
  }

  // Another namespace may have the name by now, and the file with it.
  private func writeNames(
    of container: Container, _ names: HostsUpdate
  ) throws(ServiceError) {
    guard let place = try names.records.place(of: container) else { return }
    if names.records.isAtItsPath(container) {
      write(place, try names.records.scope(of: container.id), names)
    } else if case .namespace(let name) = place, kernel.isPresent(named: name) {
      return
    } else {
      write(place, NameScope([]), names, isGone: true)
    }
  }

  private func write(
    _ place: NameFilePlace, _ scope: NameScope, _ names: HostsUpdate, isGone: Bool = false
  ) {
    write(.hosts, in: place) { () throws(Errno) in
      try names.writer.update(place, to: scope, isGone: isGone)
    }
  }

  /// Changes a file with which a container resolves names; nil if that fails, which is reported.
  @discardableResult
  func write<Result>(
    _ file: NameFile, in place: NameFilePlace, _ change: () throws(Errno) -> Result
  ) -> Result? {
    do throws(Errno) {
      return try change()
    } catch {
      notices.append(.nameFiles([view.nameFiles.erroneousPath(of: file, in: place)], error))
      return nil
    }
  }
}
