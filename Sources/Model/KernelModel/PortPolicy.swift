public import Addressing

/// What a published port requires of the firewall.
public struct PortPolicy: Hashable, Sendable {
  /// A port of one address of the host, or of all with `0.0.0.0` or `::`.
  public struct HostPort: Hashable, Sendable {
    /// The address.
    public var address: IPAddress
    /// The port.
    public var port: UInt16

    /// Creates a port of the host.
    public init(address: IPAddress, port: UInt16) {
      self.address = address
      self.port = port
    }
  }

  /// The container's address.
  public var address: IPAddress
  /// The protocol.
  public var transport: Transport
  /// The container's port.
  public var port: UInt16
  /// The host port that leads to it, of the same family; nil for none.
  public var hostPort: HostPort?
  /// Whether it is reachable at the container's own address.
  public var isOpen: Bool

  /// Creates a policy.
  public init(
    _ address: IPAddress, _ transport: Transport, port: UInt16, hostPort: HostPort? = nil,
    isOpen: Bool = false
  ) {
    self.address = address
    self.transport = transport
    self.port = port
    self.hostPort = hostPort
    self.isOpen = isOpen
  }

  /// What the firewall's sets and maps hold for it.
  public var elements: [FirewallElement] {
    var elements: [FirewallElement] = []
    if let hostPort {
      elements.append(
        .published(
          host: hostPort.address, transport, port: hostPort.port, to: address, containerPort: port))
    }
    if isOpen { elements.append(.openPort(address, transport, port: port)) }
    return elements
  }
}
