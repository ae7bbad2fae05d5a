import Addressing
import NetworkModel
import PacketTrace

/// The commands that let the packet pass, in the keeper's own words.
extension TraceReport {
  var remedy: [String] {
    switch conclusion.cause {
    case .rule(let step, let keeper): return remedy(step, keeper)
    case .legacyRule(let hit): return remedy(hit)
    case .linkDown(let side, let link): return raising(link, side)
    case .noCarrier(let link):
      let peer = observation.host.link(link.peer).flatMap { $0.peer == link.index ? $0 : nil }
      return peer.map { ["ip link set \(word($0.name)) up"] } ?? []
    case .offBridge(let end, let bridge):
      let isManaged = end.alias?.hasPrefix("netctl endpoint") == true
      guard let bridge, !isManaged else { return [Self.reload] }
      return ["ip link set \(word(end.name)) master \(word(bridge.name))"]
    case .portState(let port, let bridge):
      let forward = "bridge link set dev \(word(port.name)) state 3"
      return bridge.runsSpanningTree
        ? ["ip link set \(word(bridge.name)) type bridge stp_state 0", forward] : [forward]
    case .isolatedPort(let port, _):
      // Under br_netfilter, netctl's table sees the frames, too.
      return ["bridge link set dev \(word(port.name)) isolated off"]
        + (isManaged ? [exception(observation.probe)] + neighborException : [])
    case .noContainerRoute: return containerRoute
    case .rejectingRoute(let side, let route?):
      let table = [254, 255, 0].contains(route.table) ? "" : " table \(route.table)"
      return [inside(side) + "ip route del \(route.kind) \(route.prefix)\(table)"]
    case .noHostRoute: return ["ip route add default via \(router) dev \(uplink)"]
    case .forwardingOff(let link):
      let family = observation.probe.family
      guard let link else {
        return [
          family == .ipv4
            ? "sysctl -w net.ipv4.ip_forward=1" : "sysctl -w net.ipv6.conf.all.forwarding=1"
        ]
      }
      return ["sysctl -w net/\(family == .ipv4 ? "ipv4" : "ipv6")/conf/\(link.name)/forwarding=1"]
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
    case .rejectingRule(let rule): return ["ip \(familyFlag)rule del pref \(rule.priority)"]
    case .silentOutside(_, let rule?, _): return ["ip \(familyFlag)rule del pref \(rule.priority)"]
    case .answered, .rejectingRoute(_, nil), .notPublished(_?), .silentNextHop, .noListener,
      .refusedOutside,
      .silentOutside(_, nil, _), .silentContainer, .leftAtTheDoor, .lostBetween, .incomplete,
      .notInjected, .noClient:
      return []
    }
  }

  private static let reload = "netctl network reload"

  private func word(_ text: String) -> String { TerminalText.shellWord(text) }

  private var familyFlag: String { observation.probe.family == .ipv6 ? "-6 " : "" }

  /// What runs a command in a namespace.
  private func inside(_ side: TraceSide) -> String {
    side == .host ? "" : "nsenter --net=\(word(namespacePath)) "
  }

  /// Whether netctl made the container's bridge.
  private var isManaged: Bool {
    path.bridge?.alias?.hasPrefix("netctl network") == true
  }

  /// Whether netctl's table is there.
  private var hasTable: Bool { observation.host.chains.contains { $0.table == "netctl" } }

  // MARK: Rules

  private func remedy(_ step: RuleStep, _ keeper: TraceKeeper) -> [String] {
    switch keeper {
    case .netctl: return netctlRemedy(step)
    case .docker: return dockerRemedy(step)
    case .ufw: return ufwRemedy(step)
    case .firewalld:
      return ["firewall-cmd --add-forward", "firewall-cmd --add-interface=\(word(bridgeName))"]
    case .libvirt: return iptables(step.family, "-nft", chain: "FORWARD")
    case .podman, .kubernetes, .systemd: return []
    case .administrator:
      guard let handle = step.handle, !step.isUnconditional else { return accepting(step) }
      return [
        inside(step.side)
          + "nft delete rule \(step.family) \(word(step.table)) \(word(step.chain)) "
          + "handle \(handle)"
      ]
    }
  }

  /// Rules before one that drops everything, or before a policy.
  private func accepting(_ step: RuleStep) -> [String] {
    if step.isOfIptables, step.side == .host {
      return iptables(step.family, "-nft", chain: step.chain)
    }
    let chain = "\(step.family) \(word(step.table)) \(word(step.chain))"
    let insert = inside(step.side) + "nft insert rule \(chain) "
    return nftMatches(step).map { insert + word($0 + " accept") }
  }

  private func nftMatches(_ step: RuleStep) -> [String] {
    let bridge = bridgeName
    let isForward = step.hook == "forward" && step.side == .host
    if isForward {
      let (out, back) = isInbound ? ("oifname", "iifname") : ("iifname", "oifname")
      return [
        "\(out) \"\(bridge)\"", "\(back) \"\(bridge)\" ct state established,related",
      ]
    }
    if let link = step.inputLink, ["prerouting", "input", "ingress"].contains(step.hook) {
      return ["iifname \"\(linkName(link, step.side))\""]
    }
    return step.outputLink.map { ["oifname \"\(linkName($0, step.side))\""] } ?? [""]
  }

  private func iptables(
    _ family: String, _ backend: String, table: String? = nil, chain: String
  ) -> [String] {
    let program = (family == "ip6" ? "ip6tables" : "iptables") + backend
    let place = (table.map { "-t \($0) " } ?? "") + "-I \(word(chain))"
    let bridge = word(bridgeName)
    guard ["FORWARD", "DOCKER-USER"].contains(chain) else {
      return ["\(program) \(place) -i \(bridge) -j ACCEPT"]
    }
    let replies = "-m conntrack --ctstate RELATED,ESTABLISHED"
    return isInbound
      ? [
        "\(program) \(place) -o \(bridge) -j ACCEPT",
        "\(program) \(place) -i \(bridge) \(replies) -j ACCEPT",
      ]
      : [
        "\(program) \(place) -i \(bridge) -j ACCEPT",
        "\(program) \(place) -o \(bridge) \(replies) -j ACCEPT",
      ]
  }

  private func remedy(_ hit: LegacyHit) -> [String] {
    let family = observation.probe.family == .ipv4 ? "ip" : "ip6"
    let table = hit.table == "filter" ? nil : hit.table
    if hit.chain.hasPrefix("ufw") { return ufwRemedy(nil) }
    if hit.chain.hasPrefix("DOCKER"), hit.chain != "DOCKER-USER" {
      return iptables(family, "-legacy", chain: "DOCKER-USER")
    }
    guard hit.number > 0 else {
      return iptables(family, "-legacy", table: table, chain: hit.chain)
    }
    let program = (family == "ip6" ? "ip6tables" : "iptables") + "-legacy"
    let place = (table.map { "-t \($0) " } ?? "") + "-D \(word(hit.chain)) \(hit.number)"
    return ["\(program) \(place)"]
  }

  private func dockerRemedy(_ step: RuleStep) -> [String] {
    let hasUserChain = observation.host.chains.contains {
      $0.family == step.family && $0.name == "DOCKER-USER"
    }
    guard hasUserChain, step.hook == "forward" else {
      return ["docker network connect NETWORK CONTAINER"]
    }
    return iptables(step.family, "-nft", chain: "DOCKER-USER")
  }

  private func ufwRemedy(_ step: RuleStep?) -> [String] {
    let bridge = word(bridgeName)
    let insert = step?.chain.hasBytes(of: "user") == true ? "insert 1 " : ""
    if let step, step.hook == "input" || step.hook == "output" {
      let link = word(linkName(step.inputLink ?? step.outputLink, step.side))
      return ["ufw \(insert)allow \(step.hook == "input" ? "in" : "out") on \(link)"]
    }
    return isInbound
      ? ["ufw route \(insert)allow out on \(bridge)"]
      : ["ufw route \(insert)allow in on \(bridge)"]
  }

  private func netctlRemedy(_ step: RuleStep) -> [String] {
    let output = observation.host.link(step.outputLink)
    let input = observation.host.link(step.inputLink)
    if isInbound, observation.container.owns(observation.probe.destination) {
      return [exception(observation.probe)]
    }
    if isInbound, input.flatMap(network) == nil {
      return output.flatMap(network)?.isInternal == true ? connecting : publishing
    }
    if let network, network.isInternal { return connecting }
    // From one network to another: a container may be on both.
    if let other = output.flatMap(network), other.id != network?.id {
      return ["netctl network connect \(word(other.name)) \(word(container))"]
    }
    return step.form.map { [exception($0)] } ?? []
  }

  /// The same for the messages by which IPv6 neighbours find each other.
  private var neighborException: [String] {
    guard observation.probe.family == .ipv6 else { return [] }
    let types = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert }"
    let bridge = "iifname \"\(bridgeName)\" oifname \"\(bridgeName)\""
    return ["nft add rule inet netctl admin " + word("\(bridge) \(types) accept")]
  }

  /// A rule in the administrator's chain among netctl's.
  private func exception(_ form: PacketForm) -> String {
    let name = form.family == .ipv4 ? "ip" : "ip6"
    return "nft add rule inet netctl admin "
      + word("\(name) saddr \(form.source) \(name) daddr \(form.destination) accept")
  }

  // MARK: Links and routes

  private func raising(_ link: LinkFacts, _ side: TraceSide) -> [String] {
    let up = inside(side) + "ip link set \(word(link.name)) up"
    if link.name == "lo" { return [up] }
    // A link that is down loses its routes, and its IPv6 addresses.
    if isManaged { return [up, Self.reload] }
    guard side == .container, let gateway else { return [up] }
    return [
      up,
      inside(.container)
        + "ip \(familyFlag)route replace default via \(gateway) dev \(word(link.name))",
    ]
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

  /// A network with a way out.
  private var connecting: [String] {
    let family = observation.probe.family
    let open = networks.filter {
      $0.driver == .bridge && !$0.isInternal && !$0.isConfigurationOnly
        && $0.families.contains(family)
    }
    if let network = open.first(where: \.isPredefined) ?? open.first {
      return ["netctl network connect \(word(network.name)) \(word(container))"]
    }
    return [
      "netctl network create --ipv6 outward",
      "netctl network connect outward \(word(container))",
    ]
  }

  /// The link by which the host reaches the outside, as far as that can be told without a route.
  private var uplinkFacts: LinkFacts? {
    let family = observation.probe.family
    return observation.host.links.first { link in
      link.name != "lo" && link.kind != "bridge" && link.master == nil && link.isUp
        && !observation.host.addresses(of: link.index, family).filter {
          !$0.address.isLinkLocalUnicast
        }.isEmpty
    }
  }

  private var uplink: String { uplinkFacts.map { word($0.name) } ?? "LINK" }

  private var router: String {
    let known = observation.host.neighbors.filter {
      $0.link == uplinkFacts?.index && $0.address.family == observation.probe.family
        && $0.mac != nil
        && ($0.address.family == .ipv4 || $0.isRouter || !$0.address.isLinkLocalUnicast)
    }
    return known.count == 1 ? known[0].address.description : "ROUTER"
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
    if isManaged, network?.options["com.docker.network.bridge.enable_ip_masquerade"] != "false" {
      return [Self.reload]
    }
    guard let link = path.containerLink,
      let subnet = observation.container.addresses(of: link.index, observation.probe.family).first
    else { return [] }
    let program = observation.probe.family == .ipv4 ? "iptables-nft" : "ip6tables-nft"
    return [
      "\(program) -t nat -A POSTROUTING -s \(subnet.masked) ! -o \(word(bridgeName)) -j MASQUERADE"
    ]
  }

  private var publishing: [String] {
    let port = request.port
    let isHeld = ports.contains {
      $0.hostPort == port && $0.transport.name == request.protocol.name
    }
    if isHeld { return [Self.reload] }
    let transport = request.protocol == .udp ? "/udp" : ""
    return ["netctl network publish \(word(container)) \(port):\(port)\(transport)"]
  }

  private var bridgeName: String {
    path.bridge?.name ?? path.containerLink.flatMap(path.hostEnd)?.name ?? "BRIDGE"
  }
}

extension RuleStep {
  /// Whether it drops whatever reaches it.
  fileprivate var isUnconditional: Bool {
    isPolicy || rule.map { $0 == "drop" || $0.hasPrefix("reject") } ?? false
  }

  /// Whether iptables-nft(8) manages the chain; it cannot list nft's own rules there.
  fileprivate var isOfIptables: Bool {
    let chains = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]
    let tables = ["filter", "nat", "mangle", "raw", "security"]
    return ["ip", "ip6"].contains(family) && tables.contains(table) && chains.contains(chain)
  }
}
