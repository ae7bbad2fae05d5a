public import Addressing

/// One port to be published, as `--publish` names it.
public struct PortRequest: Hashable, Sendable {
  /// The address of the host; nil for the network's default.
  public let host: IPAddress?
  /// The ports of the host of which the lowest free one is taken; nil for any.
  public let hostPorts: ClosedRange<UInt16>?
  /// The protocol.
  public let transport: Transport
  /// The port in the container.
  public let containerPort: UInt16

  /// Takes every member.
  public init(
    host: IPAddress? = nil, hostPorts: ClosedRange<UInt16>? = nil, transport: Transport = .tcp,
    containerPort: UInt16
  ) {
    self.host = host
    self.hostPorts = hostPorts
    self.transport = transport
    self.containerPort = containerPort
  }

  /// Whether a port may have come of this request; what the request leaves open may be anything, and
  /// what it says of the host comes to nothing on a routed network.
  public func matches(_ port: PublishedPort) -> Bool {
    guard transport == port.transport, containerPort == port.containerPort else { return false }
    guard let hostPort = port.hostPort else {
      return host == nil || host?.family == port.host.family
    }
    if let host, host != port.host { return false }
    return hostPorts?.contains(hostPort) ?? true
  }

  /// Whether it names an address or a port of the host.
  public var namesHost: Bool { host != nil || hostPorts != nil }
}
