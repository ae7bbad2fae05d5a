import Containers
import KernelModel
import NetworkModel
import SystemErrors

/// Containers, by what refers to them and by what is recorded of them.
extension KernelView {
  /// The reference for a recorded container: its name, or its short ID if that name now refers to
  /// another container or to none.
  func word(for container: Container) -> String {
    isAtItsPath(container) ? container.name : container.id.short
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
    let container = Container(
      name: found.name, runtime: ContainerRuntime(rawValue: found.kind.rawValue), path: path,
      namespace: identity(namespace.identity), nameMounts: found.nameMounts)
    return (container, namespace.handle)
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

  /// Whether the namespace of a recorded container is still where it was found.
  func isPresent(_ container: Container) -> Bool {
    guard container.namespace.boot == boot else { return false }
    // One that cannot be entered may still be there.
    guard let namespace = try? kernel.namespace(atPath: container.path) else {
      return isAtItsPath(container)
    }
    return identity(namespace) == container.namespace
  }

  /// Whether the path of a recorded container, whose namespace is live, still leads to it.
  func isAtItsPath(_ container: Container) -> Bool {
    kernel.hasNamespace(
      device: container.namespace.device, inode: container.namespace.inode, atPath: container.path)
  }

  /// Opens the namespace of a recorded container; nil when it is gone or was replaced by another.
  func reopen(_ container: Container) -> NamespaceHandle? {
    guard container.namespace.boot == boot,
      let namespace = try? kernel.openNamespace(atPath: container.path),
      identity(namespace.identity) == container.namespace
    else { return nil }
    return namespace.handle
  }

  /// The same. Throws when the namespace is there, but cannot be entered.
  func enter(_ container: Container) throws(ServiceError) -> NamespaceHandle? {
    guard container.namespace.boot == boot else { return nil }
    do throws(KernelError) {
      let namespace = try kernel.openNamespace(atPath: container.path)
      return identity(namespace.identity) == container.namespace ? namespace.handle : nil
    } catch {
      guard isAtItsPath(container) else { return nil }
      throw isPrivileged ? .kernel(error) : .unprivileged
    }
  }

  func identity(_ observed: ObservedNamespace) -> NamespaceIdentity {
    NamespaceIdentity(
      boot: boot, device: observed.device, inode: observed.inode, cookie: observed.cookie)
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
