public import Addressing

extension Sequence<Difference> {
  /// Renamed links that block each other: one has the name that another should have.
  public var entangledNames: [Difference] {
    let renamings = compactMap(Renaming.init)
    let (present, wanted) = (Set(renamings.map(\.present)), Set(renamings.map(\.wanted)))
    return renamings.filter { wanted.contains($0.present) || present.contains($0.wanted) }
      .map(\.difference)
  }

  /// The steps that restore the names of entangled links, by way of temporary unused names.
  public var disentanglingSteps: [KernelStep] {
    let renamings = compactMap(Renaming.init)
    let taken = Set(renamings.flatMap { [$0.present.name, $0.wanted.name] })
    let spares = (0..<2 * renamings.count).lazy.compactMap { try? InterfaceName("netctl-\($0)") }
      .filter { !taken.contains($0) }
    let ways = Array(zip(renamings, spares))
    return ways.map { .renameLink($0.present.name, to: $1, $0.present.namespace) }
      + ways.map { .renameLink($1, to: $0.wanted.name, $0.wanted.namespace) }
  }
}

extension Difference {
  /// A link, by the name that it should have.
  public struct LinkName: Hashable, Sendable {
    let namespace: TargetNamespace
    let name: InterfaceName

    /// Whether it is a link of the host with this name.
    public func isOnHost(_ name: InterfaceName) -> Bool {
      namespace == .host && self.name == name
    }
  }

  /// The link that the steps change by its name; nil where they create it or change something else.
  public var link: LinkName? {
    switch self {
    case .renamed(let name, _, let namespace), .down(let name, let namespace),
      .addressMissing(_, let name, let namespace), .mtu(let name, _, _, let namespace),
      .macvlanMode(let name, _, _, let namespace), .hardwareAddress(let name, _, _, let namespace):
      LinkName(namespace: namespace, name: name)
    case .hairpinOff(let name), .notIsolated(let name), .notLocked(let name),
      .portLearns(let name, _):
      LinkName(namespace: .host, name: name)
    case .notAPort(let port): LinkName(namespace: .host, name: port.name)
    case .tunnelDetached(let tunnel): LinkName(namespace: .host, name: tunnel.device.name)
    case .stationMissing(_, let name), .stationUnexpected(_, let name):
      LinkName(namespace: .host, name: name)
    case .routeMissing(let route, _, let namespace):
      LinkName(namespace: namespace, name: route.interface)
    case .returnPathMissing(let path, let namespace):
      LinkName(namespace: namespace, name: path.route.interface)
    case .deviceMissing, .deviceUnfinished, .deviceTaken, .nameTaken, .tunnelMissing,
      .loopbackClosed, .sysctl,
      .hostLinkMissing, .interfaceMissing, .interfaceMoved, .namespaceInaccessible, .parentMissing,
      .containerEndMissing, .firewallMissing, .elementMissing, .elementUnexpected,
      .unrecognizedElements,
      .forwardingOff, .familyMissing, .unknownLink, .bridgeTrafficFiltered:
      nil
    }
  }
}

private struct Renaming {
  struct Name: Hashable {
    let namespace: TargetNamespace
    let name: InterfaceName
  }

  let difference: Difference
  let present: Name
  let wanted: Name

  init?(_ difference: Difference) {
    guard case .renamed(let name, let present, let namespace) = difference else { return nil }
    self.difference = difference
    self.present = Name(namespace: namespace, name: present)
    wanted = Name(namespace: namespace, name: name)
  }
}
