public import Addressing

/// The desired state of a bridge.
public struct BridgeDevice: Hashable, Sendable {
  /// Its name.
  public let name: InterfaceName
  /// The owner recorded in its alias.
  public let owner: LinkOwner
  /// Whether an existing bridge that netctl did not create may be used; it is kept when the network
  /// is removed.
  public let adoptsExisting: Bool
  /// Bytes; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// Set at creation: a bridge without an explicit address takes the lowest of its ports.
  public let mac: MACAddress?
  /// The gateway addresses, with the subnet's prefix length.
  public let addresses: [IPPrefix]
  /// Addresses that a foreign bridge already had; it keeps them when the network is removed.
  public let preexistingAddresses: [IPPrefix]
  /// Written before the link is set up.
  public let sysctls: [Sysctl]

  package init(
    name: InterfaceName, owner: LinkOwner, adoptsExisting: Bool, mtu: UInt32? = nil,
    mac: MACAddress? = nil, addresses: [IPPrefix] = [], preexistingAddresses: [IPPrefix] = [],
    sysctls: [Sysctl] = []
  ) {
    self.name = name
    self.owner = owner
    self.adoptsExisting = adoptsExisting
    self.mtu = mtu
    self.mac = mac
    self.addresses = addresses
    self.preexistingAddresses = preexistingAddresses
    self.sysctls = sysctls
  }
}
