package import Addressing
import Netlink

/// An address of a link.
package struct InterfaceAddress: Hashable, Sendable {
  /// The link that has the address.
  package var linkIndex: UInt32

  /// The address and its prefix length.
  package var prefix: IPPrefix

  /// The IPv4 broadcast address.
  package var broadcast: IPAddress?

  /// How far the address is valid.
  package var scope: RouteScope

  /// The kernel's flags.
  package var flags: InterfaceAddressFlags

  /// Describes an address that is usable at once: an IPv4 address with its subnet's broadcast
  /// address, an IPv6 address without duplicate address detection.
  package init(linkIndex: UInt32, prefix: IPPrefix) {
    self.linkIndex = linkIndex
    self.prefix = prefix
    scope = .universe
    switch prefix.family {
    case .ipv4:
      broadcast = prefix.length <= 30 ? prefix.last : nil
      flags = []
    case .ipv6:
      flags = .noDuplicateDetection
    }
  }
}

extension InterfaceAddress {
  static let headerLength = 8

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newAddress, fields.skip(1),
      let length = fields.next(UInt8.self), let shortFlags = fields.next(UInt8.self),
      let scope = fields.next(UInt8.self), let index = fields.next(UInt32.self)
    else { return nil }
    self.scope = RouteScope(rawValue: scope)
    linkIndex = index
    flags = InterfaceAddressFlags(rawValue: UInt32(shortFlags))

    var local: IPAddress?
    var address: IPAddress?
    for attribute in message.attributes(after: Self.headerLength) {
      switch attribute.type {
      case AddressAttribute.local: local = IPAddress(bytes: attribute.payload)
      case AddressAttribute.address: address = IPAddress(bytes: attribute.payload)
      case AddressAttribute.broadcast: broadcast = IPAddress(bytes: attribute.payload)
      case AddressAttribute.flags:
        flags = attribute.integer().map(InterfaceAddressFlags.init(rawValue:)) ?? flags
      default: continue
      }
    }
    // On a point-to-point link, the address attribute is the peer's.
    guard let own = local ?? address, let prefix = IPPrefix(address: own, length: Int(length))
    else { return nil }
    self.prefix = prefix
  }

  func write(to writer: inout MessageWriter) {
    writer.append(prefix.family.number)
    writer.append(UInt8(prefix.length))
    writer.append(UInt8(truncatingIfNeeded: flags.rawValue))
    writer.append(scope.rawValue)
    writer.append(linkIndex)
    writer.attribute(AddressAttribute.local, bytes: prefix.address.bytes)
    writer.attribute(AddressAttribute.address, bytes: prefix.address.bytes)
    if let broadcast {
      writer.attribute(AddressAttribute.broadcast, bytes: broadcast.bytes)
    }
    writer.attribute(AddressAttribute.flags, flags.rawValue)
  }
}
