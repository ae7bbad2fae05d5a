package import Addressing
import LinuxSystem
import Netlink

/// The properties of a new link; the kernel chooses those that are nil.
package struct LinkSpecification: Hashable, Sendable {
  package var name: String

  /// The MTU in bytes.
  package var mtu: UInt32?

  /// The hardware address.
  package var address: MACAddress?

  package var alias: String?

  /// The index of the bridge or other master.
  package var masterIndex: UInt32?

  /// Temporary group that identifies a link until its alias can be set.
  package var group: UInt32?

  /// Describes a link.
  package init(
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
  /// Throws `.invalidArgument` for a name that the kernel would expand as a pattern.
  static func check(_ name: String) throws(NetlinkError) {
    guard !name.utf8.contains(UInt8(ascii: "%")) else { throw NetlinkError(.invalidArgument) }
  }
}

extension MessageWriter {
  /// Appends the attributes that the kernel accepts when creating either end of a link; the alias
  /// is not one of them.
  mutating func appendCreation(of link: LinkSpecification) {
    attribute(LinkAttribute.name, string: link.name)
    if let mtu = link.mtu { attribute(LinkAttribute.mtu, mtu) }
    if let address = link.address { attribute(LinkAttribute.address, bytes: address.bytes) }
    if let group = link.group { attribute(LinkAttribute.group, group) }
  }
}
