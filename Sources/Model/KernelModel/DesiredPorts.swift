public import Addressing

/// What the kernel should hold for the published ports of one container.
public struct DesiredPorts: Hashable, Sendable {
  /// A bridge over which processes of the host reach a port by a loopback address.
  public struct LoopbackAccess: Hashable, Comparable, Sendable {
    /// The family of the loopback address.
    public let family: AddressFamily
    /// The bridge.
    public let bridge: InterfaceName

    /// Takes every member.
    public init(family: AddressFamily, bridge: InterfaceName) {
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
  /// The ways of loopback addresses.
  public var loopback: Set<LoopbackAccess>
  /// Bridge ports through which frames may leave again that came in there: where bridged frames are
  /// shown to the firewall, it turns a container's to its own published port around.
  public var hairpins: Set<InterfaceName>

  /// Takes every member.
  public init(
    firewall: Set<FirewallElement> = [], loopback: Set<LoopbackAccess> = [],
    hairpins: Set<InterfaceName> = []
  ) {
    self.firewall = firewall
    self.loopback = loopback
    self.hairpins = hairpins
  }

  /// What these ports need and others do not.
  public func subtracting(_ other: DesiredPorts) -> DesiredPorts {
    DesiredPorts(
      firewall: firewall.subtracting(other.firewall),
      loopback: loopback.subtracting(other.loopback),
      hairpins: hairpins.subtracting(other.hairpins))
  }

  /// Adds what other ports need.
  public mutating func formUnion(_ other: DesiredPorts) {
    firewall.formUnion(other.firewall)
    loopback.formUnion(other.loopback)
    hairpins.formUnion(other.hairpins)
  }

  /// The steps that lead from other ports to these; all elements change in one batch. Ways of
  /// loopback addresses in `kept` are needed by others and stay.
  public func steps(from old: DesiredPorts, keeping kept: Set<LoopbackAccess>) -> [KernelStep] {
    let (new, gone) = (subtracting(old), old.subtracting(self))
    let (added, removed) = (new.firewall.sorted(), gone.firewall.sorted())
    let cut =
      removed.compactMap { ConnectionFilter.through($0) }
      + added.compactMap { ConnectionFilter.before($0) }
    return new.loopback.sorted().map(\.opening)
      + new.hairpins.sorted().map { .setHairpin(true, $0) }
      + (added.isEmpty && removed.isEmpty
        ? [] : [.updateFirewall(adding: added, removing: removed)])
      + (cut.isEmpty ? [] : [.cutConnections(cut)])
      + gone.hairpins.sorted().map { .setHairpin(false, $0) }
      + gone.loopback.subtracting(kept).sorted().map(\.closing)
  }
}

extension DesiredPorts.LoopbackAccess {
  /// The step that opens the way.
  public var opening: KernelStep {
    switch family {
    case .ipv4: .writeSysctls([routeLocalnet("1")], .host)
    case .ipv6: .addLoopbackRoute(bridge)
    }
  }

  /// The step that closes it; a bridge that is gone has none.
  var closing: KernelStep {
    switch family {
    case .ipv4: .writeSysctls([routeLocalnet("0", isOptional: true)], .host)
    case .ipv6: .removeLoopbackRoute(bridge)
    }
  }

  private func routeLocalnet(_ value: String, isOptional: Bool = false) -> Sysctl {
    Sysctl(
      ["net", "ipv4", "conf", bridge.description, "route_localnet"], value, isOptional: isOptional)
  }
}
