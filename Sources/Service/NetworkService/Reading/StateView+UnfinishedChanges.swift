import NetworkModel
import StateStore

/// What interrupted commands left.
extension StateView {
  /// The pending changes of this boot that no running command is working on.
  func unfinishedChanges() throws(ServiceError) -> [UnfinishedChange] {
    let found = try changes()
    if found.isEmpty { return [] }
    // A change that was pending both before and after a moment when the lock was free is abandoned.
    if try isLocked() { return [] }
    let again = Set(try changes())
    return found.filter(again.contains)
  }

  private func changes() throws(ServiceError) -> [UnfinishedChange] {
    let unfinished = try self.unfinished()
    let isOfThisBoot = { (container: Container) in
      container.isStopped || container.boot == boot
    }
    return unfinished.ports.filter { isOfThisBoot($0.container) }.map { UnfinishedChange($0) }
      + unfinished.endpoints.filter { endpoint in
        endpoint.plugin == nil ? isOfThisBoot(endpoint.container) : !isLocked(endpoint.network)
      }
      .map { change(of: $0) }
      + unfinished.networks.filter { !$0.usesPlugins || !isLocked($0.id) }.map { .network($0) }
      + unfinished.updates.map { .update($0.old) }
  }

  /// The pending change of an endpoint.
  func change(of endpoint: Endpoint) -> UnfinishedChange {
    let network = attempt { () throws(ServiceError) in try networkOrPending(endpoint.network) }
    return .endpoint(endpoint, network: network??.name ?? endpoint.network.short)
  }
}
