import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Which host the records belong to, and which boot of it.
extension Transaction {
  /// Refuses the state of another namespace, whose links are invisible here, so that all endpoints
  /// would seem dead. After a boot the state directory becomes that of its first user, and
  /// what ended with the earlier boot is deleted. Returns whether the networks have been restored.
  func adoptingHost() throws(ServiceError) -> Bool {
    let namespace = try kernel.hostNamespace().number
    var host = try self.host()
    if host.boot == view.boot {
      if host.namespace != namespace { throw .foreignState(folder: view.path) }
      return host.isRestored
    }
    (host.boot, host.namespace, host.forwarding) = (view.boot, namespace, [])
    host.isRestored = false
    removeAllNames()
    try stageEndpointsOfPlugins()
    try discardEarlierBoot()
    try save(host)
    return false
  }

  // Plugins may remember endpoints whose containers have ended with the boot.
  private func stageEndpointsOfPlugins() throws(ServiceError) {
    for network in index.listing.networks where network.usesPlugins {
      let recorded = try view.readEndpoints(of: network.id).endpoints
      for endpoint in recorded where endpoint.plugin != nil { try stageRemoval(endpoint) }
    }
  }

  /// Restores the networks after a boot. Failures are left for `verify` to report, since the user
  /// asked for something else. An interrupted restore is continued by the next command.
  func restore() throws(ServiceError) {
    var operation = try beginReload(nil)
    while operation.next() {}
    report(operation.repaired)
    for failure in operation.failures { notices.append(.ignored(failure.error)) }
    try recordRestoration()
  }

  /// Records that the networks have been restored after a boot.
  func recordRestoration() throws(ServiceError) {
    var host = try self.host()
    if host.isRestored { return }
    host.isRestored = true
    try save(host)
  }

  /// The host record.
  func host() throws(ServiceError) -> HostRecord {
    guard let host = try view.host() else {
      preconditionFailure("the host's record is written before the folder counts as initialised")
    }
    return host
  }
}
