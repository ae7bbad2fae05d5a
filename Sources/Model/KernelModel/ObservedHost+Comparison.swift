public import Addressing

extension ObservedHost {
  /// What distinguishes a network and its endpoints from what is wanted: the bridge first, then its
  /// ports and the containers' ends, then its elements in the firewall.
  public func differences(to member: DesiredMembership) -> [Difference] {
    let network = member.network
    guard let bridge = network.bridge else { return [] }
    return bridge.differences(in: self)
      + member.endpoints.flatMap { differences(to: $0, bridge: bridge) }
      + network.forwarding.sorted().compactMap(forwardingDifference)
      + (firewall.isInstalled
        ? network.firewall.filter { !firewall.elements.contains($0) }.sorted()
          .map { .elementMissing($0) }
        : [])
  }

  /// What distinguishes the host as a whole: the table, and what of it nobody wants.
  public func differences(to host: DesiredHost) -> [Difference] {
    let ways =
      host.ports.loopback.sorted().filter(isClosed).map { Difference.loopbackClosed($0) }
      + (showsBridgedFrames
        ? host.ports.hairpins.sorted().filter(sendsNothingBack).map { .hairpinOff($0) } : [])
    guard firewall.isInstalled else {
      return (host.firewall.isEmpty ? [] : [.firewallMissing]) + ways
    }
    let missing = host.ports.firewall.union(host.closed.map { .closed($0) })
      .subtracting(firewall.elements)
    return missing.sorted().map { .elementMissing($0) }
      + ways
      + surplus(beside: host).sorted().map { .elementSurplus($0) }
      + (firewall.strangerCount == 0 ? [] : [.elementsStrange(count: firewall.strangerCount)])
  }

  /// The elements that no network wants and that are nobody else's: a table is shared with networks of
  /// other state folders. None where a document cannot be read, for it may be what wants them.
  public func surplus(beside host: DesiredHost) -> Set<FirewallElement> {
    guard host.isComplete else { return [] }
    let bridges = host.networks.compactMap(\.network.bridge)
    let names = Set(bridges.map(\.name))
    let unwanted = firewall.elements.subtracting(host.firewall)
    let isShared = unwanted.contains { element in
      if case .bridge(let name) = element { isForeign(name, names) } else { false }
    }
    return unwanted.filter { element in
      if case .closed = element { return false }
      if let name = element.bridgeName { return !isForeign(name, names) }
      guard isShared else { return true }
      return bridges.contains { bridge in
        bridge.addresses.contains { prefix in element.addresses.contains(where: prefix.contains) }
      }
    }
  }

  // The route of ::1 goes with its bridge, as the value does.
  private func isClosed(_ access: DesiredPorts.LoopbackAccess) -> Bool {
    guard let link = interfaces.link(named: access.bridge), !link.isUnmarked else { return true }
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

  // A bridge that is there and is none of the records' may be somebody else's network.
  private func isForeign(_ name: InterfaceName, _ names: Set<InterfaceName>) -> Bool {
    !names.contains(name) && interfaces.link(named: name) != nil
  }

  private func forwardingDifference(_ family: AddressFamily) -> Difference? {
    switch sysctls[family.forwardingSysctl] {
    case "0": .forwardingOff(family)
    case nil: .familyMissing(family)
    default: nil
    }
  }

  private func differences(
    to connection: DesiredConnection, bridge: BridgeDevice
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
    to connection: DesiredConnection, behind link: ObservedLink, in container: ObservedContainer
  ) -> [Difference] {
    let endpoint = connection.endpoint
    let place = Place.container(container.handle)
    guard let inside = container.interfaces.links.first(where: { $0.index == link.peer }) else {
      return [.interfaceGone(endpoint.name, host: endpoint.hostName)]
    }
    let present = container.interfaces.addresses(of: inside)
    return renaming(inside, to: endpoint.name, place)
      + (inside.isUp ? [] : [.down(endpoint.name, place)])
      + mtu(of: inside, endpoint.mtu, endpoint.name, place)
      + hardwareAddress(of: inside, endpoint.mac, endpoint.name, place)
      + endpoint.addresses.filter { !present.contains($0) }
      .map { .addressMissing($0, endpoint.name, place) }
      + connection.routes.flatMap {
        container.routing.differences(to: $0, in: place, by: inside.name)
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
    if link.isUnmarked { return [.bridgeUnfinished(self)] }
    let present = host.interfaces.addresses(of: link)
    return renaming(link, to: name, .host) + (link.owner == owner ? settings(of: link, host) : [])
      + addresses.filter { !present.contains($0) }.map { .addressMissing($0, name, .host) }
      + (link.isUp ? [] : [.down(name, .host)])
  }

  // A bridge that somebody else made keeps its settings.
  private func settings(of link: ObservedLink, _ host: ObservedHost) -> [Difference] {
    let changed = sysctls.compactMap { sysctl -> Difference? in
      guard let value = host.sysctls[sysctl.path], value != sysctl.value else { return nil }
      return .sysctl(sysctl, found: value)
    }
    return changed + KernelModel.mtu(of: link, mtu, name, .host)
      + hardwareAddress(of: link, mac, name, .host)
  }
}

// Without an option for it, the MTU is the kernel's and the administrator's.
private func mtu(
  of link: ObservedLink, _ wanted: UInt32?, _ name: InterfaceName, _ place: Place
) -> [Difference] {
  guard let wanted, wanted != link.mtu else { return [] }
  return [.mtu(name, wanted: wanted, found: link.mtu, place)]
}

private func hardwareAddress(
  of link: ObservedLink, _ wanted: MACAddress?, _ name: InterfaceName, _ place: Place
) -> [Difference] {
  guard let wanted, let found = link.mac, found != wanted else { return [] }
  return [.hardwareAddress(name, wanted: wanted, found: found, place)]
}

private func renaming(
  _ link: ObservedLink, to name: InterfaceName, _ place: Place
) -> [Difference] {
  guard link.name != name.description, let present = try? InterfaceName(link.name) else {
    return []
  }
  return [.renamed(name, from: present, place)]
}

extension FirewallElement {
  /// The bridge of which it speaks.
  var bridgeName: InterfaceName? {
    switch self {
    case .bridge(let name), .internal(let name), .outgoing(let name), .masquerade(_, let name),
      .routed(_, let name), .own(let name), .allow(let name), .trusted(_, let name),
      .ingress(_, let name, _), .sourceAddress(let name, _), .source(let name, _):
      name
    case .gateway, .published, .open, .closed: nil
    }
  }

  /// The addresses inside a network of which it speaks.
  var addresses: [IPAddress] {
    switch self {
    case .gateway(let address), .open(let address, _, _), .published(_, _, _, let address, _):
      [address]
    case .bridge, .internal, .outgoing, .masquerade, .routed, .own, .allow, .trusted, .ingress,
      .sourceAddress, .closed, .source:
      []
    }
  }
}

extension AddressFamily {
  /// The value that shows frames between ports of a bridge to the host's firewall.
  public var bridgedFramesSysctl: [String] {
    switch self {
    case .ipv4: ["net", "bridge", "bridge-nf-call-iptables"]
    case .ipv6: ["net", "bridge", "bridge-nf-call-ip6tables"]
    }
  }

  /// The value that makes the host forward packets of this family.
  public var forwardingSysctl: [String] {
    switch self {
    case .ipv4: ["net", "ipv4", "ip_forward"]
    case .ipv6: ["net", "ipv6", "conf", "all", "forwarding"]
    }
  }
}
