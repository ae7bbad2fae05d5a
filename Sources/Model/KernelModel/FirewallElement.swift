public import Addressing

/// One element of the firewall's sets and maps: everything that distinguishes one host's firewall
/// from another's.
public enum FirewallElement: Hashable, Comparable, Sendable {
  /// What happens to a new connection into a bridge that is not to a published port.
  public enum Ingress: UInt8, Hashable, Comparable, Sendable {
    /// Drop.
    case drop
    /// Accept.
    case accept

    /// Orders `drop` before `accept`.
    public static func < (left: Ingress, right: Ingress) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// A bridge of a netctl network.
  case bridge(InterfaceName)
  /// A bridge of an internal network.
  case `internal`(InterfaceName)
  /// A bridge whose containers may open connections to the outside.
  case external(InterfaceName)
  /// A bridge whose outgoing connections are masqueraded.
  case masquerade(AddressFamily, InterfaceName)
  /// A routed bridge: only open ports of its containers are reachable.
  case routed(AddressFamily, InterfaceName)
  /// A bridge paired with itself, which matches traffic within one network.
  case intraNetwork(InterfaceName)
  /// A bridge whose containers may communicate with each other.
  case interContainer(InterfaceName)
  /// A host interface from which open ports behind a bridge are reachable.
  case trusted(host: InterfaceName, bridge: InterfaceName)
  /// What happens to unpublished traffic into a bridge.
  case ingress(AddressFamily, InterfaceName, Ingress)
  /// An address of the bridge itself.
  case gateway(IPAddress)
  /// The source address of a bridge's outgoing connections, instead of masquerading.
  case sourceAddress(bridge: InterfaceName, IPAddress)
  /// A port of a host address, or of all with `0.0.0.0` or `::`, mapped to a container's port.
  ///
  /// Both addresses are of the same family.
  case published(
    host: IPAddress, Transport, port: UInt16, to: IPAddress, containerPort: UInt16)
  /// A container's port that is reachable at its own address.
  case openPort(IPAddress, Transport, port: UInt16)
  /// A family whose forwarding netctl enabled: transit traffic that is not netctl's is still
  /// dropped.
  case noTransit(AddressFamily)
  /// A valid source address of a container behind a bridge, with its hardware address there: its
  /// address there, or one that it has on another network.
  case validSource(bridge: InterfaceName, MACAddress, IPAddress)
  /// The same for a bridge that is not internal: established connections from there skip the checks
  /// of hardware addresses.
  case fastPathSource(bridge: InterfaceName, IPAddress)
  /// An address of a container that only the container itself may send from, to the host or by way
  /// of it.
  case exclusiveSource(IPAddress)
  /// The hardware address at which a bridge takes what the host receives and routes.
  case router(bridge: InterfaceName, MACAddress)
  /// A bridge whose containers send from no addresses but their own.
  case strictBridge(InterfaceName)
  /// The hardware address that a container's neighbour solicitations may carry.
  case neighborSolicitation(bridge: InterfaceName, MACAddress, IPAddress)
  /// The hardware address that a container's ARP packets and neighbour advertisements may carry.
  case neighborBinding(bridge: InterfaceName, MACAddress, IPAddress)
  /// An address of a container for which the host's neighbour table accepts no other hardware
  /// address.
  case protectedNeighbor(IPAddress)
  /// A bridge port whose frames to other ports are filtered.
  case port(InterfaceName)
  /// A bridge port from which no addresses but the container's own are used.
  case strictPort(InterfaceName)
  /// An address of the container behind a port.
  case portAddress(port: InterfaceName, IPAddress)
  /// An address of a container or a bridge that no other container uses towards its siblings.
  case protectedAddress(IPAddress)
  /// An IPv6 address that the container behind a port advertises.
  case portTarget(port: InterfaceName, IPAddress)
  /// An IPv6 address of a container or a bridge that no other container advertises.
  case protectedTarget(IPAddress)
  /// A UDP port of the host at which only other hosts of its cluster may send datagrams.
  case tunnelPort(UInt16)
  /// An address of another host of the cluster.
  case tunnelHost(IPAddress)
}

extension FirewallElement {
  /// The family of the traffic that it is about; nil for one about both, and for what tells the
  /// containers of a network apart.
  var family: AddressFamily? {
    switch self {
    case .masquerade(let family, _), .routed(let family, _), .ingress(let family, _, _),
      .noTransit(let family):
      family
    case .gateway(let address), .sourceAddress(_, let address), .openPort(let address, _, _),
      .published(_, _, _, let address, _), .protectedAddress(let address),
      .protectedTarget(let address):
      address.family
    case .bridge, .internal, .external, .intraNetwork, .interContainer, .trusted, .validSource,
      .fastPathSource, .exclusiveSource, .router, .strictBridge, .neighborSolicitation,
      .neighborBinding, .protectedNeighbor, .port, .strictPort, .portAddress, .portTarget,
      .tunnelPort, .tunnelHost:
      nil
    }
  }

  /// What tells which network an element is for.
  enum Owner {
    case bridge(InterfaceName)
    /// The network has this bridge port.
    case port(InterfaceName)
    /// The network has this address.
    case address(IPAddress)
    /// It is for no network.
    case host
    /// It is for all networks that span hosts.
    case cluster
  }

  var owner: Owner {
    switch self {
    case .bridge(let bridge), .internal(let bridge), .external(let bridge),
      .masquerade(_, let bridge), .routed(_, let bridge), .intraNetwork(let bridge),
      .interContainer(let bridge), .trusted(_, let bridge), .ingress(_, let bridge, _),
      .sourceAddress(let bridge, _), .validSource(let bridge, _, _), .fastPathSource(let bridge, _),
      .router(let bridge, _), .strictBridge(let bridge), .neighborSolicitation(let bridge, _, _),
      .neighborBinding(let bridge, _, _):
      .bridge(bridge)
    case .port(let port), .strictPort(let port), .portAddress(let port, _),
      .portTarget(let port, _):
      .port(port)
    case .gateway(let address), .openPort(let address, _, _), .published(_, _, _, let address, _),
      .exclusiveSource(let address), .protectedNeighbor(let address),
      .protectedAddress(let address), .protectedTarget(let address):
      .address(address)
    case .noTransit: .host
    case .tunnelPort, .tunnelHost: .cluster
    }
  }
}
