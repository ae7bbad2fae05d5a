import KernelModel
import StateStore

/// Which host the records are of, and in which of its boots.
extension NetworkService {
  /// Refuses the state of another namespace, whose links cannot be seen from here, so that all
  /// endpoints would seem dead. With a new boot the folder belongs to whoever uses it first. Says
  /// whether its networks are restored.
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
      try state.forgetEarlierBoot()
      try state.save(record)
    }
    return false
  }

  /// Brings the networks back after a boot. What cannot be restored is for `verify` to say; it is not
  /// what was asked for. A command that is killed meanwhile leaves it to the next.
  func restore(_ state: borrowing LockedState) throws(ServiceError) {
    var reloading = try reloading(nil, in: state)
    while reloading.next() {}
    for failure in reloading.failures { notices.append(.ignored(failure.error)) }
    try recordRestoration(in: state)
  }

  /// Records that the networks are back after a boot.
  func recordRestoration(in state: borrowing LockedState) throws(ServiceError) {
    var host = try host(state)
    if host.isRestored { return }
    host.isRestored = true
    let record = host
    try stored { () throws(StateError) in try state.save(record) }
  }

  /// The state folder for those who look at the kernel beside the records: in another namespace all
  /// would seem dead.
  func openStateOfThisHost() throws(ServiceError) -> StateFolder {
    if let folderOfThisHost { return folderOfThisHost }
    let folder = try openState()
    // A damaged record is for others to name.
    if let host = try? folder.host(), host.boot == boot,
      host.namespace != (try ownNamespace().number)
    {
      throw .foreignState(folder: statePath)
    }
    folderOfThisHost = folder
    return folder
  }

  /// The namespace that is the host here.
  func ownNamespace() throws(ServiceError) -> ObservedNamespace {
    try observed { () throws(KernelError) in try kernel.hostNamespace() }
  }

  /// What is on record of the host.
  func host(_ state: borrowing LockedState) throws(ServiceError) -> HostRecord {
    let folder = state.folder
    guard let host = try stored({ () throws(StateError) in try folder.host() }) else {
      preconditionFailure("the host's record is written before the folder counts as initialised")
    }
    return host
  }
}
