public import Addressing
import LinuxSystem
import Netlink

/// What a new link should be like; the kernel chooses what is nil.
public struct LinkSpecification: Hashable, Sendable {
  /// The name.
  public var name: String

  /// The largest packet in bytes.
  public var mtu: UInt32?

  /// The hardware address.
  public var address: MACAddress?

  /// Free text that marks the maker of the link.
  public var alias: String?

  /// The bridge or other device to become a port of.
  public var masterIndex: UInt32?

  /// The group of the link until it bears its alias, which the kernel takes only afterwards; from then
  /// on it is in the default group.
  public var group: UInt32?

  /// Describes a link.
  public init(
    name: String, mtu: UInt32? = nil, address: MACAddress? = nil, alias: String? = nil,
    masterIndex: UInt32? = nil, group: UInt32? = nil
  ) {
    self.name = name
    self.mtu = mtu
    self.address = address
    self.alias = alias
    self.masterIndex = masterIndex
    self.group = group
  }
}

extension LinkSpecification {
  /// Throws `.invalidArgument` for a name that the kernel would take as a pattern and complete.
  static func check(_ name: String) throws(NetlinkError) {
    guard !name.utf8.contains(UInt8(ascii: "%")) else { throw NetlinkError(.invalidArgument) }
  }
}

extension MessageWriter {
  /// Appends what the kernel takes when it makes either end of a link. An alias is not among it.
  mutating func appendCreation(of link: LinkSpecification) {
    attribute(LinkAttribute.name, string: link.name)
    if let mtu = link.mtu { attribute(LinkAttribute.mtu, mtu) }
    if let address = link.address { attribute(LinkAttribute.address, bytes: address.bytes) }
    if let group = link.group { attribute(LinkAttribute.group, group) }
  }
}
