package import Addressing
import CLinux
import LinuxSystem
package import Netlink

/// An entry of the neighbour table: the hardware address of an IP address on a link.
package struct Neighbor: Hashable, Sendable {
  package let linkIndex: UInt32
  package let address: IPAddress
  package let hardwareAddress: MACAddress?
  /// The NUD_* bits.
  package let state: UInt16
  /// Whether it has announced itself as an IPv6 router.
  package let isRouter: Bool

  /// Whether the kernel asks for it and has had no reply, or has given up.
  package var isUnanswered: Bool { state & UInt16(NUD_INCOMPLETE | NUD_FAILED) != 0 }

  /// Whether the kernel is asking for it.
  package var isIncomplete: Bool { state & UInt16(NUD_INCOMPLETE) != 0 }

  /// Whether its hardware address follows from the address, as for multicast.
  package var needsNoReply: Bool { state & UInt16(NUD_NOARP) != 0 }

  /// Whether it was set by hand.
  package var isPermanent: Bool { state & UInt16(NUD_PERMANENT) != 0 }

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newNeighbor, let family = fields.next(UInt8.self),
      AddressFamily(number: family) != nil, fields.skip(3), let index = fields.next(UInt32.self),
      let state = fields.next(UInt16.self), let flags = fields.next(UInt8.self)
    else { return nil }
    var (address, hardware) = (IPAddress?.none, MACAddress?.none)
    for attribute in message.attributes(after: ForwardingEntry.headerLength) {
      switch attribute.type {
      case NeighborAttribute.destination: address = IPAddress(bytes: attribute.payload)
      case NeighborAttribute.hardwareAddress: hardware = MACAddress(bytes: attribute.payload)
      default: continue
      }
    }
    guard let address else { return nil }
    (linkIndex, self.address, hardwareAddress) = (index, address, hardware)
    (self.state, isRouter) = (state, flags & UInt8(NTF_ROUTER) != 0)
  }
}

extension RouteSocket {
  /// Deletes an entry. Packets that wait for its hardware address are answered at once with
  /// "unreachable".
  package mutating func delete(_ neighbor: Neighbor) throws(NetlinkError) {
    do throws(NetlinkError) {
      try netlink.request(RouteMessage.deleteNeighbor) { writer in
        writer.append(neighbor.address.family.number)
        writer.append(zeros: 3)
        writer.append(neighbor.linkIndex)
        writer.append(zeros: 4)
        writer.attribute(NeighborAttribute.destination, bytes: neighbor.address.bytes)
      }
    } catch {
      // It has gone meanwhile.
      guard error.errno == .noSuchFileOrDirectory else { throw error }
    }
  }

  /// The neighbour entries of both families.
  package mutating func neighbors() throws(NetlinkError) -> [Neighbor] {
    try netlink.dump(
      RouteMessage.getNeighbor,
      { writer in
        writer.append(Family.unspecified)
        writer.append(zeros: ForwardingEntry.headerLength - 1)
      }, parse: Neighbor.init)
  }
}
