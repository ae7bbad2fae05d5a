import Containers
import KernelModel
import NetworkModel

/// What a reference to a container leads to.
struct ResolvedContainer {
  let container: Container
  /// Its namespace; nil if it does not run, or its path no longer leads there.
  let handle: NamespaceHandle?
  /// What a finder knows of it; nil if it was found on record.
  let found: FoundContainer?
}

extension NetworkService {
  /// Resolves a reference to a container: by recorded identity, by name or path, by a unique prefix
  /// of a recorded identity, or by a recorded name.
  func resolve(_ reference: String) throws(ServiceError) -> ResolvedContainer {
    let recorded = try ContainerID(reference).flatMap { (id) throws(ServiceError) in
      try existingView()?.container(id)
    }
    if let recorded, let handle = kernel.reopen(recorded) {
      return ResolvedContainer(container: recorded, handle: handle, found: nil)
    }
    do throws(ServiceError) {
      let found = try kernel.findContainer(reference)
      if let stopped = found.stoppedContainer {
        return ResolvedContainer(container: stopped, handle: nil, found: found)
      }
      let (container, handle) = try kernel.openContainer(found, as: reference)
      return ResolvedContainer(container: container, handle: handle, found: found)
    } catch {
      guard case .noSuchContainer = error else { throw error }
      let known = try recordedContainer(reference)
      guard let container = recorded ?? known else { throw error }
      return ResolvedContainer(
        container: container, handle: kernel.reopen(container), found: nil)
    }
  }

  /// The same container as it is on record. The handle is nil if it does not run or its path no
  /// longer leads to its namespace.
  func container(
    _ reference: String
  ) throws(ServiceError) -> (container: Container, handle: NamespaceHandle?) {
    let resolved = try resolve(reference)
    let container = try existingView()?.known(resolved.container) ?? resolved.container
    return (container, resolved.handle)
  }

  private func recordedContainer(_ reference: String) throws(ServiceError) -> Container? {
    guard let view = try existingView() else { return nil }
    let ids = try view.containers()
    let matches =
      isIdentityPrefix(reference) ? ids.filter { $0.description.hasPrefix(reference) } : []
    var found: [Container] = []
    for id in matches.isEmpty ? ids : matches {
      // A damaged document is reported elsewhere.
      guard let container = (try? view.container(id)) ?? nil,
        !matches.isEmpty || isCalled(container, reference),
        !found.contains(where: { $0.id == container.id })
      else { continue }
      found.append(container)
    }
    if found.count > 1 { throw .ambiguousContainer(reference, matches: found.count) }
    return found.first
  }

  // Names are those of containers that are still there, or may come back.
  private func isCalled(_ container: Container, _ reference: String) -> Bool {
    let isMeant =
      switch ContainerReference(reference) {
      case .name(let name): container.name == name
      case .explicit(let kind, user: nil, let name):
        container.name == name && container.runtime.rawValue == kind.rawValue
      default: false
      }
    return isMeant && (container.isStopped || kernel.isAtItsPath(container))
  }
}
