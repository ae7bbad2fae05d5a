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
      return ContainerStatus(
        runtime: found.kind.rawValue, name: found.name, id: found.id ?? "", process: nil,
        container: nil, endpoints: [], ports: [])
    }
    let (container, _) = try kernel.openContainer(found, as: reference)
    return try status(
      of: container, id: found.id ?? container.id.description,
      process: found.process)
  }

  // A container that is known by the ID of its record.
  private func recordedStatus(of reference: String) throws(ServiceError) -> ContainerStatus {
    let (container, _) = try self.container(reference)
    return try status(of: container, id: container.id.description, process: nil)
  }

  private func status(
    of container: Container, id: String, process: Int32?
  ) throws(ServiceError) -> ContainerStatus {
    let view = try existingView()
    let endpoints = try view?.liveEndpoints(of: container.id) ?? []
    let held = try view?.heldPorts(of: container)
    return ContainerStatus(
      runtime: container.runtime.rawValue, name: container.name, id: id, process: process,
      container: container,
      endpoints: endpoints.sorted { $0.route.networkName < $1.route.networkName },
      ports: held.map { held in held.ports.filter(held.reached.contains) } ?? [])
  }

  /// Every container that a runtime or the records know.
  package func containers() throws(ServiceError) -> [ContainerListing] {
    let (found, failures) = kernel.finders.containers(within: .seconds(1))
    for failure in failures { kernel.notices.append(.finder(failure)) }
    var recorded = try connectedContainers()
    var listings: [ContainerListing] = []
    for container in found {
      let record = recorded.removeValue(forKey: container.name)
      listings.append(
        ContainerListing(
          runtime: container.kind.rawValue, name: container.name,
          id: container.id ?? record?.container.id.description, isRunning: container.isRunning,
          networks: record?.networks.sorted() ?? []))
    }
    for record in recorded.values {
      listings.append(
        ContainerListing(
          runtime: record.container.runtime.rawValue,
          name: record.container.name,
          id: record.container.id.description, isRunning: true,
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
    throws(ServiceError) -> [String: (container: Container, networks: [String])]
  {
    var connected: [String: (container: Container, networks: [String])] = [:]
    guard let view = try existingView() else { return connected }
    for network in try view.networksWithEndpoints() {
      for endpoint in try view.liveEndpoints(of: network) {
        connected[endpoint.container.name, default: (endpoint.container, [])].networks
          .append(endpoint.route.networkName)
      }
    }
    return connected
  }
}
