import Addressing
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

  // Rules that only open the paths between the bridge and the uplink and within the bridge: other
  // networks of the host, such as Docker's internal ones, stay as closed as they were.
  private static func hint(_ blockedTraffic: BlockedTraffic) -> String {
    let bridge = blockedTraffic.bridge.description
    let uplink = blockedTraffic.uplink?.description ?? "UPLINK"
    // Nothing leaves the bridge of an overlay network.
    let paths =
      uplink == bridge
      ? [(bridge, bridge)] : [(bridge, bridge), (bridge, uplink), (uplink, bridge)]
    let drop = blockedTraffic.drop
    switch drop.manager {
    case .docker, .legacy:
      let program = drop.family == "ip6" ? "ip6tables" : "iptables"
      let chain = drop.manager == .docker ? " -I DOCKER-USER" : "-legacy -I FORWARD"
      return commands(for: paths) { "\(program)\(chain) -i \($0) -o \($1) -j ACCEPT" }
    case .ufw:
      return commands(for: paths) { "ufw route allow in on \($0) out on \($1)" }
    case .firewalld:
      // Adding the bridge to the uplink's zone, unlike to "trusted", does not open the host's own
      // services.
      return "firewall-cmd --add-forward; firewall-cmd --add-interface="
        + TerminalText.shellQuoted(bridge)
    case .other:
      let command =
        "nft insert rule \(drop.family) \(TerminalText.escaped(drop.table)) "
        + "\(TerminalText.escaped(drop.chain))"
      return paths.map { input, output in
        let rule = "iifname \"\(input)\" oifname \"\(output)\" accept"
        return "\(command) \(TerminalText.shellQuoted(rule))"
      }.joined(separator: "; ")
    }
  }

  private static func commands(
    for paths: [(String, String)], _ command: (String, String) -> String
  ) -> String {
    paths.map { command(TerminalText.shellQuoted($0), TerminalText.shellQuoted($1)) }
      .joined(separator: "; ")
  }
}

extension Diagnostics {
  /// Where to look when rules of others decide about a packet.
  static let traceHint = "netctl network trace CONTAINER ADDRESS:PORT tells who stops a packet."
}

extension CommandContext {
  /// Warns if a network's traffic is blocked. If that cannot be determined it is ignored: the
  /// command itself has succeeded.
  func warn(of blockedTraffic: () throws(ServiceError) -> [BlockedTraffic]) {
    do throws(ServiceError) {
      let found = try blockedTraffic()
      for blockedTraffic in found { printError(Diagnostics.text(blockedTraffic)) }
      if !found.isEmpty, showsHints { printError(Diagnostics.traceHint) }
    } catch {
      return
    }
  }
}
