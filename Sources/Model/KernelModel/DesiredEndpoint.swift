public import Addressing

/// The desired state of an endpoint: an interface in a container and the link to its network.
public struct DesiredEndpoint: Hashable, Sendable {
  /// The interface in the container.
  public let name: InterfaceName
  /// How it is attached to the network.
  public let link: EndpointLink
  /// The owner recorded in the alias of the host end, or of the interface if there is none;
  /// deleting that link removes the endpoint.
  public let owner: LinkOwner
  /// Bytes, both ends; nil leaves the kernel's default.
  public let mtu: UInt32?
  /// The interface's hardware address; nil leaves it to the kernel.
  public let mac: MACAddress?
  /// The interface's addresses.
  public let addresses: [IPPrefix]
  /// Routes besides the default routes.
  public let routes: [StaticRoute]
  /// Written before the link is set up.
  public let sysctls: [Sysctl]
  /// Whether the addresses are announced to the neighbours.
  public let isAnnounced: Bool

  package init(
    name: InterfaceName, link: EndpointLink, owner: LinkOwner, mtu: UInt32? = nil,
    mac: MACAddress? = nil, addresses: [IPPrefix], routes: [StaticRoute] = [],
    sysctls: [Sysctl] = [],
    isAnnounced: Bool = true
  ) {
    self.name = name
    self.link = link
    self.owner = owner
    self.mtu = mtu
    self.mac = mac
    self.addresses = addresses
    self.routes = routes
    self.sysctls = sysctls
    self.isAnnounced = isAnnounced
  }
}
