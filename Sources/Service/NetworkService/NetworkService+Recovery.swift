import Drivers
import KernelModel
import NetworkModel
import StateStore

/// What an interrupted command left is removed by the next one. What cannot be removed now stays on
/// record and is reported, but does not prevent commands on unrelated networks.
extension NetworkService {
  /// The changes that cannot be undone, with the reasons.
  typealias Unrecovered = [(change: UnfinishedChange, error: ServiceError)]

  /// Removes pending changes; returns those that remain.
  func recover(_ state: borrowing LockedState) throws(ServiceError) -> Unrecovered {
    let unfinished = try stored { () throws(StateError) in try state.unfinished() }
    var failures: Unrecovered = []
    for change in unfinished.ports {
      do throws(ServiceError) {
        try recover(change, besides: unfinished.endpoints, in: state)
      } catch {
        failures.append((.ports(change.ports), error))
      }
    }
    for endpoint in unfinished.endpoints {
      do throws(ServiceError) {
        try detach(endpoint, in: state)
      } catch {
        failures.append((self.change(of: endpoint, in: state.folder), error))
      }
    }
    let present = unfinished.networks.count > 1 ? try presentNetworks(unfinished.networks) : []
    for (number, network) in unfinished.networks.enumerated() {
      do throws(ServiceError) {
        // The first takes with it what no network needs any more.
        if number == 0 || present.contains(network.id) {
          try tearDown(network, in: state)
        } else {
          try stored { () throws(StateError) in try state.discard(network) }
        }
      } catch {
        failures.append((.network(network), error))
      }
    }
    return failures
  }

  /// The networks of which the kernel holds anything; a network's elements come and go together.
  /// Looked for once, because there may be thousands, as after restoring a backup.
  private func presentNetworks(_ networks: [Network]) throws(ServiceError) -> Set<NetworkID> {
    let (links, elements) = try observed { () throws(KernelError) in
      (try kernel.links(in: .host), try kernel.firewall().elements)
    }
    let owners = Set(links.compactMap(\.owner))
    let names = Set(links.map(\.name))
    let present = networks.filter { network in
      guard let desired = try? network.makeDriver().desiredNetwork else { return true }
      guard let bridge = desired.bridge else { return false }
      return owners.contains(bridge.owner) || names.contains(bridge.name.description)
        || elements.contains(.bridge(bridge.name))
    }
    return Set(present.map(\.id))
  }

  /// The pending changes of this boot that no running command is working on.
  func unfinishedChanges(in folder: StateFolder) throws(ServiceError) -> [UnfinishedChange] {
    let found = try changes(in: folder)
    if found.isEmpty { return [] }
    // A change that was pending both before and after a moment when the lock was free is abandoned.
    if try stored({ () throws(StateError) in try folder.isLocked() }) { return [] }
    let again = Set(try changes(in: folder))
    return found.filter(again.contains)
  }

  private func changes(in folder: StateFolder) throws(ServiceError) -> [UnfinishedChange] {
    let unfinished = try stored { () throws(StateError) in try folder.unfinished() }
    return unfinished.ports.map(\.ports).filter { $0.container.namespace.boot == boot }
      .map { .ports($0) }
      + unfinished.endpoints.filter { $0.container.namespace.boot == boot }
      .map { change(of: $0, in: folder) }
      + unfinished.networks.map { .network($0) }
  }

  private func change(of endpoint: Endpoint, in folder: StateFolder) -> UnfinishedChange {
    let network = attempt { () throws(ServiceError) in
      try stored { () throws(StateError) in try folder.network(endpoint.network) }
    }
    return .endpoint(endpoint, network: network??.name ?? endpoint.network.short)
  }

  /// Undoes a failed change. What cannot be undone now is undone by a later command.
  func undo(_ change: UnfinishedChange, _ body: () throws(ServiceError) -> Void) {
    do throws(ServiceError) {
      try body()
    } catch {
      notices.append(.unfinished(change, error))
    }
  }

  /// Runs something that the command does not depend on; nil if it fails.
  @discardableResult
  func attempt<Result>(_ body: () throws(ServiceError) -> Result) -> Result? {
    do throws(ServiceError) {
      return try body()
    } catch {
      notices.append(.ignored(error))
      return nil
    }
  }
}
