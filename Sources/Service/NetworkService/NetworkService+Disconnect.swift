import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Disconnects a container from a network. With `force`, a container that is gone is found by the
  /// name under which it was connected.
  public func disconnect(
    network reference: String, container containerReference: String, force: Bool
  ) throws(ServiceError) {
    let found: (container: Container, handle: NamespaceHandle)?
    do throws(ServiceError) {
      found = try openContainer(containerReference)
    } catch {
      guard force, case .noSuchContainer = error else { throw error }
      found = nil
    }
    try transaction { (state) throws(ServiceError) in
      let network: Network
      do throws(ServiceError) {
        network = try self.network(reference, in: state.index, of: state.folder)
      } catch {
        // What Docker says of a container that it could disconnect without a look at the network.
        guard force, let container = found?.container, case .networkNotFound = error else {
          throw error
        }
        throw .notConnectedToMissing(container.id, network: reference)
      }
      guard let (container, handle) = found else {
        try detachStale(containerReference, from: network, in: state)
        return
      }
      guard
        let endpoint = try livingEndpoints(of: container, in: state)
          .first(where: { $0.network == network.id })
      else { throw .notConnected(container.id, network: network.name) }
      try repairFirewall(in: state)
      do throws(ServiceError) {
        try detachAttached(endpoint, handle: handle, in: state)
      } catch {
        guard (try? isAlive(endpoint)) == false else { throw error }
        throw error.after(.disconnection(container: container.name, network: network.name))
      }
    }
  }

  private func detachStale(
    _ name: String, from network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    let stale = recorded.filter {
      $0.container.name == name || $0.container.id.description == name
    }
    guard !stale.isEmpty else { throw .endpointNotFound(name) }
    for endpoint in stale { try detachAttached(endpoint, in: state) }
  }
}
