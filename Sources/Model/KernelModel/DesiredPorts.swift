public import Addressing

/// The desired state for the published ports of one container.
public struct DesiredPorts: Hashable, Sendable {
  /// A bridge over which host processes reach a port by a loopback address.
  public struct LoopbackAccess: Hashable, Comparable, Sendable {
    /// The family of the loopback address.
    public let family: AddressFamily
    /// The bridge.
    public let bridge: InterfaceName

    package init(family: AddressFamily, bridge: InterfaceName) {
      self.family = family
      self.bridge = bridge
    }

    /// Orders by family, then by bridge.
    public static func < (left: LoopbackAccess, right: LoopbackAccess) -> Bool {
      (left.family, left.bridge) < (right.family, right.bridge)
    }
  }

  /// The elements in the firewall's maps and sets.
  public var firewall: Set<FirewallElement>
  /// The bridges that need loopback access.
  public var loopback: Set<LoopbackAccess>
  /// Whether a port is published on nothing but a loopback address.
  public var dependsOnLoopback: Bool
  /// Bridge ports in hairpin mode: where br_netfilter passes bridged frames to the firewall,
  /// traffic of a container to its own published port leaves by the port it came in.
  public var hairpins: Set<InterfaceName>

  package init(
    firewall: Set<FirewallElement> = [], loopback: Set<LoopbackAccess> = [],
    dependsOnLoopback: Bool = false, hairpins: Set<InterfaceName> = []
  ) {
    self.firewall = firewall
    self.loopback = loopback
    self.dependsOnLoopback = dependsOnLoopback
    self.hairpins = hairpins
  }

  /// What these ports need and the others do not.
  public func subtracting(_ other: DesiredPorts) -> DesiredPorts {
    DesiredPorts(
      firewall: firewall.subtracting(other.firewall),
      loopback: loopback.subtracting(other.loopback),
      dependsOnLoopback: dependsOnLoopback, hairpins: hairpins.subtracting(other.hairpins))
  }

  /// Adds the requirements of other ports.
  public mutating func formUnion(_ other: DesiredPorts) {
    firewall.formUnion(other.firewall)
    loopback.formUnion(other.loopback)
    dependsOnLoopback = dependsOnLoopback || other.dependsOnLoopback
    hairpins.formUnion(other.hairpins)
  }

  /// The steps from the state for other ports to this one; all elements change in one batch.
  /// Loopback access in `kept` is still needed by others.
  public func steps(from old: DesiredPorts, keeping kept: Set<LoopbackAccess>) -> [KernelStep] {
    let (new, gone) = (subtracting(old), old.subtracting(self))
    let (added, removed) = (new.firewall.sorted(), gone.firewall.sorted())
    let cut =
      removed.compactMap { ConnectionFilter.through($0) }
      + added.compactMap { ConnectionFilter.before($0) }
    let purpose: Sysctl.Purpose = dependsOnLoopback ? .function : .loopbackAccess
    return new.loopback.sorted().map { $0.opening(for: purpose) }
      + new.hairpins.sorted().map { .setHairpin(true, $0) }
      + (added.isEmpty && removed.isEmpty
        ? [] : [.updateFirewall(adding: added, removing: removed)])
      + (cut.isEmpty ? [] : [.deleteConnections(cut)])
      + gone.hairpins.sorted().map { .setHairpin(false, $0) }
      + gone.loopback.subtracting(kept).sorted().map(\.closing)
  }
}

extension DesiredPorts.LoopbackAccess {
  /// The step that enables the access, which may be impossible unless a port depends on it.
  func opening(for purpose: Sysctl.Purpose = .loopbackAccess) -> KernelStep {
    switch family {
    case .ipv4: .writeSysctls([Sysctl(routeLocalnet, "1", for: purpose)], .host)
    case .ipv6: .addLoopbackRoute(bridge)
    }
  }

  /// The step that disables the access; none if the bridge is gone.
  var closing: KernelStep {
    switch family {
    case .ipv4:
      .writeSysctls([Sysctl(routeLocalnet, "0", isOptional: true, for: .protection)], .host)
    case .ipv6: .removeLoopbackRoute(bridge)
    }
  }

  private var routeLocalnet: SysctlKey { .interface(.ipv4, bridge, .routeLocalnet) }
}
