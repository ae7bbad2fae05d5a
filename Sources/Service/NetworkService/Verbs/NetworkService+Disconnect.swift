import Containers
import KernelModel
import NetworkModel

extension NetworkService {
  /// Disconnects a container from a network. With `force`, a container that its name no longer
  /// leads to is found by the name under which it was connected.
  public func disconnect(
    network reference: String, container containerReference: String, force: Bool
  ) throws(ServiceError) {
    try kernel.checkPrivileges()
    let found: (container: Container, handle: NamespaceHandle?)?
    do throws(ServiceError) {
      found = try container(containerReference)
    } catch {
      guard force, error.indicatesNoContainer else { throw error }
      found = nil
    }
    plugins.isRemovalRequested = true
    do throws(ServiceError) {
      try transaction { (transaction) throws(ServiceError) in
        try transaction.disconnect(
          found, knownAs: containerReference, from: reference, force: force)
      }
    } catch {
      guard force else { throw error }
      if dropPendingEndpoints(of: containerReference, on: reference) { return }
      guard error.indicatesNoEndpoint,
        try disconnectRemotely(containerReference, from: reference)
      else { throw error }
    }
  }
}

extension Transaction {
  fileprivate func disconnect(
    _ found: (container: Container, handle: NamespaceHandle?)?, knownAs word: String,
    from reference: String, force: Bool
  ) throws(ServiceError) {
    let network: Network
    do throws(ServiceError) {
      network = try self.network(reference)
    } catch {
      // Docker's error for a container that it could disconnect without looking at the network.
      guard force, let container = found?.container, case .networkNotFound = error else {
        throw error
      }
      throw .notConnectedToMissing(container.id, network: reference)
    }
    guard let (container, handle) = found else {
      guard try detachNamed(word, from: network) else {
        throw .endpointNotFound(word)
      }
      return
    }
    let live = try pruningDeadEndpoints(of: container)
    let waiting = try view.waitingEndpoints(of: container.id)
    guard let endpoint = (live + waiting).first(where: { $0.network == network.id }) else {
      if force, try detachNamed(container.name, from: network) { return }
      throw .notConnected(container.id, network: network.name)
    }
    try repairFirewall()
    do throws(ServiceError) {
      try detachAttached(endpoint, handle: handle, of: network)
    } catch {
      guard (try? kernel.isAlive(endpoint)) == false else { throw error }
      throw error.recordingFailed(
        after: .disconnection(container: container.name, network: network.name))
    }
  }

  /// Detaches the containers that were connected under a name; returns whether there were any.
  private func detachNamed(_ name: String, from network: Network) throws(ServiceError) -> Bool {
    let recorded = try view.endpoints(of: network.id)
    let names = [name, ContainerReference(name)?.recordedName]
    let named = recorded.filter { names.contains($0.container.name) }
    for endpoint in named { try detachAttached(endpoint) }
    return !named.isEmpty
  }
}

extension ServiceError {
  /// Whether no endpoint of this host was meant.
  fileprivate var indicatesNoEndpoint: Bool {
    switch self {
    case .endpointNotFound, .notConnected: true
    default: false
    }
  }

  /// Whether a reference leads to no namespace: to nothing, to a container that does not run, or to
  /// another file, such as one that a namespace was mounted on.
  fileprivate var indicatesNoContainer: Bool {
    switch self {
    case .noSuchContainer, .notANamespace, .containerNotRunning: true
    default: false
    }
  }
}
