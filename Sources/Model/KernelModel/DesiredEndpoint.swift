public import Addressing

/// What the kernel should hold for an endpoint: a veth pair between a bridge and a container.
public struct DesiredEndpoint: Hashable, Sendable {
  /// The end on the host.
  public let hostName: InterfaceName
  /// The end in the container.
  public let name: InterfaceName
  /// The mark on the host's end, with which the other goes.
  public let owner: LinkOwner
  /// The bridge.
  public let master: InterfaceName
  /// Bytes, both ends; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// The container end's hardware address.
  public let mac: MACAddress
  /// Addresses of the container end.
  public let addresses: [IPPrefix]
  /// Written in the container before the end comes up.
  public let sysctls: [Sysctl]
  /// Whether the port may talk to the bridge itself only, not to other isolated ports.
  public let isIsolated: Bool
  /// Whether neighbours are told of the addresses once they can hear it.
  public let isAnnounced: Bool

  /// Takes every member.
  public init(
    hostName: InterfaceName, name: InterfaceName, owner: LinkOwner, master: InterfaceName,
    mtu: UInt32? = nil, mac: MACAddress, addresses: [IPPrefix], sysctls: [Sysctl] = [],
    isIsolated: Bool = false, isAnnounced: Bool = true
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
    self.isAnnounced = isAnnounced
  }
}
