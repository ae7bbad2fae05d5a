public import Addressing

/// Kernel features that networks may need.
public enum KernelFeature: String, CaseIterable, Sendable {
  /// Bridges.
  case bridge
  /// Virtual Ethernet pairs, with one end in a container.
  case veth
  /// The firewall.
  case nftables
  /// Connection tracking, which NAT requires.
  case conntrack
  /// Passing bridged traffic to the host's firewall.
  case bridgeNetfilter = "br_netfilter"
  /// Interfaces that share another's link, with their own hardware address.
  case macvlan
  /// Interfaces that share another's link and hardware address.
  case ipvlan
  /// Links that carry the frames of another with a tag (802.1Q).
  case vlan
  /// Links that lead nowhere.
  case dummy
  /// Tunnels between hosts.
  case vxlan

  /// The name of the module that provides it if it is not built in.
  public var module: String {
    switch self {
    case .nftables: "nf_tables"
    case .conntrack: "nf_conntrack"
    case .vlan: "8021q"
    case .bridge, .veth, .bridgeNetfilter, .macvlan, .ipvlan, .dummy, .vxlan: rawValue
    }
  }
}

extension LinkKind {
  /// The feature that has links of this kind; nil for a kind that netctl does not make.
  public var feature: KernelFeature? { KernelFeature(rawValue: rawValue) }
}

/// Whether a kernel has a feature.
public enum FeatureAvailability: String, Sendable {
  /// It is part of the kernel.
  case builtIn = "built in"
  /// Its module is loaded.
  case loaded
  /// Its module is installed; the kernel loads it on first use.
  case moduleAvailable = "module available"
  /// It is neither in the kernel nor among its modules.
  case absent = "not found"
  /// It can only be determined by trying.
  case unknown
}
