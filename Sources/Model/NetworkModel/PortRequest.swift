public import Addressing

/// A port to publish, as given to `--publish`.
public struct PortRequest: Hashable, Sendable {
  /// The host address; nil for the network's default.
  public let host: IPAddress?
  /// The acceptable host ports, of which the lowest available is chosen; nil for any.
  public let hostPorts: ClosedRange<UInt16>?
  /// The protocol.
  public let transport: Transport
  /// The port in the container.
  public let containerPort: UInt16

  /// Creates a request; the defaults leave the host side open.
  public init(
    host: IPAddress? = nil, hostPorts: ClosedRange<UInt16>? = nil, transport: Transport = .tcp,
    containerPort: UInt16
  ) {
    self.host = host
    self.hostPorts = hostPorts
    self.transport = transport
    self.containerPort = containerPort
  }

  /// Whether a port may result from this request; unspecified parts match anything, and on a routed
  /// network the host parts are ignored.
  public func matches(_ port: PublishedPort) -> Bool {
    guard transport == port.transport, containerPort == port.containerPort else { return false }
    guard let hostPort = port.hostPort else {
      return host == nil || host?.family == port.host.family
    }
    if let host, host != port.host { return false }
    return hostPorts?.contains(hostPort) ?? true
  }

  /// Whether it specifies a host address or a host port.
  public var namesHost: Bool { host != nil || hostPorts != nil }
}
