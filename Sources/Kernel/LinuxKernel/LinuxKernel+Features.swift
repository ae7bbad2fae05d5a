public import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

extension LinuxKernel {
  /// Whether this process may change networks (CAP_NET_ADMIN).
  public var isPrivileged: Bool { !Capability.networkAdministration.isMissing }

  /// What the kernel has of all that networks may need.
  ///
  /// Lists of modules are believed first. What they do not mention is there only if the kernel shows
  /// it: it answers for kinds of links, and has the values under `/proc/sys` that come with a feature.
  public func features() throws(KernelError) -> [KernelFeature: FeatureAvailability] {
    let modules = try moduleTable()
    var features: [KernelFeature: FeatureAvailability] = [:]
    for feature in KernelFeature.allCases {
      if let listed = modules.availability(of: feature.module) {
        features[feature] = listed
      } else if let isThere = try isThere(feature, modules) {
        let isCertain = isThere || !modules.areModulesSupported || modules.isComplete
        features[feature] = isThere ? .builtIn : isCertain ? .absent : .unknown
      } else {
        features[feature] = .unknown
      }
    }
    return features
  }

  private func moduleTable() throws(KernelError) -> ModuleTable {
    let release = try sysctl(["kernel", "osrelease"], in: .host) ?? ""
    let folder = "/lib/modules/\(release)"
    return ModuleTable(
      loaded: try? SystemFile.text("/proc/modules"),
      builtIn: try? SystemFile.text(folder + "/modules.builtin"),
      available: try? SystemFile.text(folder + "/modules.dep"))
  }

  /// Whether the kernel shows a feature; nil when asking could load a module or is not allowed.
  private func isThere(
    _ feature: KernelFeature, _ modules: ModuleTable
  ) throws(KernelError) -> Bool? {
    switch feature {
    case .bridge, .veth, .macvlan, .ipvlan, .vxlan:
      return try isKnown(linkKind: feature.rawValue)
    case .conntrack:
      return try sysctl(["net", "netfilter", "nf_conntrack_max"], in: .host) != nil
    case .bridgeNetfilter:
      return try sysctl(["net", "bridge", "bridge-nf-call-iptables"], in: .host) != nil
    case .nftables:
      // The first message to a subsystem that is not there makes the kernel look for its module.
      guard !modules.areModulesSupported || modules.isComplete else { return nil }
      return answersForTables()
    }
  }

  // With a socket of its own: the one for changes is opened by entering a namespace, which only root
  // may.
  private func isKnown(linkKind kind: String) throws(KernelError) -> Bool {
    try observe("link kind \(kind)") { () throws(NetlinkError) in
      var routes = try RouteSocket.open()
      if let trace { routes.observe(trace.routes) }
      return try routes.isKnown(kind: kind)
    }
  }

  private func answersForTables() -> Bool? {
    do throws(KernelError) {
      _ = try isFirewallInstalled()
      return true
    } catch {
      return error.isPermissionRefused ? nil : false
    }
  }
}
