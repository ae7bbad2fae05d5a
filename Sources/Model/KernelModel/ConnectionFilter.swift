public import Addressing

/// A filter for conntrack entries; nil matches anything.
public struct ConnectionFilter: Hashable, Sendable {
  /// The tuple of one direction.
  public struct Direction: Hashable, Sendable {
    /// The source address.
    public var source: IPAddress?
    /// The source port; requires a transport.
    public var sourcePort: UInt16?
    /// The destination address.
    public var destination: IPAddress?
    /// The destination port; requires a transport.
    public var destinationPort: UInt16?

    package init(
      source: IPAddress? = nil, sourcePort: UInt16? = nil, destination: IPAddress? = nil,
      destinationPort: UInt16? = nil
    ) {
      self.source = source
      self.sourcePort = sourcePort
      self.destination = destination
      self.destinationPort = destinationPort
    }
  }

  /// The family of all addresses.
  public let family: AddressFamily
  /// The protocol.
  public let transport: Transport?
  /// The original direction.
  public let original: Direction
  /// The reply direction.
  public let reply: Direction
  /// Whether only connections to an address of the host match.
  public let isToHost: Bool

  package init(
    _ family: AddressFamily, _ transport: Transport? = nil, original: Direction = Direction(),
    reply: Direction = Direction(), isToHost: Bool = false
  ) {
    self.family = family
    self.transport = transport
    self.original = original
    self.reply = reply
    self.isToHost = isToHost
  }
}

extension ConnectionFilter {
  /// Connections from and to a container's address.
  public static func all(of address: IPAddress) -> [ConnectionFilter] {
    [
      ConnectionFilter(address.family, original: Direction(source: address)),
      ConnectionFilter(address.family, reply: Direction(source: address)),
    ]
  }

  /// Connections through a published port; nil for an element that publishes none.
  static func through(_ element: FirewallElement) -> ConnectionFilter? {
    switch element {
    case .published(let host, let transport, let port, let target, let targetPort):
      ConnectionFilter(
        host.family, transport,
        original: Direction(
          destination: host.isUnspecified ? nil : host, destinationPort: port),
        reply: Direction(source: target, sourcePort: targetPort))
    case .openPort(let address, let transport, let port):
      ConnectionFilter(
        address.family, transport,
        original: Direction(destination: address, destinationPort: port))
    default: nil
    }
  }

  /// UDP flows to the host port that predate publishing; conntrack would keep delivering them to
  /// the host. Flows already DNATed elsewhere are excluded.
  static func before(_ element: FirewallElement) -> ConnectionFilter? {
    guard case .published(let host, .udp, let port, _, _) = element else { return nil }
    return ConnectionFilter(
      host.family, .udp,
      original: Direction(destination: host.isUnspecified ? nil : host, destinationPort: port),
      isToHost: host.isUnspecified)
  }
}
