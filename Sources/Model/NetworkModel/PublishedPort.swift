public import Addressing

/// A container's port that is reachable from outside its network: through a host port, or on a
/// routed network at the container's own address.
///
/// It belongs to the container and persists when another endpoint publishes it.
public struct PublishedPort: Hashable, Sendable {
  /// The host address; `0.0.0.0` or `::` for all of a family.
  public let host: IPAddress
  /// The host port; nil if published on a routed network, which needs none.
  public let hostPort: UInt16?
  /// The protocol of both ports.
  public let transport: Transport
  /// The port in the container.
  public let containerPort: UInt16

  package init(host: IPAddress, hostPort: UInt16?, transport: Transport, containerPort: UInt16) {
    self.host = host
    self.hostPort = hostPort
    self.transport = transport
    self.containerPort = containerPort
  }

  /// Whether host processes reach it by a loopback address.
  public var isOnLoopback: Bool { hostPort != nil && (host.isUnspecified || host.isLoopback) }

  /// Whether both could match the same packets.
  public func conflicts(with other: PublishedPort) -> Bool {
    guard let hostPort, hostPort == other.hostPort, transport == other.transport,
      host.family == other.host.family
    else { return false }
    return host == other.host || host.isUnspecified || other.host.isUnspecified
  }
}

/// The recorded ports of one container.
public struct ContainerPorts: Hashable, Sendable {
  /// The container they belong to.
  public let container: Container
  /// The ports in the order in which they were published.
  public var ports: [PublishedPort]

  package init(container: Container, ports: [PublishedPort]) {
    self.container = container
    self.ports = ports
  }
}
