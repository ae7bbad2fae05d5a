import Addressing
import NetworkModel
import PacketTrace

/// The commands that let a packet pass a rule or policy. Typed twice, they change nothing more.
extension TraceReport {
  func remedy(_ step: RuleStep, _ manager: FirewallManager) -> [String] {
    switch manager {
    case .netctl: return netctlRemedy(step)
    case .docker: return step.hook == "forward" ? dockerRemedy(step.family, "-nft") : []
    case .ufw: return ufwRemedy(step)
    case .firewalld:
      return ["firewall-cmd --add-forward", "firewall-cmd --add-interface=\(word(bridgeName))"]
    case .libvirt:
      return step.isOfIptables ? accepting(step.family, "-nft", chain: "FORWARD", step) : []
    case .podman, .kubernetes, .systemd: return []
    case .administrator:
      if step.isForeign { return [Self.reload] }
      return step.handle == nil || step.isUnconditional ? accepting(step) : deletion(step)
    }
  }

  /// The deletion of a rule that the administrator made.
  func deletion(_ step: RuleStep) -> [String] {
    guard let handle = step.handle else { return [] }
    return [
      inside(step.side)
        + "nft delete rule \(step.family) \(word(step.table)) \(word(step.chain)) handle \(handle)"
    ]
  }

  // MARK: Exceptions from rules and policies that drop everything

  private func accepting(_ step: RuleStep) -> [String] {
    if step.isOfIptables {
      return accepting(step.family, "-nft", chain: step.chain, step)
    }
    return matches(step).map { match in
      inserting(
        match + " accept", "insert", "\(step.family) \(word(step.table)) \(word(step.chain))",
        step.side)
    }
  }

  /// Adds a rule to a chain of nftables, unless it is there.
  func inserting(
    _ rule: String, _ verb: String, _ chain: String, _ side: TraceSide = .host
  ) -> String {
    "\(inside(side))nft list chain \(chain) | grep -qF \(word(rule)) || "
      + "\(inside(side))nft \(verb) rule \(chain) \(word(rule))"
  }

  /// What the packet and its answer have in common with no more than the container's other traffic.
  private func matches(_ step: RuleStep) -> [String] {
    if step.direction == .resolution, observation.probe.family == .ipv6,
      ["inet", "ip6"].contains(step.family)
    {
      return ["icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert }"]
    }
    let input = step.inputLink.map { "iifname \(TerminalText.ruleQuoted(linkName($0, step.side)))" }
    let output = step.outputLink.map {
      "oifname \(TerminalText.ruleQuoted(linkName($0, step.side)))"
    }
    if step.side != .host { return [input ?? output ?? ""] }
    if step.family == "bridge" {
      guard step.hook == "forward", let end = path.containerLink.flatMap(path.hostEnd) else {
        return [input ?? output ?? ""]
      }
      return ["iifname", "oifname"].map { "\($0) \(TerminalText.ruleQuoted(end.name))" }
    }
    let bridge = TerminalText.ruleQuoted(bridgeName)
    let remote = isInbound ? observation.probe.source : observation.probe.destination
    let family = remote.family == .ipv4 ? "ip" : "ip6"
    switch step.hook {
    case "forward":
      let (out, back) = isInbound ? ("oifname", "iifname") : ("iifname", "oifname")
      return [
        "\(out) \(bridge)", "\(back) \(bridge) ct state established,related",
      ]
    case "prerouting" where step.family != "netdev":
      return ["iifname \(bridge)", "\(family) saddr \(remote)"]
    case "postrouting": return ["oifname \(bridge)", "\(family) daddr \(remote)"]
    default: return [input ?? output ?? ""]
    }
  }

  /// Rules of iptables(8) before those of a chain, which are added unless they are there.
  private func accepting(
    _ family: String, _ backend: String, table: String? = nil, chain: String,
    _ step: RuleStep? = nil, side: TraceSide? = nil, direction: TraceDirection = .probe
  ) -> [String] {
    let program =
      inside(side ?? step?.side ?? .host) + (family == "ip6" ? "ip6tables" : "iptables") + backend
    let place = table.map { " -t \($0)" } ?? ""
    return conditions(chain, step, side ?? step?.side ?? .host, step?.direction ?? direction).map {
      let rule = "\(word(chain)) \($0)-j ACCEPT"
      return "\(program)\(place) -C \(rule) 2>/dev/null || \(program)\(place) -I \(rule)"
    }
  }

  private func conditions(
    _ chain: String, _ step: RuleStep?, _ side: TraceSide, _ direction: TraceDirection
  ) -> [String] {
    if direction == .resolution, observation.probe.family == .ipv6 {
      return ["135", "136"].map { "-p ipv6-icmp --icmpv6-type \($0) " }
    }
    let isIncoming = ["PREROUTING", "INPUT"].contains(chain)
    let isOutgoing = ["OUTPUT", "POSTROUTING"].contains(chain)
    guard side == .host else {
      let link = word((side == .peer ? path.peerLink : path.containerLink)?.name ?? "eth0")
      return isIncoming ? ["-i \(link) "] : isOutgoing ? ["-o \(link) "] : [""]
    }
    let bridge = word(bridgeName)
    guard isIncoming || isOutgoing else {
      let replies = "-m conntrack --ctstate RELATED,ESTABLISHED "
      return isInbound
        ? ["-o \(bridge) ", "-i \(bridge) \(replies)"]
        : ["-i \(bridge) ", "-o \(bridge) \(replies)"]
    }
    let flag = isIncoming ? "-i" : "-o"
    if let index = isIncoming ? step?.inputLink : step?.outputLink {
      return ["\(flag) \(word(linkName(index, .host))) "]
    }
    // The packet enters by the bridge or leaves by it, and its answer does the opposite.
    let isByBridge = (direction == .probe) != isInbound ? isIncoming : isOutgoing
    let remote = isInbound ? observation.probe.source : observation.probe.destination
    return isByBridge ? ["\(flag) \(bridge) "] : [isIncoming ? "-s \(remote) " : "-d \(remote) "]
  }

  // MARK: Managers

  /// A rule of legacy xtables has no handle, and its number may be another's at any time.
  func remedy(_ hit: LegacyHit) -> [String] {
    let family = observation.probe.family == .ipv4 ? "ip" : "ip6"
    if hit.chain.hasPrefix("ufw") { return ufwRemedy(nil) }
    if hit.chain.hasPrefix("DOCKER"), hit.chain != "DOCKER-USER" {
      return dockerRemedy(family, "-legacy")
    }
    return accepting(
      family, "-legacy", table: hit.table == "filter" ? nil : hit.table, chain: hit.chain,
      side: hit.side, direction: hit.direction)
  }

  private func dockerRemedy(_ family: String, _ backend: String) -> [String] {
    let hasUserChain =
      backend == "-legacy"
      || observation.host.chains.contains { $0.family == family && $0.name == "DOCKER-USER" }
    return hasUserChain ? accepting(family, backend, chain: "DOCKER-USER") : []
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
