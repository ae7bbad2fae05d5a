package import Addressing

/// The key of a sysctl, by the path of its file (sysctl(8)).
public struct SysctlKey: Hashable, Sendable, CustomStringConvertible {
  /// The path below `/proc/sys`. Its components are separated by slashes, since the name of an
  /// interface may contain a dot.
  public let path: String

  package init(path: String) {
    self.path = path
  }

  /// The path below `/proc/sys`.
  public var description: String { path }
}

extension SysctlKey {
  /// A setting that each interface has for a family (ip-sysctl.rst of the kernel).
  public enum InterfaceSetting: String, Hashable, Sendable {
    case acceptDAD = "accept_dad"
    case addressGeneration = "addr_gen_mode"
    case acceptRA = "accept_ra"
    case acceptRedirects = "accept_redirects"
    case arpIgnore = "arp_ignore"
    case disableIPv6 = "disable_ipv6"
    case forwarding
    case ndiscNotify = "ndisc_notify"
    case routeLocalnet = "route_localnet"
    case rpFilter = "rp_filter"
  }

  /// A setting of an interface; `all` and `default` stand for interfaces here.
  package static func interface(
    _ family: AddressFamily, _ name: InterfaceName, _ setting: InterfaceSetting
  ) -> SysctlKey {
    SysctlKey(path: "\(interfaces(family))/\(name)/\(setting.rawValue)")
  }

  /// The path of the directory that has a directory for each interface.
  package static func interfaces(_ family: AddressFamily) -> String {
    switch family {
    case .ipv4: "net/ipv4/conf"
    case .ipv6: "net/ipv6/conf"
    }
  }

  /// The value that the kernel gives to a setting of `interface` when that is made.
  package func standard(of interface: InterfaceName) -> SysctlKey {
    replacing(interface, by: "default")
  }

  /// The same setting of another interface.
  func replacing(_ interface: InterfaceName, by name: String) -> SysctlKey {
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    return SysctlKey(
      path: components.map { $0 == interface.description ? name : String($0) }
        .joined(separator: "/"))
  }

  /// Whether packets of a family are forwarded between all interfaces.
  package static func forwarding(_ family: AddressFamily) -> SysctlKey {
    switch family {
    case .ipv4: SysctlKey(path: "net/ipv4/ip_forward")
    case .ipv6: SysctlKey(path: "net/ipv6/conf/all/forwarding")
    }
  }

  /// Whether frames between bridge ports pass through the host's firewall of a family.
  package static func bridgedFrames(_ family: AddressFamily) -> SysctlKey {
    switch family {
    case .ipv4: SysctlKey(path: "net/bridge/bridge-nf-call-iptables")
    case .ipv6: SysctlKey(path: "net/bridge/bridge-nf-call-ip6tables")
    }
  }

  /// Whether IPv6 is disabled on every interface.
  package static var allDisableIPv6: SysctlKey {
    SysctlKey(path: "net/ipv6/conf/all/disable_ipv6")
  }

  /// The ports that the kernel chooses from.
  package static var localPortRange: SysctlKey {
    SysctlKey(path: "net/ipv4/ip_local_port_range")
  }

  /// The ports that the kernel does not choose.
  package static var localReservedPorts: SysctlKey {
    SysctlKey(path: "net/ipv4/ip_local_reserved_ports")
  }

  /// The maximum number of tracked connections.
  package static var conntrackMax: SysctlKey { SysctlKey(path: "net/netfilter/nf_conntrack_max") }

  /// The kernel's release.
  package static var release: SysctlKey { SysctlKey(path: "kernel/osrelease") }
}
