import Addressing
import Containers
import KernelModel
package import NetworkModel

/// Containers that their runtime starts again. Their endpoints wait for that: on record as they
/// are, with their addresses and ports, and not in the kernel.
extension NetworkService {
  /// Asks no runtime for its containers from now on: one that has called netctl may only answer
  /// once that returns.
  package func avoidAskingRuntimes() { kernel.asksRuntimes = false }

  /// Whether a container has endpoints that come back when it is started again; without records, it
  /// has none.
  package func isAwaited(_ container: ContainerID) throws(ServiceError) -> Bool {
    try existingView()?.awaitedEndpoints(of: container).isEmpty == false
  }

  /// Attaches what waits for a container, whose first process has just been started, and whose
  /// runtime may be about to add a default route.
  package func reconnect(
    _ id: ContainerID, startedAs process: Int32, leavingDefaultRoute: Bool
  ) throws(ServiceError) {
    let (found, handle) = try kernel.openContainer("\(ContainerKind.process.rawValue):\(process)")
    guard let start = ProcessLife.start(of: process) else {
      throw .containerNotRunning(found.name)
    }
    let container = Container(
      id: id, name: found.name, path: found.path, boot: found.boot,
      namespace: found.namespace, process: FirstProcess(id: process, start: start),
      isRestartable: true, nameMounts: found.nameMounts)
    let host = try kernel.hostNamespace()
    try transaction { (transaction) throws(ServiceError) in
      try transaction.reconnect(
        container, handle, on: host, leavingDefaultRoute: leavingDefaultRoute)
    }
  }

  /// Whether a container is connected.
  package func isConnected(_ container: ContainerID) throws(ServiceError) -> Bool {
    try existingView()?.endpoints(of: container).isEmpty == false
  }

  /// Gives a container again what its runtime has changed since it was connected.
  package func settle(_ reference: String) throws(ServiceError) {
    let (container, handle) = try container(reference)
    guard let handle else { return }
    try transaction { (transaction) throws(ServiceError) in
      try transaction.settle(container, handle)
    }
  }

  /// Takes the endpoints of a container that has stopped out of the kernel; they wait for its next
  /// start.
  package func suspend(_ id: ContainerID) throws(ServiceError) {
    try cleaningUp { (transaction) throws(ServiceError) in
      guard let container = try transaction.view.container(id) else { return }
      _ = try transaction.pruningDeadEndpoints(of: container.stopped)
    }
  }

  /// What has become of the containers whose endpoints wait: of those that these references lead
  /// to, or of all.
  func restarts(of references: [String]) throws(ServiceError) -> Restarts {
    var restarts = Restarts()
    guard let view = try existingView(), view.isInitialised else { return restarts }
    if references.isEmpty {
      for container in try view.awaitedContainers() {
        restarts.containers.append(container)
        if let running = kernel.running(container) { restarts.running.append(running) }
      }
      for id in try view.containersWithPorts() {
        guard let container = try? view.ports(of: id)?.container, container.isStopped,
          !restarts.containers.contains(where: { $0.id == id })
        else { continue }
        restarts.containers.append(container)
      }
      return restarts
    }
    let index = try view.index()
    for reference in references {
      do throws(ServiceError) {
        _ = try view.network(reference, in: index)
      } catch {
        guard case .networkNotFound = error else { continue }
        try add(reference, to: &restarts, view)
      }
    }
    return restarts
  }

  // What leads to no container is reported as a network that does not exist.
  private func add(
    _ reference: String, to restarts: inout Restarts, _ view: StateView
  ) throws(ServiceError) {
    let resolved: ResolvedContainer
    do throws(ServiceError) {
      resolved = try resolve(reference)
    } catch {
      if case .noSuchContainer = error { return }
      restarts.references.insert(reference)
      restarts.failures.append(NetworkFailure(network: nil, error: error))
      return
    }
    restarts.references.insert(reference)
    guard let handle = resolved.handle else {
      let error = ServiceError.containerNotRunning(resolved.found?.spelling ?? reference)
      restarts.failures.append(NetworkFailure(network: nil, error: error))
      return
    }
    restarts.running.append((try view.known(resolved.container), handle))
  }
}

/// Containers whose endpoints wait for their start.
struct Restarts {
  /// All of them, as they are on record.
  var containers: [Container] = []
  /// Those that run, with their namespaces.
  var running: [(container: Container, handle: NamespaceHandle)] = []
  /// The references that led to containers.
  var references: Set<String> = []
  /// Why some of these cannot be connected.
  var failures: [NetworkFailure] = []
}

extension StateView {
  /// The containers that have endpoints which wait for them, or will.
  func awaitedContainers() throws(ServiceError) -> [Container] {
    var containers: [Container] = []
    for network in try networksWithEndpoints() {
      for endpoint in try readEndpoints(of: network).endpoints
      where endpoint.isRestored && !containers.contains(where: { $0.id == endpoint.container.id }) {
        if try !kernel.isAlive(endpoint) { containers.append(endpoint.container) }
      }
    }
    return containers.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }
}

extension KernelView {
  /// The container as it runs now; nil if it does not, or its runtime does not answer.
  func running(_ container: Container) -> (container: Container, handle: NamespaceHandle)? {
    guard asksRuntimes, !silentRuntimes.contains(container.runtime) else { return nil }
    let reference = "\(container.runtime.rawValue):\(container.id)"
    do throws(ServiceError) {
      return try openContainer(reference)
    } catch {
      if case .finder = error { silentRuntimes.insert(container.runtime) }
      return nil
    }
  }
}

extension Transaction {
  /// Attaches what waits for a container, which runs in this namespace.
  func reconnect(
    _ container: Container, _ handle: NamespaceHandle, on host: NetworkNamespaceID,
    leavingDefaultRoute: Bool = false
  ) throws(ServiceError) {
    // Endpoints of an earlier start, whose end no command has noticed, wait as well.
    _ = try pruningDeadEndpoints(of: container)
    let waiting = try view.waitingEndpoints(of: container.id)
      .sorted { ($0.route.networkName) < ($1.route.networkName) }
    for endpoint in waiting {
      let known = endpoint.container
      var request = ConnectRequest(again: endpoint)
      request.leavesDefaultRoute = leavingDefaultRoute
      _ = try connect(
        Container(
          id: known.id, name: known.name, runtime: known.runtime, path: container.path,
          boot: container.boot, namespace: container.namespace, process: container.process,
          isRestartable: true, nameMounts: container.nameMounts ?? known.nameMounts),
        handle, on: host, as: request)
    }
  }
}

extension Transaction {
  /// Gives a container again what its runtime has changed since it was connected: the names that it
  /// resolves, and its default routes. Docker writes the hosts file and adds a default route after
  /// all hooks that could run netctl.
  func settle(_ container: Container, _ handle: NamespaceHandle) throws(ServiceError) {
    let endpoints = try pruningDeadEndpoints(of: container)
    guard let container = endpoints.first?.container else { return }
    try rewriteNames(of: container)
    try settleRoutes(of: endpoints, in: handle, container: container)
  }
}

extension ConnectRequest {
  /// The request that makes an endpoint as it was.
  fileprivate init(again endpoint: Endpoint) {
    self.init(network: endpoint.network.description, container: endpoint.container.name)
    let chosen = endpoint.settings.chosenAddresses
    aliases = endpoint.settings.aliases
    links = endpoint.settings.links
    driverOptions = endpoint.settings.driverOptions
    gatewayPriority = endpoint.route.priority
    ipv4 = chosen.first { $0.family == .ipv4 }
    ipv6 = chosen.first { $0.family == .ipv6 }
    linkLocalAddresses = endpoint.interface?.linkLocalAddresses ?? []
    mac = endpoint.interface?.mac
  }
}
