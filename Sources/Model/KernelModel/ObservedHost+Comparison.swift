public import Addressing

extension ObservedHost {
  /// The differences of a network and its endpoints, each with the endpoint that it concerns: first
  /// the bridge, then its ports and the container ends, then its firewall elements.
  public func differences(
    to desired: DesiredNetworkState
  ) -> [(difference: Difference, endpoint: DesiredEndpoint?)] {
    let network = desired.network
    guard let bridge = network.bridge else { return [] }
    let ofPorts = desired.endpoints.flatMap { connection in
      differences(to: connection, bridge: bridge).map { ($0, Optional(connection.endpoint)) }
    }
    let ofForwarding = network.forwarding.sorted().compactMap(forwardingDifference)
    let ofFirewall =
      firewall.isInstalled
      ? network.firewall.filter { !firewall.elements.contains($0) }.sorted()
        .map { Difference.elementMissing($0) }
      : []
    return bridge.differences(in: self).map { ($0, nil) } + ofPorts
      + (ofForwarding + ofFirewall).map { ($0, nil) }
  }

  /// The differences of the host as a whole: the table, and its elements that no network needs.
  public func differences(to host: DesiredHost) -> [Difference] {
    let loopbackDifferences =
      host.ports.loopback.sorted().filter(isClosed).map { Difference.loopbackClosed($0) }
      + (showsBridgedFrames
        ? host.ports.hairpins.sorted().filter(sendsNothingBack).map { .hairpinOff($0) } : [])
    guard firewall.isInstalled else {
      return (host.firewall.isEmpty ? [] : [.firewallMissing]) + loopbackDifferences
    }
    let missing = host.ports.firewall.union(host.noTransit.map { .noTransit($0) })
      .subtracting(firewall.elements)
    return missing.sorted().map { .elementMissing($0) }
      + loopbackDifferences
      + unexpectedElements(comparedWith: host).sorted().map { .elementUnexpected($0) }
      + (firewall.unrecognizedCount == 0
        ? [] : [.unrecognizedElements(count: firewall.unrecognizedCount)])
  }

  /// Elements that no network needs and that belong to no other state directory sharing the table.
  /// Empty if a document cannot be read, since that network may need them.
  public func unexpectedElements(comparedWith host: DesiredHost) -> Set<FirewallElement> {
    guard host.isComplete else { return [] }
    let bridges = host.networks.compactMap(\.network.bridge)
    let names = Set(bridges.map(\.name))
    let unwanted = firewall.elements.subtracting(host.firewall)
    let isShared = unwanted.contains { element in
      if case .bridge(let name) = element { isForeign(name, names) } else { false }
    }
    return unwanted.filter { element in
      switch element.owner {
      case .host: false
      case .bridge(let name): !isForeign(name, names)
      case .port(let name): !isForeignPort(name, names)
      case .address(let address):
        !isShared || bridges.contains { $0.addresses.contains { $0.contains(address) } }
      }
    }
  }

  // The ::1 route disappears with its bridge, like the sysctl.
  private func isClosed(_ access: DesiredPorts.LoopbackAccess) -> Bool {
    guard let link = interfaces.link(named: access.bridge), !link.isIncomplete else { return true }
    switch access.family {
    case .ipv4:
      return sysctls[["net", "ipv4", "conf", access.bridge.description, "route_localnet"]] == "0"
    case .ipv6: return !loopbackLinks.contains(link.index)
    }
  }

  private func sendsNothingBack(_ name: InterfaceName) -> Bool {
    interfaces.link(named: name).map { !$0.isHairpin } ?? false
  }

  private var showsBridgedFrames: Bool {
    AddressFamily.allCases.contains { sysctls[$0.bridgedFramesSysctl] == "1" }
  }

  // A bridge that exists without a record may belong to another state directory.
  private func isForeign(_ name: InterfaceName, _ names: Set<InterfaceName>) -> Bool {
    !names.contains(name) && interfaces.link(named: name) != nil
  }

  private func isForeignPort(_ name: InterfaceName, _ names: Set<InterfaceName>) -> Bool {
    guard let master = interfaces.link(named: name)?.master,
      let bridge = interfaces.links.first(where: { $0.index == master })
    else { return false }
    return !names.contains { $0.description == bridge.name }
  }

  private func forwardingDifference(_ family: AddressFamily) -> Difference? {
    switch sysctls[family.forwardingSysctl] {
    case "0": .forwardingOff(family)
    case nil: .familyMissing(family)
    default: nil
    }
  }

  private func differences(
    to connection: DesiredAttachment, bridge: BridgeDevice
  ) -> [Difference] {
    let endpoint = connection.endpoint
    guard let link = interfaces.link(of: endpoint.owner) else {
      return [.endpointGone(endpoint.hostName)]
    }
    var found: [Difference] = renaming(link, to: endpoint.hostName, .host)
    let master = interfaces.link(for: bridge)
    let isPort = link.master != nil && link.master == master?.index
    if isPort {
      if endpoint.isIsolated && !link.isIsolated { found.append(.notIsolated(endpoint.hostName)) }
      if endpoint.isLocked && !link.isLocked { found.append(.notLocked(endpoint.hostName)) }
      if link.isLearning || portAddresses[link.index]?.contains(endpoint.mac) != true {
        found.append(.portLearns(endpoint.hostName, endpoint.mac))
      }
    } else {
      found.append(.notAPort(endpoint))
    }
    if !link.isUp { found.append(.down(endpoint.hostName, .host)) }
    found += mtu(of: link, endpoint.mtu, endpoint.hostName, .host)
    guard let container = containers.first(where: { $0.handle == connection.container }) else {
      return found
    }
    return found + differences(to: connection, behind: link, in: container)
  }

  private func differences(
    to connection: DesiredAttachment, behind link: ObservedLink, in container: ObservedContainer
  ) -> [Difference] {
    let endpoint = connection.endpoint
    let namespace = TargetNamespace.container(container.handle)
    guard let inside = container.interfaces.links.first(where: { $0.index == link.peer }) else {
      return [.interfaceGone(endpoint.name, host: endpoint.hostName)]
    }
    let present = container.interfaces.addresses(of: inside)
    return renaming(inside, to: endpoint.name, namespace)
      + (inside.isUp ? [] : [.down(endpoint.name, namespace)])
      + mtu(of: inside, endpoint.mtu, endpoint.name, namespace)
      + hardwareAddress(of: inside, endpoint.mac, endpoint.name, namespace)
      + endpoint.addresses.filter { !present.contains($0) }
      .map { .addressMissing($0, endpoint.name, namespace) }
      + connection.routes.flatMap {
        container.routing.differences(to: $0, in: namespace, by: inside.name)
      }
  }
}

extension BridgeDevice {
  func differences(in host: ObservedHost) -> [Difference] {
    guard let link = host.interfaces.link(for: self) else { return [.bridgeMissing(self)] }
    do throws(BridgeConflict) {
      if link.name == name.description { try check(link) }
    } catch {
      return [.bridgeTaken(error)]
    }
    if link.isIncomplete { return [.bridgeUnfinished(self)] }
    let present = host.interfaces.addresses(of: link)
    return renaming(link, to: name, .host) + (link.owner == owner ? settings(of: link, host) : [])
      + addresses.filter { !present.contains($0) }.map { .addressMissing($0, name, .host) }
      + (link.isUp ? [] : [.down(name, .host)])
  }

  // An adopted bridge keeps its settings.
  private func settings(of link: ObservedLink, _ host: ObservedHost) -> [Difference] {
    let changed = sysctls.compactMap { sysctl -> Difference? in
      guard let value = host.sysctls[sysctl.path], value != sysctl.value else { return nil }
      return .sysctl(sysctl, found: value)
    }
    return changed + KernelModel.mtu(of: link, mtu, name, .host)
      + hardwareAddress(of: link, mac, name, .host)
  }
}

// Unless an option sets it, the MTU is up to the kernel and the administrator.
private func mtu(
  of link: ObservedLink, _ wanted: UInt32?, _ name: InterfaceName, _ namespace: TargetNamespace
) -> [Difference] {
  guard let wanted, wanted != link.mtu else { return [] }
  return [.mtu(name, wanted: wanted, found: link.mtu, namespace)]
}

private func hardwareAddress(
  of link: ObservedLink, _ wanted: MACAddress?, _ name: InterfaceName, _ namespace: TargetNamespace
) -> [Difference] {
  guard let wanted, let found = link.mac, found != wanted else { return [] }
  return [.hardwareAddress(name, wanted: wanted, found: found, namespace)]
}

private func renaming(
  _ link: ObservedLink, to name: InterfaceName, _ namespace: TargetNamespace
) -> [Difference] {
  guard link.name != name.description, let present = try? InterfaceName(link.name) else {
    return []
  }
  return [.renamed(name, from: present, namespace)]
}

extension AddressFamily {
  /// The sysctl that passes frames between bridge ports to the host's firewall.
  public var bridgedFramesSysctl: [String] {
    switch self {
    case .ipv4: ["net", "bridge", "bridge-nf-call-iptables"]
    case .ipv6: ["net", "bridge", "bridge-nf-call-ip6tables"]
    }
  }

  /// The sysctl that enables forwarding of this family.
  public var forwardingSysctl: [String] {
    switch self {
    case .ipv4: ["net", "ipv4", "ip_forward"]
    case .ipv6: ["net", "ipv6", "conf", "all", "forwarding"]
    }
  }
}
