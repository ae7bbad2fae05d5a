import Drivers
public import NetworkModel
public import StateStore

/// All networks and their endpoints, and the errors for what could not be read.
public struct NetworkSnapshot: Sendable {
  /// The networks in no particular order, without address usage.
  public let networks: [NetworkStatus]
  /// The published ports of each endpoint.
  public let ports: [EndpointID: [PublishedPort]]
  /// One error for each damaged document; the others are not affected.
  public let damaged: [StateError]
}

extension StateView {
  /// All networks and their endpoints, without waiting for a running change.
  func snapshot() throws(ServiceError) -> NetworkSnapshot {
    let listing = try index().listing
    var (networks, damaged): ([NetworkStatus], [StateError]) = (
      [], listing.damaged.map { $0.inside(path) }
    )
    for network in listing.networks {
      let recorded = try readEndpoints(of: network.id)
      damaged += recorded.damaged.map { $0.inside(path) }
      let endpoints = try kernel.liveEndpoints(among: recorded.endpoints).map(labelled)
      networks.append(NetworkStatus(network: network, endpoints: endpoints))
    }
    let ports = try portsByEndpoint(of: networks, damaged: &damaged)
    return NetworkSnapshot(networks: networks, ports: ports, damaged: damaged)
  }

  // If the name now refers to another container, the ID distinguishes the two.
  func labelled(_ endpoint: Endpoint) -> Endpoint {
    if kernel.isAtItsPath(endpoint.container) { return endpoint }
    var labelled = endpoint
    labelled.container.name += " (\(endpoint.container.id.short))"
    return labelled
  }

  private func portsByEndpoint(
    of statuses: [NetworkStatus], damaged: inout [StateError]
  ) throws(ServiceError) -> [EndpointID: [PublishedPort]] {
    let networks = Dictionary(
      statuses.map { ($0.network.id, $0.network) }, uniquingKeysWith: { first, _ in first })
    let endpoints = Dictionary(grouping: statuses.flatMap(\.endpoints), by: \.container.id)
    var published: [EndpointID: [PublishedPort]] = [:]
    for container in try containersWithPorts() {
      guard let endpoints = endpoints[container] else { continue }
      do throws(ServiceError) {
        guard let ports = try ports(of: container) else { continue }
        let publishingEndpoints = PublishingEndpoints(among: endpoints) {
          networks[$0.network].flatMap { (try? knownDriver(of: $0)) ?? nil }
        }
        for port in ports.ports {
          guard let publisher = publishingEndpoints.endpoint(publishing: port) else { continue }
          published[publisher.id, default: []].append(port)
        }
      } catch {
        guard case .state(let error) = error else { throw error }
        damaged.append(error)
      }
    }
    return published
  }
}
