import AddressPools
import Addressing
public import KernelModel
public import NetworkModel
import StateStore

/// A network with everything known about it.
public struct NetworkDetails: Sendable {
  /// The network with every recorded endpoint, alive or not.
  public let status: NetworkStatus
  /// The phase of each endpoint.
  public let phases: [EndpointID: EndpointPhase]
  /// The published ports of each endpoint.
  public let ports: [EndpointID: [PublishedPort]]
  /// The differences between kernel and records, each with the name of the container that it
  /// concerns.
  public let differences: [(difference: Difference, container: String?)]
}

extension StateView {
  /// One network and its endpoints, without waiting for a running change.
  func status(of reference: String) throws(ServiceError) -> NetworkStatus {
    let network = try network(reference)
    let endpoints = try liveEndpoints(of: network.id)
    var leases = try leases(of: network.id)
    let (remote, peers) = try elsewhere(network, besides: endpoints)
    for address in remote.flatMap(\.addresses) { try? leases.lease(address.address) }
    return NetworkStatus(
      network: network,
      endpoints: endpoints.sorted { $0.container.id < $1.container.id },
      usage: leases.subnets.map { subnet in
        SubnetUsage(
          subnet: subnet.subnet, inUse: subnet.inUseCount, available: subnet.availableCount)
      }, remoteEndpoints: remote, peers: peers)
  }

  /// The endpoints of a network on other hosts, and the hosts that have any.
  private func elsewhere(
    _ network: Network, besides own: [Endpoint]
  ) throws(ServiceError) -> (endpoints: [RemoteEndpoint], peers: [ClusterHost]) {
    guard network.isOverlay, let membership = try membership() else { return ([], []) }
    let endpoints = try remoteEndpoints(of: network.id)
    var hosts = Set(endpoints.map(\.host))
    if !own.isEmpty { hosts.insert(membership.host.id) }
    return (endpoints, membership.hosts.filter { hosts.contains($0.id) })
  }

  /// One network with everything known about it, without waiting for a running change.
  func details(of reference: String) throws(ServiceError) -> NetworkDetails {
    let status = try status(of: reference)
    let network = status.network
    let recorded = try self.endpoints(of: network.id)
    let unfinished = try unfinished().endpoints.filter { $0.network == network.id }
    var endpoints: [ContainerID: Endpoint] = [:]
    var phases: [EndpointID: EndpointPhase] = [:]
    // If a container has several endpoints, the last one counts.
    for (found, phase) in [
      (recorded.filter { !$0.container.isStopped }, EndpointPhase.vanished),
      (recorded.filter(\.container.isStopped), .waiting), (unfinished, .unfinished),
      (status.endpoints, .attached),
    ] {
      for endpoint in found {
        endpoints[endpoint.container.id] = endpoint
        phases[endpoint.id] = phase
      }
    }
    var ports: [EndpointID: [PublishedPort]] = [:]
    for endpoint in status.endpoints { ports[endpoint.id] = try publishedPorts(of: endpoint) }
    return NetworkDetails(
      status: NetworkStatus(
        network: network,
        endpoints: endpoints.values.sorted { $0.container.id < $1.container.id },
        usage: status.usage, remoteEndpoints: status.remoteEndpoints, peers: status.peers),
      phases: phases, ports: ports, differences: try differences(of: network))
  }
}
