public import Addressing

/// Which tracked connections are meant; what is nil may be anything.
public struct ConnectionFilter: Hashable, Sendable {
  /// The ends of one direction of a connection.
  public struct Direction: Hashable, Sendable {
    /// Where packets of the direction come from.
    public var source: IPAddress?
    /// The port they come from; needs a transport.
    public var sourcePort: UInt16?
    /// Where they are sent to.
    public var destination: IPAddress?
    /// The port they are sent to; needs a transport.
    public var destinationPort: UInt16?

    /// Takes every member.
    public init(
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
  /// The packets of whoever began, as they were sent.
  public let original: Direction
  /// The packets of whoever answers, as they are sent.
  public let reply: Direction
  /// Whether only those are meant that were sent to an address of the host, whichever it is.
  public let isToHost: Bool

  /// Takes every member.
  public init(
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
  /// What a container with this address began and what was begun with it.
  public static func all(of address: IPAddress) -> [ConnectionFilter] {
    [
      ConnectionFilter(address.family, original: Direction(source: address)),
      ConnectionFilter(address.family, reply: Direction(source: address)),
    ]
  }

  /// What came in by a published port; nil for an element that publishes none.
  static func through(_ element: FirewallElement) -> ConnectionFilter? {
    switch element {
    case .published(let host, let transport, let port, let target, let targetPort):
      ConnectionFilter(
        host.family, transport,
        original: Direction(
          destination: host.isUnspecified ? nil : host, destinationPort: port),
        reply: Direction(source: target, sourcePort: targetPort))
    case .open(let address, let transport, let port):
      ConnectionFilter(
        address.family, transport,
        original: Direction(destination: address, destinationPort: port))
    default: nil
    }
  }

  /// What was sent to a port of the host before it was published, and would go on to be taken for
  /// the host's own. Only datagrams go on for ever. What the host hands on to others' ports of that
  /// number is none of it.
  static func before(_ element: FirewallElement) -> ConnectionFilter? {
    guard case .published(let host, .udp, let port, _, _) = element else { return nil }
    return ConnectionFilter(
      host.family, .udp,
      original: Direction(destination: host.isUnspecified ? nil : host, destinationPort: port),
      isToHost: host.isUnspecified)
  }
}
