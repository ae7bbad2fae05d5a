package import Addressing

/// The ends of a packet at one point of its way; address translation changes them.
public struct PacketForm: Hashable, Sendable {
  package var source: IPAddress
  package var destination: IPAddress
  /// The IP protocol number.
  package var number: UInt8
  /// For an echo, both ports are its identifier.
  package var sourcePort: UInt16
  package var destinationPort: UInt16

  package init(
    source: IPAddress, destination: IPAddress, number: UInt8, sourcePort: UInt16,
    destinationPort: UInt16
  ) {
    self.source = source
    self.destination = destination
    self.number = number
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// The form of an answer.
  package var reversed: PacketForm {
    PacketForm(
      source: destination, destination: source, number: number, sourcePort: destinationPort,
      destinationPort: sourcePort)
  }

  package var family: AddressFamily { source.family }

  /// Whether the protocol has ports.
  package var hasPorts: Bool { [6, 17].contains(number) }

  /// The source as `address:port`.
  package var sourceText: String { Self.text(source, hasPorts ? sourcePort : nil) }

  /// The destination as `address:port`.
  package var destinationText: String { Self.text(destination, hasPorts ? destinationPort : nil) }

  /// `address:port`, an IPv6 address in brackets.
  package static func text(_ address: IPAddress, _ port: UInt16?) -> String {
    guard let port else { return address.description }
    return address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
