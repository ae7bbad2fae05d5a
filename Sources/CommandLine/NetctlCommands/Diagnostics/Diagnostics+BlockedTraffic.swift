import KernelModel
import NetworkService
import Presentation

extension Diagnostics {
  /// The chain that drops a network's traffic, and how its manager can allow it.
  static func text(_ blockedTraffic: BlockedTraffic) -> String {
    let drop = blockedTraffic.drop
    return "Warning: chain \(TerminalText.escaped(drop.chain)) of table \(drop.family) "
      + "\(TerminalText.escaped(drop.table)) drops traffic of network "
      + "\(TerminalText.escaped(blockedTraffic.network));"
      + " to let it pass: \(hint(blockedTraffic))"
  }

  // Rules that open no more than the way between the bridge and the outside, and within the bridge:
  // other networks of the host, such as internal ones of Docker, stay as closed as they were.
  private static func hint(_ blockedTraffic: BlockedTraffic) -> String {
    let bridge = blockedTraffic.bridge.description
    let uplink = blockedTraffic.uplink ?? "UPLINK"
    let ways = [(bridge, bridge), (bridge, uplink), (uplink, bridge)]
    let drop = blockedTraffic.drop
    switch drop.manager {
    case .docker:
      let command = "\(drop.family == "ip6" ? "ip6tables" : "iptables") -I DOCKER-USER"
      return ways.map { "\(command) -i \(TerminalText.shellQuoted($0)) -o \(TerminalText.shellQuoted($1)) -j ACCEPT" }
        .joined(separator: "; ")
    case .legacy:
      let program = drop.family == "ip6" ? "ip6tables-legacy" : "iptables-legacy"
      return ways.map { "\(program) -I FORWARD -i \(TerminalText.shellQuoted($0)) -o \(TerminalText.shellQuoted($1)) -j ACCEPT" }
        .joined(separator: "; ")
    case .ufw:
      return ways.map { "ufw route allow in on \(TerminalText.shellQuoted($0)) out on \(TerminalText.shellQuoted($1))" }
        .joined(separator: "; ")
    case .firewalld:
      // In the zone of the uplink, unlike in "trusted", the host's own services are not opened.
      return "firewall-cmd --add-forward; firewall-cmd --add-interface=\(TerminalText.shellQuoted(bridge))"
    case .other:
      let command =
        "nft insert rule \(drop.family) \(TerminalText.escaped(drop.table)) "
        + "\(TerminalText.escaped(drop.chain))"
      return ways.map { "\(command) \(TerminalText.shellQuoted("iifname \"\($0)\" oifname \"\($1)\" accept"))" }
        .joined(separator: "; ")
    }
  }

}

extension CommandContext {
  /// Warns if a network's traffic is blocked. If that cannot be determined it is ignored: the
  /// command itself has succeeded.
  func warn(of blockedTraffic: () throws(ServiceError) -> [BlockedTraffic]) {
    do throws(ServiceError) {
      for blockedTraffic in try blockedTraffic() { printError(Diagnostics.text(blockedTraffic)) }
    } catch {
      return
    }
  }
}
