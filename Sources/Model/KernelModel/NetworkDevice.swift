public import Addressing

/// The desired state of a link of the host that a network needs.
public struct NetworkDevice: Hashable, Sendable {
  /// What kind of link it is, with what only that kind has.
  public enum Kind: Hashable, Sendable {
    /// A bridge.
    case bridge
    /// The traffic of another link with this 802.1Q tag.
    case vlan(id: UInt16, parent: InterfaceName)
    /// A dummy link, which discards what it is sent.
    case dummy
    /// A tunnel to other hosts: its 24-bit identifier, and the address and UDP port of its
    /// datagrams here.
    case vxlan(UInt32, source: IPAddress, port: UInt16)

    /// The kernel's name of the kind.
    public var link: LinkKind {
      switch self {
      case .bridge: .bridge
      case .vlan: .vlan
      case .dummy: .dummy
      case .vxlan: .vxlan
      }
    }
  }

  /// Its name.
  public let name: InterfaceName
  /// The kind of link.
  public let kind: Kind
  /// The owner recorded in its alias.
  public let owner: LinkOwner
  /// Whether an existing link that netctl did not create may be used; it is kept when the network
  /// is removed.
  public let adoptsExisting: Bool
  /// Bytes; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// Set at creation: a bridge without an explicit address takes the lowest of its ports.
  public let mac: MACAddress?
  /// The gateway addresses, with the subnet's prefix length.
  public let addresses: [IPPrefix]
  /// Addresses that an adopted link already had; it keeps them when the network is removed.
  public let preexistingAddresses: [IPPrefix]
  /// Written before the link is set up.
  public let sysctls: [Sysctl]

  package init(
    name: InterfaceName, kind: Kind, owner: LinkOwner, adoptsExisting: Bool, mtu: UInt32? = nil,
    mac: MACAddress? = nil, addresses: [IPPrefix] = [], preexistingAddresses: [IPPrefix] = [],
    sysctls: [Sysctl] = []
  ) {
    self.name = name
    self.kind = kind
    self.owner = owner
    self.adoptsExisting = adoptsExisting
    self.mtu = mtu
    self.mac = mac
    self.addresses = addresses
    self.preexistingAddresses = preexistingAddresses
    self.sysctls = sysctls
  }

  /// Whether several networks may have it: it is created for the first and goes with the last.
  public var isShared: Bool {
    if case .parent = owner { true } else { false }
  }
}
