public import Addressing

/// The desired state of an endpoint: a veth pair between a bridge and a container.
public struct DesiredEndpoint: Hashable, Sendable {
  /// The host end.
  public let hostName: InterfaceName
  /// The container end.
  public let name: InterfaceName
  /// The owner recorded in the alias of the host end; deleting that end removes both.
  public let owner: LinkOwner
  /// The bridge that the host end is a port of.
  public let master: InterfaceName
  /// Bytes, both ends; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// The container end's hardware address.
  public let mac: MACAddress
  /// Addresses of the container end.
  public let addresses: [IPPrefix]
  /// Written before the link is set up.
  public let sysctls: [Sysctl]
  /// Whether the bridge port is isolated: it can reach the bridge, but not other isolated ports.
  public let isIsolated: Bool
  /// Whether the bridge port takes frames from the container's hardware address only.
  public let isLocked: Bool
  /// Whether the addresses are announced to the neighbours.
  public let isAnnounced: Bool

  package init(
    hostName: InterfaceName, name: InterfaceName, owner: LinkOwner, master: InterfaceName,
    mtu: UInt32? = nil, mac: MACAddress, addresses: [IPPrefix], sysctls: [Sysctl] = [],
    isIsolated: Bool = false, isLocked: Bool = false, isAnnounced: Bool = true
  ) {
    self.hostName = hostName
    self.name = name
    self.owner = owner
    self.master = master
    self.mtu = mtu
    self.mac = mac
    self.addresses = addresses
    self.sysctls = sysctls
    self.isIsolated = isIsolated
    self.isLocked = isLocked
    self.isAnnounced = isAnnounced
  }
}
