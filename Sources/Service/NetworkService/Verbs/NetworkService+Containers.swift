import KernelModel
import NetworkModel

extension NetworkService {
  /// Resolves a reference to a container: by full identity, by name or path, or by a unique prefix
  /// of a recorded identity. The handle is nil if the path no longer leads to its namespace. The
  /// records are only opened for identities.
  func container(
    _ reference: String
  ) throws(ServiceError) -> (container: Container, handle: NamespaceHandle?) {
    if let id = ContainerID(reference), let container = try existingView()?.container(id) {
      return (container, kernel.reopen(container))
    }
    do throws(ServiceError) {
      let (container, handle) = try kernel.openContainer(reference)
      return (container, handle)
    } catch {
      guard case .noSuchContainer = error, isIdentityPrefix(reference),
        let container = try recordedContainer(reference)
      else { throw error }
      return (container, kernel.reopen(container))
    }
  }

  private func recordedContainer(_ prefix: String) throws(ServiceError) -> Container? {
    guard let view = try existingView() else { return nil }
    let ids = try view.containers().filter { $0.description.hasPrefix(prefix) }
    if ids.count > 1 { throw .ambiguousContainer(prefix, matches: ids.count) }
    guard let id = ids.first else { return nil }
    return try view.container(id)
  }
}
