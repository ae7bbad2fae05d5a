import KernelModel
import StateStore

/// Which host the records belong to, and which boot of it.
extension NetworkService {
  /// Refuses the state of another namespace, whose links are invisible here, so that all endpoints
  /// would seem dead. After a boot the state directory belongs to its first user. Returns whether
  /// the networks have been restored.
  func checkHost(_ state: borrowing LockedState) throws(ServiceError) -> Bool {
    let namespace = try ownNamespace().number
    var host = try host(state)
    if host.boot == boot {
      if host.namespace != namespace { throw .foreignState(folder: statePath) }
      return host.isRestored
    }
    (host.boot, host.namespace, host.forwarding) = (boot, namespace, [])
    host.isRestored = false
    let record = host
    try stored { () throws(StateError) in
      try state.discardEarlierBoot()
      try state.save(record)
    }
    return false
  }

  /// Restores the networks after a boot. Failures are left for `verify` to report, since the user
  /// asked for something else. An interrupted restore is continued by the next command.
  func restore(_ state: borrowing LockedState) throws(ServiceError) {
    var operation = try reloadOperation(nil, in: state)
    while operation.next() {}
    for failure in operation.failures { notices.append(.ignored(failure.error)) }
    try recordRestoration(in: state)
  }

  /// Records that the networks have been restored after a boot.
  func recordRestoration(in state: borrowing LockedState) throws(ServiceError) {
    var host = try host(state)
    if host.isRestored { return }
    host.isRestored = true
    let record = host
    try stored { () throws(StateError) in try state.save(record) }
  }

  /// The state directory, for operations that compare the records with the kernel: in another
  /// namespace, everything would seem dead.
  func openVerifiedState() throws(ServiceError) -> StateFolder {
    if let verifiedFolder { return verifiedFolder }
    let folder = try openState()
    // A damaged host record is reported elsewhere.
    if let host = try? folder.host(), host.boot == boot,
      host.namespace != (try ownNamespace().number)
    {
      throw .foreignState(folder: statePath)
    }
    verifiedFolder = folder
    return folder
  }

  /// The network namespace that is the host here.
  func ownNamespace() throws(ServiceError) -> ObservedNamespace {
    try observed { () throws(KernelError) in try kernel.hostNamespace() }
  }

  /// The host record.
  func host(_ state: borrowing LockedState) throws(ServiceError) -> HostRecord {
    let folder = state.folder
    guard let host = try stored({ () throws(StateError) in try folder.host() }) else {
      preconditionFailure("the host's record is written before the folder counts as initialised")
    }
    return host
  }
}
