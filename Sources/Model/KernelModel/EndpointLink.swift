public import Addressing

/// What carries an endpoint's frames between its container and its network.
public enum EndpointLink: Hashable, Sendable {
  /// A veth pair, whose host end is a port of a bridge.
  case veth(VethPort)
  /// An interface on a link of the host, with its own hardware address; it has no host end.
  case macvlan(MacvlanMode, parent: InterfaceName)
  /// An interface on a link of the host that shares its hardware address; it has no host end.
  case ipvlan(IpvlanMode, IpvlanReach, parent: InterfaceName)
  /// A link of the host that somebody else made, which is moved into the container; whatever it
  /// leads to is not netctl's.
  case moved(from: InterfaceName)

  /// The host end, as a port of a bridge; nil if it has none.
  public var port: VethPort? {
    switch self {
    case .veth(let port): port
    case .macvlan, .ipvlan, .moved: nil
    }
  }

  /// The name of the host end; nil if it has none.
  public var hostName: InterfaceName? { port?.name }

  /// The link of the host that the interface is on; nil if it is on none.
  public var parent: InterfaceName? {
    switch self {
    case .veth, .moved: nil
    case .macvlan(_, let parent), .ipvlan(_, _, let parent): parent
    }
  }

  /// The kind of the interface in the container; nil for any.
  public var kind: LinkKind? {
    switch self {
    case .veth: .veth
    case .macvlan: .macvlan
    case .ipvlan: .ipvlan
    case .moved: nil
    }
  }
}

/// The host end of a veth pair, as a port of a bridge.
public struct VethPort: Hashable, Sendable {
  /// The host end.
  public let name: InterfaceName
  /// The bridge.
  public let bridge: InterfaceName
  /// The only address behind the port: that of the container end.
  public let address: MACAddress
  /// Whether the port is isolated: it can reach the bridge, but not other isolated ports.
  public let isIsolated: Bool
  /// Whether the port takes frames from that address only.
  public let isLocked: Bool

  package init(
    name: InterfaceName, bridge: InterfaceName, address: MACAddress, isIsolated: Bool = false,
    isLocked: Bool = false
  ) {
    self.name = name
    self.bridge = bridge
    self.address = address
    self.isIsolated = isIsolated
    self.isLocked = isLocked
  }

  /// The steps that configure the port; it loses these settings with its bridge.
  var steps: [KernelStep] {
    (isIsolated ? [.setIsolation(true, name)] : []) + [.disableLearning(name, entering: address)]
      + (isLocked ? [.setLock(true, name)] : [])
  }

  /// The steps that make the link the port again.
  var attachmentSteps: [KernelStep] { [.attachPort(name, bridge: bridge)] + steps }
}

/// What interfaces on the same link may send to each other (IFLA_MACVLAN_MODE).
public enum MacvlanMode: String, CaseIterable, Sendable {
  /// Nothing.
  case `private`
  /// What the next switch reflects.
  case vepa
  /// Everything, without leaving the host.
  case bridge
  /// The link has only one interface.
  case passthru
}

/// What the parent of an ipvlan interface does with its packets (IFLA_IPVLAN_MODE).
public enum IpvlanMode: String, CaseIterable, Sendable {
  /// It switches frames, including broadcasts.
  case l2
  /// It routes packets; there are no broadcasts and no neighbours.
  case l3
  /// The same, and incoming packets pass the host's firewall.
  case l3s
}

/// What interfaces on the same link may send to each other (IFLA_IPVLAN_FLAGS).
public enum IpvlanReach: String, CaseIterable, Sendable {
  /// Everything, without leaving the host.
  case bridge
  /// Nothing.
  case `private`
  /// What the next switch reflects.
  case vepa
}
