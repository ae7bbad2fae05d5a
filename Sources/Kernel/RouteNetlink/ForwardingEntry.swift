package import Addressing
import CLinux
import Netlink

/// An entry of a bridge's forwarding database: the port of a hardware address.
package struct ForwardingEntry: Hashable, Sendable {
  /// The port.
  package var linkIndex: UInt32

  /// The hardware address.
  package var address: MACAddress

  /// Whether it is static and not one of the bridge's own addresses.
  package let isStatic: Bool

  /// Describes an entry that neither ages nor moves to another port.
  package init(linkIndex: UInt32, address: MACAddress) {
    self.linkIndex = linkIndex
    self.address = address
    isStatic = true
  }
}

extension ForwardingEntry {
  static let headerLength = 12
  private static let staticState = UInt16(NUD_NOARP)
  private static let ofMaster = UInt8(NTF_MASTER)

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newNeighbor, fields.next(UInt8.self) == Family.bridge,
      fields.skip(3), let index = fields.next(UInt32.self), let state = fields.next(UInt16.self),
      let attribute = message.attributes(after: Self.headerLength)
        .first(where: { $0.type == NeighborAttribute.hardwareAddress }),
      let address = MACAddress(bytes: attribute.payload)
    else { return nil }
    linkIndex = index
    self.address = address
    isStatic = state & Self.staticState != 0
  }

  func write(to writer: inout MessageWriter) {
    writer.append(Family.bridge)
    writer.append(zeros: 3)
    writer.append(linkIndex)
    writer.append(Self.staticState)
    writer.append(Self.ofMaster)
    writer.append(zeros: 1)
    writer.attribute(NeighborAttribute.hardwareAddress, bytes: address.bytes)
  }
}
