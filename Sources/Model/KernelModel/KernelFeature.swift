/// What networks may need of a kernel and a kernel may lack.
public enum KernelFeature: String, CaseIterable, Sendable {
  /// Bridges.
  case bridge
  /// Pairs of interfaces, one end in a container.
  case veth
  /// The firewall's tables.
  case nftables
  /// Connection tracking, without which there is no translation of addresses.
  case conntrack
  /// Bridged traffic that passes the host's firewall.
  case bridgeNetfilter = "br_netfilter"
  /// Interfaces that share another's link under a hardware address of their own.
  case macvlan
  /// Interfaces that share another's link and hardware address.
  case ipvlan
  /// Tunnels between hosts.
  case vxlan

  /// The name of the module that brings it, in kernels that do not have it built in.
  public var module: String {
    switch self {
    case .nftables: "nf_tables"
    case .conntrack: "nf_conntrack"
    case .bridge, .veth, .bridgeNetfilter, .macvlan, .ipvlan, .vxlan: rawValue
    }
  }
}

/// Whether a kernel has a feature.
public enum FeatureAvailability: String, Sendable {
  /// It is part of the kernel.
  case builtIn = "built in"
  /// Its module is loaded.
  case loaded
  /// Its module is there; the kernel loads it when it is first used.
  case moduleAvailable = "module available"
  /// It is neither in the kernel nor among its modules.
  case absent = "not found"
  /// Only trying would tell.
  case unknown
}
