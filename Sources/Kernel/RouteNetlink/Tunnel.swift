package import Addressing
import CLinux
import Netlink

/// What only VXLAN links have.
package struct VXLANSpecification: Hashable, Sendable {
  /// The network identifier, 24 bits.
  package let identifier: UInt32
  /// The address that datagrams come from.
  package let source: IPAddress
  /// The UDP port.
  package let port: UInt16

  package init(identifier: UInt32, source: IPAddress, port: UInt16) {
    self.identifier = identifier
    self.source = source
    self.port = port
  }

  init?(_ attributes: AttributeSequence) {
    var (identifier, source, port) = (UInt32?.none, IPAddress?.none, UInt16?.none)
    for attribute in attributes {
      switch attribute.type {
      case TunnelAttribute.identifier: identifier = attribute.integer()
      case TunnelAttribute.source4, TunnelAttribute.source6:
        source = IPAddress(bytes: attribute.payload)
      case TunnelAttribute.port: port = UInt16(bigEndianBytes: attribute.payload)
      default: continue
      }
    }
    guard let identifier, let source, let port else { return nil }
    self.init(identifier: identifier, source: source, port: port)
  }

  func write(to writer: inout MessageWriter) {
    writer.attribute(TunnelAttribute.identifier, identifier)
    switch source.family {
    case .ipv4: writer.attribute(TunnelAttribute.source4, bytes: source.bytes)
    case .ipv6:
      // Without a group of the family, not even the unspecified one, the kernel assumes IPv4.
      writer.attribute(TunnelAttribute.group6, bytes: [UInt8](repeating: 0, count: 16))
      writer.attribute(TunnelAttribute.source6, bytes: source.bytes)
    }
    // What is not told is not learned either: only the tables say who is where.
    writer.attribute(TunnelAttribute.learning, UInt8(0))
    // Answers requests for hardware addresses from the link's neighbours, and forwards none.
    writer.attribute(TunnelAttribute.proxy, UInt8(1))
    writer.attribute(TunnelAttribute.port, bigEndian: port)
  }
}

/// Where a VXLAN link sends frames for a hardware address.
package struct TunnelEntry: Sendable {
  /// The link.
  package let linkIndex: UInt32
  /// The hardware address.
  package let address: MACAddress
  /// The host that it is on.
  package let destination: IPAddress

  package init(linkIndex: UInt32, address: MACAddress, destination: IPAddress) {
    self.linkIndex = linkIndex
    self.address = address
    self.destination = destination
  }
}

extension TunnelEntry {
  private static let permanentState = UInt16(NUD_PERMANENT)
  private static let ofLink = UInt8(NTF_SELF)

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newNeighbor, fields.next(UInt8.self) == Family.bridge,
      fields.skip(3), let index = fields.next(UInt32.self), fields.skip(2),
      let flags = fields.next(UInt8.self), flags & Self.ofLink != 0
    else { return nil }
    var (address, destination) = (MACAddress?.none, IPAddress?.none)
    for attribute in message.attributes(after: ForwardingEntry.headerLength) {
      switch attribute.type {
      case NeighborAttribute.hardwareAddress: address = MACAddress(bytes: attribute.payload)
      case NeighborAttribute.destination: destination = IPAddress(bytes: attribute.payload)
      default: continue
      }
    }
    guard let address, let destination else { return nil }
    self.init(linkIndex: index, address: address, destination: destination)
  }

  func write(to writer: inout MessageWriter) {
    writer.append(Family.bridge)
    writer.append(zeros: 3)
    writer.append(linkIndex)
    writer.append(Self.permanentState)
    writer.append(Self.ofLink)
    writer.append(zeros: 1)
    writer.attribute(NeighborAttribute.hardwareAddress, bytes: address.bytes)
    writer.attribute(NeighborAttribute.destination, bytes: destination.bytes)
  }
}
