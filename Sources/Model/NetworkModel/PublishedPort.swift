public import Addressing

/// A port of a container that is reached from outside its network: by a port of the host, or on a
/// network that is routed by the container's own address.
///
/// It belongs to the container and stays as it is when the endpoint that carries it changes.
public struct PublishedPort: Hashable, Sendable {
  /// The address of the host; `0.0.0.0` or `::` for all of a family.
  public let host: IPAddress
  /// The port of the host; nil when it was published on a routed network, which needs none.
  public let hostPort: UInt16?
  /// The protocol of both ports.
  public let transport: Transport
  /// The port in the container.
  public let containerPort: UInt16

  /// Takes every member.
  public init(host: IPAddress, hostPort: UInt16?, transport: Transport, containerPort: UInt16) {
    self.host = host
    self.hostPort = hostPort
    self.transport = transport
    self.containerPort = containerPort
  }

  /// Whether processes of the host reach it by a loopback address.
  public var isOnLoopback: Bool { hostPort != nil && (host.isUnspecified || host.isLoopback) }

  /// Whether the same packets could be meant for both.
  public func conflicts(with other: PublishedPort) -> Bool {
    guard let hostPort, hostPort == other.hostPort, transport == other.transport,
      host.family == other.host.family
    else { return false }
    return host == other.host || host.isUnspecified || other.host.isUnspecified
  }
}

/// The ports of one container on record.
public struct ContainerPorts: Hashable, Sendable {
  /// Whose they are.
  public let container: Container
  /// The ports in the order in which they were published.
  public var ports: [PublishedPort]

  /// Takes every member.
  public init(container: Container, ports: [PublishedPort]) {
    self.container = container
    self.ports = ports
  }
}
