import Addressing

extension ObservedHost {
  /// The differences of a network and its endpoints, each with the endpoint that it concerns: first
  /// the device, then its ports and the interfaces in containers, then its firewall elements.
  public func differences(
    to desired: DesiredNetworkState
  ) -> [(difference: Difference, endpoint: DesiredEndpoint?)] {
    let network = desired.network
    let missingLink = network.missingLink { interfaces.link(named: $0) != nil }
    if let missingLink { return [(.parentMissing(missingLink), nil)] }
    let ofDevice = network.device?.differences(in: self) ?? []
    let ofTunnel = network.tunnel.map { differences(to: $0, on: network.device) } ?? []
    let ofEndpoints = desired.endpoints.flatMap { connection in
      differences(to: connection, on: network.device).map { ($0, Optional(connection.endpoint)) }
    }
    let ofForwarding = network.forwarding.sorted().compactMap(forwardingDifference)
    let ofFirewall =
      firewall.isInstalled
      ? network.firewall.filter { !firewall.elements.contains($0) }.sorted()
        .map { Difference.elementMissing($0) }
      : []
    return (ofDevice + ofTunnel).map { ($0, nil) } + ofEndpoints
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
      .union(host.tunnelGuard)
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
    let devices = host.networks.compactMap(\.network.device)
    let names = Set(devices.map(\.name))
    let unwanted = firewall.elements.subtracting(host.firewall)
    let isShared = unwanted.contains { element in
      if case .bridge(let name) = element { isForeign(name, names) } else { false }
    }
    return unwanted.filter { element in
      switch element.owner {
      case .host: false
      case .cluster: !isShared
      case .bridge(let name): !isForeign(name, names)
      case .port(let name): !isForeignPort(name, names)
      case .address(let address):
        !isShared || devices.contains { $0.addresses.contains { $0.contains(address) } }
      }
    }
  }

  // The ::1 route disappears with its bridge, like the sysctl.
  private func isClosed(_ access: DesiredPorts.LoopbackAccess) -> Bool {
    guard let link = interfaces.link(named: access.bridge), !link.isIncomplete else { return true }
    switch access.family {
    case .ipv4:
      return sysctls[.interface(.ipv4, access.bridge, .routeLocalnet)] == "0"
    case .ipv6: return !loopbackLinks.contains(link.index)
    }
  }

  private func sendsNothingBack(_ name: InterfaceName) -> Bool {
    interfaces.link(named: name).map { !$0.isHairpin } ?? false
  }

  private var showsBridgedFrames: Bool {
    AddressFamily.allCases.contains { sysctls[.bridgedFrames($0)] == "1" }
  }

  // A bridge that exists without a record may belong to another state directory.
  private func isForeign(_ name: InterfaceName, _ names: Set<InterfaceName>) -> Bool {
    !names.contains(name) && interfaces.link(named: name) != nil
  }

  private func isForeignPort(_ name: InterfaceName, _ names: Set<InterfaceName>) -> Bool {
    guard let master = interfaces.link(named: name)?.master,
      let bridge = interfaces.links.first(where: { $0.index == master })
    else { return false }
    return !names.contains(bridge.name)
  }

  private func differences(to tunnel: DesiredTunnel, on bridge: NetworkDevice?) -> [Difference] {
    let link = interfaces.link(for: tunnel.device)
    return tunnel.differences(
      from: link, link.flatMap { tunnels[$0.index] },
      bridge: bridge.flatMap { interfaces.link(for: $0)?.index })
  }

  private func forwardingDifference(_ family: AddressFamily) -> Difference? {
    switch sysctls[.forwarding(family)] {
    case "0": .forwardingOff(family)
    case nil: .familyMissing(family)
    default: nil
    }
  }

  private func differences(
    to connection: DesiredAttachment, on device: NetworkDevice?
  ) -> [Difference] {
    let endpoint = connection.endpoint
    switch endpoint.link {
    case .veth(let port):
      guard let link = interfaces.link(of: endpoint.owner) else {
        return [.hostLinkMissing(port.name)]
      }
      let found =
        differences(to: port, of: link, on: device)
        + mtu(of: link, endpoint.mtu, port.name, .host)
      guard let container = container(of: connection) else { return found }
      guard let inside = container.interfaces.links.first(where: { $0.index == link.peer }) else {
        return found + [.containerEndMissing(endpoint.name, host: port.name)]
      }
      return found + differences(to: connection, of: inside, in: container)
    case .moved:
      guard connection.accessError == nil, let container = container(of: connection) else {
        return connection.accessError.map { [.namespaceInaccessible($0)] } ?? []
      }
      // netctl did not create the link, so it cannot recreate it.
      guard let link = container.interfaces.link(of: endpoint.owner) else {
        return [.hostLinkMissing(endpoint.name)]
      }
      return differences(to: connection, of: link, in: container)
    case .macvlan, .ipvlan:
      if let accessError = connection.accessError { return [.namespaceInaccessible(accessError)] }
      guard let container = container(of: connection) else { return [] }
      let link = container.interfaces.link(of: endpoint)
      if let link, !container.interfaces.isUnconfigured(link, as: endpoint) {
        return differences(to: connection, of: link, in: container)
      }
      let lost: Difference =
        if link == nil, let moved = interfaces.link(of: endpoint.owner) {
          .interfaceMoved(endpoint, container: container.handle, present: moved.name)
        } else {
          .interfaceMissing(endpoint, container: container.handle, remains: link?.name)
        }
      return [lost] + routes(of: connection, in: container, by: endpoint.name)
    }
  }

  private func container(of connection: DesiredAttachment) -> ObservedContainer? {
    containers.first { $0.handle == connection.container }
  }

  private func differences(
    to port: VethPort, of link: ObservedLink, on bridge: NetworkDevice?
  ) -> [Difference] {
    var found: [Difference] = renaming(link, to: port.name, .host)
    let master = bridge.flatMap { interfaces.link(for: $0) }
    if link.master != nil && link.master == master?.index {
      if port.isIsolated && !link.isIsolated { found.append(.notIsolated(port.name)) }
      if port.isLocked && !link.isLocked { found.append(.notLocked(port.name)) }
      if link.isLearning || portAddresses[link.index]?.contains(port.address) != true {
        found.append(.portLearns(port.name, port.address))
      }
    } else {
      found.append(.notAPort(port))
    }
    return found + (link.isUp ? [] : [.down(port.name, .host)])
  }

  private func differences(
    to connection: DesiredAttachment, of link: ObservedLink, in container: ObservedContainer
  ) -> [Difference] {
    let endpoint = connection.endpoint
    let namespace = TargetNamespace.container(container.handle)
    let present = container.interfaces.addresses(of: link)
    // Everything but the name can be as it should be.
    let isNameTaken = isForeign(endpoint.name, besides: link, in: container)
    let name = isNameTaken ? link.name : endpoint.name
    return
      (isNameTaken
      ? [.nameTaken(endpoint.name, present: link.name)]
      : renaming(link, to: endpoint.name, namespace))
      + (link.isUp ? [] : [.down(name, namespace)])
      + mtu(of: link, endpoint.mtu, name, namespace)
      + macvlanMode(of: link, endpoint, named: name, namespace)
      + hardwareAddress(of: link, endpoint.mac, name, namespace)
      + endpoint.addresses.filter { !present.contains($0) }
      .map { .addressMissing($0, name, namespace) }
      + routes(of: connection, in: container, by: link.name, later: name)
  }

  /// Whether a link of a container that is not netctl's has a name, if only as an alternative one.
  private func isForeign(
    _ name: InterfaceName, besides own: ObservedLink, in container: ObservedContainer
  ) -> Bool {
    container.interfaces.links.contains { link in
      guard link.index != own.index, link.owner == nil,
        link.name == name || link.alternativeNames.contains(name.description)
      else { return false }
      // The container end of another endpoint has no alias.
      return !interfaces.links.contains { host in
        host.index == link.peer && host.peer == link.index && host.owner != nil
      }
    }
  }

  // `later` is the name of the interface once the other differences are fixed.
  private func routes(
    of connection: DesiredAttachment, in container: ObservedContainer, by name: InterfaceName,
    later: InterfaceName? = nil
  ) -> [Difference] {
    connection.routes.flatMap {
      container.routing.differences(
        to: $0, in: .container(container.handle), by: name, later: later ?? name)
    }
  }
}

extension ObservedInterfaces {
  /// The interface of an endpoint without a host end.
  fileprivate func link(of endpoint: DesiredEndpoint) -> ObservedLink? {
    if let link = link(of: endpoint.owner) { return link }
    let named = link(named: endpoint.name)
    return named?.isIncomplete == true ? named : nil
  }

  /// Whether the creation of an interface was interrupted, so that settings of it are missing that
  /// are not compared: those are made before it is set up and gets addresses.
  fileprivate func isUnconfigured(_ link: ObservedLink, as endpoint: DesiredEndpoint) -> Bool {
    link.isIncomplete
      || !link.isUp && !addresses(of: link).contains(where: endpoint.addresses.contains)
  }
}

extension NetworkDevice {
  func differences(in host: ObservedHost) -> [Difference] {
    guard let link = host.interfaces.link(for: self) else { return [.deviceMissing(self)] }
    do throws(DeviceConflict) {
      if link.name == name { try check(link) }
    } catch {
      return [.deviceTaken(error)]
    }
    if link.isIncomplete { return [.deviceUnfinished(self)] }
    let present = host.interfaces.addresses(of: link)
    return renaming(link, to: name, .host) + (link.owner == owner ? settings(of: link, host) : [])
      + addresses.filter { !present.contains($0) }.map { .addressMissing($0, name, .host) }
      + (link.isUp ? [] : [.down(name, .host)])
  }

  // An adopted link keeps its settings.
  private func settings(of link: ObservedLink, _ host: ObservedHost) -> [Difference] {
    let changed = sysctls.compactMap { sysctl -> Difference? in
      guard let value = host.sysctls[sysctl.key], value != sysctl.value else { return nil }
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

private func macvlanMode(
  of link: ObservedLink, _ endpoint: DesiredEndpoint, named name: InterfaceName,
  _ namespace: TargetNamespace
) -> [Difference] {
  guard case .macvlan(let wanted, _) = endpoint.link, let found = link.macvlanMode,
    found != wanted
  else { return [] }
  return [.macvlanMode(name, wanted: wanted, found: found, namespace)]
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
  link.name == name ? [] : [.renamed(name, from: link.name, namespace)]
}
