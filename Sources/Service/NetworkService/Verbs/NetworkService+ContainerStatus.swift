import Containers
import KernelModel
package import NetworkModel

/// Containers, whether connected or not.
extension NetworkService {
  /// One container with its connections.
  package func inspectContainer(_ reference: String) throws(ServiceError) -> ContainerStatus {
    let found: FoundContainer
    do throws(ServiceError) {
      found = try kernel.findContainer(reference)
    } catch {
      guard case .noSuchContainer = error else { throw error }
      return try recordedStatus(of: reference)
    }
    guard found.namespacePath != nil else {
      let endpoints =
        try found.stoppedContainer.map { (container) throws(ServiceError) in
          try existingView()?.awaitedEndpoints(of: container.id) ?? []
        } ?? []
      return ContainerStatus(
        runtime: found.kind.rawValue, name: found.name, id: found.id ?? "", state: found.state,
        exitCode: found.exitCode, startedAt: found.startedAt, process: nil, container: nil,
        endpoints: endpoints, ports: [])
    }
    let (container, _) = try kernel.openContainer(found, as: reference)
    let known = try existingView()?.known(container) ?? container
    return try status(
      of: known, name: container.name, runtime: container.runtime,
      id: found.id ?? known.id.description, found, process: found.process)
  }

  // A container that is known by the ID or the name of its record.
  private func recordedStatus(of reference: String) throws(ServiceError) -> ContainerStatus {
    let (container, _) = try self.container(reference)
    let (id, name, runtime) = (container.id.description, container.name, container.runtime)
    guard container.isStopped else {
      return try status(
        of: container, name: name, runtime: runtime, id: id, process: container.process?.id)
    }
    return ContainerStatus(
      runtime: runtime.rawValue, name: name, id: id, process: nil, container: nil,
      endpoints: try existingView()?.awaitedEndpoints(of: container.id) ?? [], ports: [])
  }

  private func status(
    of container: Container, name: String, runtime: ContainerRuntime, id: String,
    _ found: FoundContainer? = nil, process: Int32?
  ) throws(ServiceError) -> ContainerStatus {
    let view = try existingView()
    let endpoints =
      try view.map { (view) throws(ServiceError) in
        try kernel.liveEndpoints(among: try view.recordedEndpoints(of: container))
      } ?? []
    let held = try view?.heldPorts(of: container)
    return ContainerStatus(
      runtime: runtime.rawValue, name: name, id: id, state: found?.state, exitCode: found?.exitCode,
      startedAt: found?.startedAt,
      processStarted: process.flatMap(ProcessLife.startTime).map { Timestamp(nanoseconds: $0) },
      process: process,
      container: container,
      endpoints: endpoints.sorted { $0.route.networkName < $1.route.networkName },
      ports: held.map { held in held.ports.filter(held.reached.contains) } ?? [])
  }

  /// Every container that a runtime or the records know.
  package func containers() throws(ServiceError) -> [ContainerListing] {
    let (found, failures) = kernel.finders.containers(within: .seconds(1))
    for failure in failures { kernel.notices.append(.finder(failure)) }
    var recorded = try connectedContainers()
    let ids = Set(found.compactMap { ContainerID($0.id ?? $0.name) })
    // The namespaces that engines have named for containers of theirs.
    let namespaces = Set(
      recorded.values.map(\.container).filter { ids.contains($0.id) }.map(\.path))
    var listings: [ContainerListing] = []
    for container in found
    where container.kind != .namespace
      || !namespaces.contains(NamedNamespaceFinder.folder + container.name)
    {
      let key = recorded.first { $0.value.container.isSame(as: container) }?.key
      let record = key.flatMap { recorded.removeValue(forKey: $0) }
      listings.append(
        ContainerListing(
          runtime: container.kind.rawValue, name: container.name,
          id: container.id ?? ContainerID(container.name)?.description
            ?? record?.container.id.description,
          isRunning: container.isRunning, state: container.state,
          networks: record?.networks.sorted() ?? []))
    }
    for record in recorded.values {
      listings.append(
        ContainerListing(
          runtime: record.container.runtime.rawValue,
          name: record.container.name,
          id: record.container.id.description, isRunning: !record.container.isStopped,
          networks: record.networks.sorted()))
    }
    return listings
  }

  /// The networks that a container is connected to.
  package func networks(ofContainer reference: String) throws(ServiceError) -> Set<NetworkID> {
    let (container, _) = try self.container(reference)
    return Set(try existingView()?.liveEndpoints(of: container.id).map(\.network) ?? [])
  }

  private func connectedContainers()
    throws(ServiceError) -> [ContainerID: (container: Container, networks: [String])]
  {
    var connected: [ContainerID: (container: Container, networks: [String])] = [:]
    guard let view = try existingView() else { return connected }
    for network in try view.networksWithEndpoints() {
      let endpoints = try view.endpoints(of: network)
      let live = try kernel.liveEndpoints(among: endpoints)
      for endpoint in live + endpoints.filter(\.container.isStopped) {
        connected[endpoint.container.id, default: (endpoint.container, [])].networks
          .append(endpoint.route.networkName)
      }
    }
    return connected
  }
}

extension Container {
  /// Whether it is a container in a list: the one with its ID, or else the one of its runtime that
  /// has its name.
  fileprivate func isSame(as listed: ListedContainer) -> Bool {
    if let id = ContainerID(listed.id ?? listed.name), id == self.id { return true }
    // A plugin records a container of a runtime by its namespace, but under its own name.
    if listed.kind == .namespace { return path == NamedNamespaceFinder.folder + listed.name }
    return name == listed.name && runtime.rawValue == listed.kind.rawValue
      && ContainerID(listed.id ?? "") == nil
  }
}
