public import Addressing

/// What the kernel should hold for a network, its endpoints left out.
public struct DesiredNetwork: Hashable, Sendable {
  /// The bridge; nil for a network without a device.
  public var bridge: BridgeDevice?
  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement]
  /// The families whose forwarding it needs.
  public var forwarding: Set<AddressFamily>

  /// Takes every member.
  public init(
    bridge: BridgeDevice? = nil, firewall: [FirewallElement] = [],
    forwarding: Set<AddressFamily> = []
  ) {
    self.bridge = bridge
    self.firewall = firewall
    self.forwarding = forwarding
  }
}

/// A bridge as it should be.
public struct BridgeDevice: Hashable, Sendable {
  /// Its name.
  public let name: InterfaceName
  /// The mark it bears when netctl makes it.
  public let owner: LinkOwner
  /// Whether a bridge that somebody else made may serve instead; it is kept when the network goes.
  public let mayBeForeign: Bool
  /// Bytes; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// Set at creation: a bridge without an address of its own changes it with its ports.
  public let mac: MACAddress?
  /// The gateway addresses, with the subnet's length.
  public let addresses: [IPPrefix]
  /// Those of the addresses that a foreign bridge keeps when the network goes.
  public let keptAddresses: [IPPrefix]
  /// Written before it comes up.
  public let sysctls: [Sysctl]

  /// Takes every member.
  public init(
    name: InterfaceName, owner: LinkOwner, mayBeForeign: Bool, mtu: UInt32? = nil,
    mac: MACAddress? = nil, addresses: [IPPrefix] = [], keptAddresses: [IPPrefix] = [],
    sysctls: [Sysctl] = []
  ) {
    self.name = name
    self.owner = owner
    self.mayBeForeign = mayBeForeign
    self.mtu = mtu
    self.mac = mac
    self.addresses = addresses
    self.keptAddresses = keptAddresses
    self.sysctls = sysctls
  }
}

/// A value under `/proc/sys` of the namespace it is written in.
public struct Sysctl: Hashable, Sendable {
  /// The components below `/proc/sys`; an interface name may contain a dot.
  public let path: [String]
  /// The text written.
  public let value: String
  /// Whether a kernel that does not have it is as good: it switches off what is not there.
  public let isOptional: Bool

  /// Takes every member.
  public init(_ path: [String], _ value: String, isOptional: Bool = false) {
    self.path = path
    self.value = value
    self.isOptional = isOptional
  }
}
