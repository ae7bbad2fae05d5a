import Addressing
public import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

extension LinuxKernel {
  /// Whether this process may change networks (CAP_NET_ADMIN).
  public var isPrivileged: Bool { !Capability.networkAdministration.isMissing }

  /// The availability of all features that networks may need.
  ///
  /// Module lists take precedence. A feature they do not mention is present only if the kernel
  /// shows it: by its link kinds, or by the sysctls that come with a feature.
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
    let release = try sysctl(.release, in: .host) ?? ""
    let folder = "/lib/modules/\(release)"
    return ModuleTable(
      loaded: try? PseudoFile.read("/proc/modules"),
      builtIn: try? PseudoFile.read(folder + "/modules.builtin"),
      available: try? PseudoFile.read(folder + "/modules.dep"))
  }

  /// Whether the kernel shows a feature; nil when asking might load a module or is not permitted.
  private func isThere(
    _ feature: KernelFeature, _ modules: ModuleTable
  ) throws(KernelError) -> Bool? {
    switch feature {
    case .bridge, .veth, .macvlan, .ipvlan, .vlan, .dummy, .vxlan:
      return try isKnown(linkKind: feature.rawValue)
    case .conntrack:
      return try sysctl(.conntrackMax, in: .host) != nil
    case .bridgeNetfilter:
      return try sysctl(.bridgedFrames(.ipv4), in: .host) != nil
    case .nftables:
      // The first message to a missing subsystem makes the kernel look for its module.
      guard !modules.areModulesSupported || modules.isComplete else { return nil }
      return answersForTables()
    }
  }

  // On a separate socket: the usual one is opened by entering a namespace, which requires
  // privileges.
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
