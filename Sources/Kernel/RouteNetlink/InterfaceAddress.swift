public import Addressing
import Netlink

/// An address of a link.
public struct InterfaceAddress: Hashable, Sendable {
  /// The link that has the address.
  public var linkIndex: UInt32

  /// The address and the length of its subnet's prefix.
  public var prefix: IPPrefix

  /// The address of all stations of an IPv4 subnet.
  public var broadcast: IPAddress?

  /// How far the address is valid.
  public var scope: RouteScope

  /// The kernel's flags.
  public var flags: InterfaceAddressFlags

  /// Describes an address that is used at once: an IPv4 address with the broadcast address of its
  /// subnet, an IPv6 address that is not first searched for among the neighbours.
  public init(linkIndex: UInt32, prefix: IPPrefix) {
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
    // On a point-to-point link the address attribute is the other end's.
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
