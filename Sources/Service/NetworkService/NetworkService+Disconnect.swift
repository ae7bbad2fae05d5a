import Containers
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Disconnects a container from a network. With `force`, one that its name leads to no longer is
  /// found by the name under which it was connected.
  public func disconnect(
    network reference: String, container containerReference: String, force: Bool
  ) throws(ServiceError) {
    try checkPrivileges()
    let found: (container: Container, handle: NamespaceHandle?)?
    do throws(ServiceError) {
      found = try container(containerReference)
    } catch {
      guard force, error.indicatesNoContainer else { throw error }
      found = nil
    }
    try transaction { (state) throws(ServiceError) in
      let network: Network
      do throws(ServiceError) {
        network = try self.network(reference, in: state.index, of: state.folder)
      } catch {
        // Docker's error for a container that it could disconnect without looking at the network.
        guard force, let container = found?.container, case .networkNotFound = error else {
          throw error
        }
        throw .notConnectedToMissing(container.id, network: reference)
      }
      guard let (container, handle) = found else {
        guard try detachNamed(containerReference, from: network, in: state) else {
          throw .endpointNotFound(containerReference)
        }
        return
      }
      guard
        let endpoint = try pruningDeadEndpoints(of: container, in: state)
          .first(where: { $0.network == network.id })
      else {
        if force, try detachNamed(container.name, from: network, in: state) { return }
        throw .notConnected(container.id, network: network.name)
      }
      try repairFirewall(in: state)
      do throws(ServiceError) {
        try detachAttached(endpoint, handle: handle, in: state)
      } catch {
        guard (try? isAlive(endpoint)) == false else { throw error }
        throw error.recordingFailed(
          after: .disconnection(container: container.name, network: network.name))
      }
    }
  }

  /// Detaches the containers that were connected under a name; says whether there were any.
  private func detachNamed(
    _ name: String, from network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    let names = [name, ContainerReference(name)?.name]
    let named = recorded.filter { names.contains($0.container.name) }
    for endpoint in named { try detachAttached(endpoint, in: state) }
    return !named.isEmpty
  }
}

extension ServiceError {
  /// Whether a reference leads to no namespace: to nothing, or to another file, such as one that a
  /// namespace was mounted on.
  fileprivate var indicatesNoContainer: Bool {
    switch self {
    case .noSuchContainer, .notANamespace: true
    default: false
    }
  }
}
