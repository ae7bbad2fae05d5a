public import Addressing

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
