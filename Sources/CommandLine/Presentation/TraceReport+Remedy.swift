import Addressing
import KernelModel
import NetworkModel
import PacketTrace

/// The commands that let the packet pass, by the software that manages the rules.
extension TraceReport {
  var remedy: [String] {
    switch conclusion.cause {
    case .rule(let step, let manager): return remedy(step, manager)
    case .untracked(let step), .foreignSource(let step?, _, _), .diverted(let step?, _),
      .hopLimitExceeded(let step?, _):
      return path.manager(of: step) == .administrator ? deletion(step) : []
    case .hopLimitExceeded(nil, _?):
      guard let link = path.containerLink else { return [] }
      return [
        inside(.container)
          + "sysctl -w net/\(observation.probe.family.hopLimitSysctl(link.name))=64"
      ]
    case .noAddress(let side, let address, let link): return restoring(address, side, link)
    case .legacyRule(let hit): return remedy(hit)
    case .linkDown(let side, let link): return raising(link, side)
    case .noCarrier(let link):
      let peer = observation.host.link(link.peer).flatMap { $0.peer == link.index ? $0 : nil }
      return peer.map { ["ip link set \(word($0.name)) up"] } ?? []
    case .offBridge(let end, let bridge):
      guard let bridge, !end.isOfEndpoint else { return [Self.reload] }
      return ["ip link set \(word(end.name)) master \(word(bridge.name))"]
    case .portState(let port, let bridge):
      let forward = "bridge link set dev \(word(port.name)) state 3"
      return bridge.runsSpanningTree
        ? ["ip link set \(word(bridge.name)) type bridge stp_state 0", forward] : [forward]
    case .isolatedPort(let port, _):
      // Under br_netfilter, netctl's table sees the frames, too.
      return ["bridge link set dev \(word(port.name)) isolated off"]
        + (isManaged ? [exception(observation.probe)] + neighborExceptions : [])
    case .noContainerRoute: return containerRoute
    case .rejectingRoute(let side, let route?):
      let table = route.isInCommonTable ? "" : " table \(route.table)"
      return [
        inside(side) + "ip \(familyFlag)route del \(route.kind) \(route.prefix)\(table)"
      ]
    case .noHostRoute: return defaultRoute
    case .forwardingOff(let link):
      // netctl itself switches off the forwarding of internal networks.
      if network(of: link)?.isInternal == true { return connecting }
      let family = observation.probe.family
      guard let link else {
        return [
          family == .ipv4
            ? "sysctl -w net.ipv4.ip_forward=1" : "sysctl -w net.ipv6.conf.all.forwarding=1"
        ]
      }
      return ["sysctl -w net/\(family.sysctlFolder)/conf/\(link.name)/forwarding=1"]
    case .reversePathFilter(let link, _, _):
      return ["sysctl -w net/ipv4/conf/\(link.name)/rp_filter=2"]
    case .wrongGateway(_, let expected, let link):
      return [
        inside(.container)
          + "ip \(familyFlag)route replace default via \(expected) dev \(word(link.name))"
      ]
    case .tooBig(_, let link, _):
      guard let link, let size = request.size else { return [] }
      return tooSmall(link).map { side, link in
        inside(side) + "ip link set \(word(link.name)) mtu \(size)"
      }
    case .conntrackFull(_, let limit):
      return ["sysctl -w net.netfilter.nf_conntrack_max=\(limit * 2)"]
    case .notMasqueraded: return masquerade
    case .notPublished(nil): return publishing
    case .rejectingRule(let side, let rule):
      return [inside(side) + "ip \(familyFlag)rule del pref \(rule.priority) \(rule.text)"]
    case .wrongNeighbor(let side, let entry, let link, _):
      return [inside(side) + "ip neigh del \(entry.address) dev \(word(link.name))"]
    case .silentOutside(_, let rule?, _):
      return ["ip \(familyFlag)rule del pref \(rule.priority) \(rule.text)"]
    case .silentNextHop(.container, let address, let link):
      // Without a bridge, only the record tells which gateway is right.
      guard observation.containerRoute?.route?.gateway == address, let right = gateway,
        right != address
      else { return [] }
      return [
        inside(.container)
          + "ip \(familyFlag)route replace default via \(right) dev \(word(link.name))"
      ]
    case .answered, .bypassesHost, .divertedByLegacyRule, .diverted(nil, _),
      .foreignSource(nil, _, _),
      .hopLimitExceeded(nil, nil),
      .rejectingRoute(_, nil), .notPublished(_?), .silentNextHop, .noListener,
      .refusedOutside,
      .silentOutside(_, nil, _), .silentContainer, .interceptedByDryRun, .lostBetween, .incomplete,
      .notInjected, .noClient:
      return []
    }
  }

  static let reload = "netctl network reload"

  func word(_ text: String) -> String { TerminalText.shellWord(text) }

  var familyFlag: String { observation.probe.family == .ipv6 ? "-6 " : "" }

  /// What runs a command in a namespace.
  func inside(_ side: TraceSide) -> String {
    switch side {
    case .host: ""
    case .container: "nsenter --net=\(word(namespacePath)) "
    case .peer: "nsenter --net=\(word(observation.peerPath ?? "")) "
    }
  }

  /// Whether the container's link is one of netctl's.
  var isManaged: Bool { network != nil || path.bridge?.isOfNetwork == true }

  // MARK: Links and routes

  private func raising(_ link: LinkFacts, _ side: TraceSide) -> [String] {
    let up = inside(side) + "ip link set \(word(link.name)) up"
    if link.name == "lo" { return [up] }
    // A link that is down loses its routes, and its IPv6 addresses.
    let isOurs = side == .peer ? path.peerEnd?.isOfEndpoint == true : isManaged
    if isOurs { return [up, Self.reload] }
    guard side == .container, let gateway else { return [up] }
    return [
      up,
      inside(.container)
        + "ip \(familyFlag)route replace default via \(gateway) dev \(word(link.name))",
    ]
  }

  /// Restores an address that a link lacks.
  private func restoring(
    _ address: IPAddress?, _ side: TraceSide, _ link: LinkFacts
  ) -> [String] {
    let family = observation.probe.family
    switch side {
    case .container:
      guard let network else { return [] }
      return network.families.contains(family) ? [Self.reload] : connecting
    case .peer: return path.peerEnd?.isOfEndpoint == true ? [Self.reload] : []
    case .host:
      if link.isOfNetwork { return [Self.reload] }
      guard let address, let inner = path.containerLink,
        let length = observation.container.addresses(of: inner.index, family).first(where: {
          $0.contains(address)
        })?.length
      else { return [] }
      return ["ip addr add \(address)/\(length) dev \(word(link.name))"]
    }
  }

  private var containerRoute: [String] {
    if network?.isInternal == true { return connecting }
    guard let link = path.containerLink else { return connecting }
    let via = gateway.map { " via \($0)" } ?? ""
    return [
      inside(.container) + "ip \(familyFlag)route add default\(via) dev \(word(link.name))"
    ]
  }

  private var gateway: IPAddress? {
    path.containerLink.flatMap(path.expectedGateway) ?? network?.gateway(observation.probe.family)
  }

  /// A network with a way out. A default route by an internal network, which somebody must have
  /// set by hand, would keep the container from using it.
  var connecting: [String] {
    let family = observation.probe.family
    let open = networks.filter { outside(of: $0.id) != nil && $0.families.contains(family) }
    var commands: [String] = []
    if !isInbound, let gateway = observation.containerRoute?.route?.gateway,
      network?.isInternal == true
    {
      commands.append(inside(.container) + "ip \(familyFlag)route del default via \(gateway)")
    }
    let own = open.first { network in
      network.subnets.contains { $0.subnet.contains(observation.probe.destination) }
    }
    if let network = own ?? open.first(where: \.isPredefined) ?? open.first {
      return commands + ["netctl network connect \(word(network.name)) \(word(container))"]
    }
    return commands + [
      "netctl network create --ipv6 outward",
      "netctl network connect outward \(word(container))",
    ]
  }

  /// The link by which the host reaches the outside, as far as that can be told without a route.
  private var uplinkFacts: LinkFacts? {
    let family = observation.probe.family
    return observation.host.links.first { link in
      link.name != "lo" && link.kind != .bridge && link.master == nil && link.isUp
        && !observation.host.addresses(of: link.index, family).filter {
          !$0.address.isLinkLocalUnicast
        }.isEmpty
    }
  }

  /// A default route of the host by its only known router.
  private var defaultRoute: [String] {
    guard let uplink = uplinkFacts else { return [] }
    let known = observation.host.neighbors.filter {
      $0.link == uplink.index && $0.address.family == observation.probe.family && $0.mac != nil
        && ($0.address.family == .ipv4 || $0.isRouter || !$0.address.isLinkLocalUnicast)
    }
    guard known.count == 1 else { return [] }
    return [
      "ip \(familyFlag)route add default via \(known[0].address) dev \(word(uplink.name))"
    ]
  }

  private func tooSmall(_ link: LinkFacts) -> [(TraceSide, LinkFacts)] {
    let size = request.size ?? 0
    var links: [(TraceSide, LinkFacts)] = []
    if let inner = path.containerLink, inner.mtu < size { links.append((.container, inner)) }
    if let end = path.containerLink.flatMap(path.hostEnd), end.mtu < size {
      links.append((.host, end))
    }
    if let bridge = path.bridge, bridge.mtu < size { links.append((.host, bridge)) }
    let outer = observation.hostRoute?.route?.link
    if let outer = observation.host.link(outer), outer.mtu < size,
      !links.contains(where: { $0.1 == outer })
    {
      links.append((.host, outer))
    }
    return links
  }

  // MARK: Translation

  private var masquerade: [String] {
    let policy = outside(of: network?.id)?.policy(observation.probe.family)
    if isManaged, policy?.sourceAddress != .own { return [Self.reload] }
    guard let link = path.containerLink,
      let subnet = observation.container.addresses(of: link.index, observation.probe.family).first
    else { return [] }
    let program = observation.probe.family == .ipv4 ? "iptables-nft" : "ip6tables-nft"
    return [
      "\(program) -t nat -A POSTROUTING -s \(subnet.masked) ! -o \(word(bridgeName)) -j MASQUERADE"
    ]
  }

  /// The port on record that is published at another address of the host than the one asked for.
  var publishedElsewhere: PublishedPort? {
    let destination = observation.probe.destination
    let held = ports.filter {
      $0.hostPort == request.port && $0.transport.name == request.protocol.name
        && $0.host.family == destination.family
    }
    if held.contains(where: { $0.host.isUnspecified || $0.host == destination }) { return nil }
    return held.first
  }

  var publishing: [String] {
    let port = request.port
    let transport = request.protocol == .udp ? "/udp" : ""
    let publish = "netctl network publish \(word(container)) \(port):"
    if let held = publishedElsewhere {
      let host = PacketForm.text(held.host, port)
      return [
        "netctl network unpublish \(word(container)) \(host):\(held.containerPort)\(transport)",
        publish + "\(held.containerPort)\(transport)",
      ]
    }
    let isHeld = ports.contains {
      $0.hostPort == port && $0.transport.name == request.protocol.name
    }
    if isHeld { return [Self.reload] }
    // Only a network with a way in can publish.
    let canPublish = endpoints.contains { outside(of: $0.network) != nil }
    return (canPublish ? [] : connecting) + [publish + "\(port)\(transport)"]
  }

  var bridgeName: String {
    path.bridge?.name ?? path.containerLink.flatMap(path.hostEnd)?.name ?? "BRIDGE"
  }
}

extension TracePath {
  /// The host's end of the link of the other container.
  fileprivate var peerEnd: LinkFacts? { peerLink.flatMap(hostEnd) }
}
