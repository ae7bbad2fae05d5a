import Addressing
import Containers
import KernelModel
import NetworkModel
import SystemErrors

/// Containers, by what refers to them and by what is recorded of them.
extension KernelView {
  /// The reference for a recorded container: its name, or its short ID if that name now refers to
  /// another container or to none.
  func reference(to container: Container) -> String {
    container.isStopped || isAtItsPath(container) ? container.name : container.id.short
  }

  /// Opens the namespace of the container that a reference refers to.
  func openContainer(
    _ reference: String
  ) throws(ServiceError) -> (container: Container, handle: NamespaceHandle) {
    try openContainer(try findContainer(reference), as: reference)
  }

  /// Opens the namespace of a container that was found by a reference.
  func openContainer(
    _ found: FoundContainer, as reference: String
  ) throws(ServiceError) -> (container: Container, handle: NamespaceHandle) {
    guard let path = found.namespacePath else { throw .containerNotRunning(found.spelling) }
    let namespace: OpenNamespace
    do throws(KernelError) {
      namespace = try kernel.openNamespace(atPath: path)
    } catch {
      if error.indicatesAbsence {
        throw found.hasProcess ? .containerNotRunning(found.spelling) : .noSuchContainer(reference)
      }
      throw error.indicatesOtherFileType
        ? .notANamespace(path) : isPrivileged ? .kernel(error) : .unprivileged
    }
    // The process that the namespace was found by may have ended, and another have taken its ID.
    guard found.isRunning else { throw .containerNotRunning(found.spelling) }
    if let user = found.user, try owner(of: namespace.handle) != user {
      throw .foreignNamespace(container: found.spelling, user: user)
    }
    return (found.container(at: path, namespace.identity, boot: boot), namespace.handle)
  }

  /// Asks the finders for the container that a reference refers to.
  func findContainer(_ text: String) throws(ServiceError) -> FoundContainer {
    guard let reference = ContainerReference(text) else { throw .noSuchContainer(text) }
    let answer: ContainerFinders.Answer
    do throws(FinderFailure) {
      answer = try finders.container(reference)
    } catch {
      throw .finder(error)
    }
    for failure in answer.failures { notices.append(.finder(failure)) }
    guard let found = answer.container else { throw .noSuchContainer(text) }
    if reportsNamesakes, case .name(let name) = reference {
      let others = finders.others(of: answer, name)
      if !others.isEmpty {
        notices.append(.namesakes(of: found.spelling, others.map(\.spelling)))
      }
    }
    return found
  }

  /// Whether a container that does not run was removed, as far as its runtime says. Each is asked
  /// for once, and a runtime that does not answer no more.
  func isRemoved(_ container: Container) -> Bool {
    guard asksRuntimes, !silentRuntimes.contains(container.runtime) else { return false }
    if let known = knownRemovals[container.id] { return known }
    do throws(FinderFailure) {
      let isRemoved = try finders.hasRemoved(
        container.id.description, of: container.runtime.rawValue)
      knownRemovals[container.id] = isRemoved
      return isRemoved
    } catch {
      silentRuntimes.insert(container.runtime)
      return false
    }
  }

  /// Whether the namespace of a recorded container is still where it was found.
  func isPresent(_ container: Container) -> Bool {
    guard container.boot == boot, let path = path(to: container) else { return false }
    // One that cannot be entered may still be there.
    guard let namespace = try? kernel.namespace(atPath: path) else {
      return isAtItsPath(container)
    }
    return namespace == container.namespace
  }

  /// What leads to the namespace of a recorded container: the path that it was found by or, once
  /// its first process has ended, that of another process in its namespace, such as one of another
  /// container. Nil without any: a runtime may keep the namespace of a container that has ended.
  private func path(to container: Container) -> String? {
    if container.hasProcess { return container.path }
    let processes = knownProcesses ?? NamespaceProcesses()
    knownProcesses = processes
    return processes.path(device: container.namespace.device, inode: container.namespace.inode)
  }

  /// Whether the path of a recorded container, whose namespace is live, still leads to it.
  func isAtItsPath(_ container: Container) -> Bool {
    kernel.hasNamespace(
      device: container.namespace.device, inode: container.namespace.inode, atPath: container.path)
      && container.hasProcess
  }

  /// Opens the namespace of a recorded container; nil when it is gone or was replaced by another.
  func reopen(_ container: Container) -> NamespaceHandle? {
    guard container.boot == boot, let path = path(to: container),
      let namespace = try? kernel.openNamespace(atPath: path),
      namespace.identity == container.namespace
    else { return nil }
    return namespace.handle
  }

  /// The same. Throws when the namespace is there, but cannot be entered.
  func enter(_ container: Container) throws(ServiceError) -> NamespaceHandle? {
    guard container.boot == boot, let path = path(to: container) else { return nil }
    do throws(KernelError) {
      let namespace = try kernel.openNamespace(atPath: path)
      return namespace.identity == container.namespace ? namespace.handle : nil
    } catch {
      guard isAtItsPath(container) else { return nil }
      throw isPrivileged ? .kernel(error) : .unprivileged
    }
  }
}

extension FoundContainer {
  /// The container whose namespace is at a path. One that runs has its runtime's own ID if that is
  /// one of 64 digits.
  func container(
    at path: String, _ namespace: NetworkNamespaceID, boot: String
  ) -> Container {
    Container(
      id: runtimeID, name: name, runtime: ContainerRuntime(rawValue: kind.rawValue), path: path,
      boot: boot, namespace: namespace,
      process: firstProcess.map { FirstProcess(id: $0.id, start: $0.start) },
      isRestartable: isRestartable, nameMounts: nameMounts)
  }

  /// The same while it does not run; nil if it cannot be connected then.
  var stoppedContainer: Container? {
    guard location == .stopped, !hasEndedUnnoticed, isRestartable else { return nil }
    return container(at: "", .none, boot: "")
  }

  private var isRestartable: Bool {
    runtimeID != nil && ContainerRuntime(rawValue: kind.rawValue).isEngine
  }

  // A user could claim the ID of another's container.
  private var runtimeID: ContainerID? {
    switch kind {
    case .docker, .podman, .containerd, .crun, .runc: user == nil ? ContainerID(id ?? name) : nil
    case .namespace, .process, .path, .machine, .nspawn, .lxc, .incus, .firejail: nil
    }
  }
}

extension Container {
  /// Whether its first process lives, or it has none.
  fileprivate var hasProcess: Bool {
    process.map { ProcessLife.isAlive($0.id, start: $0.start) } ?? true
  }
}

extension KernelError {
  // ESRCH: the process ended while its /proc entry still existed. ENAMETOOLONG: no file can have
  // that name.
  fileprivate var indicatesAbsence: Bool {
    [.noSuchFileOrDirectory, .noSuchProcess, .notDirectory, .fileNameTooLong].contains(errno)
  }
  // EINVAL: NS_GET_NSTYPE reports another type of namespace. ENOTTY: not a namespace file.
  fileprivate var indicatesOtherFileType: Bool {
    [.invalidArgument, .inappropriateIOCTLForDevice].contains(errno)
  }
}
