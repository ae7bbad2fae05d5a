import KernelModel
import NetworkService

extension Diagnostics {
  /// Which chain drops a network's traffic, and what its keeper can do.
  static func text(_ obstruction: Obstruction) -> String {
    let drop = obstruction.drop
    return "Warning: chain \(Printable.text(drop.chain)) of table \(drop.family) "
      + "\(Printable.text(drop.table)) drops traffic of network \(Printable.text(obstruction.network));"
      + " to let it pass: \(remedy(obstruction))"
  }

  // Rules that open no more than the way between the bridge and the outside, and within the bridge:
  // other networks of the host, such as internal ones of Docker, stay as closed as they were.
  private static func remedy(_ obstruction: Obstruction) -> String {
    let bridge = obstruction.bridge.description
    let uplink = obstruction.uplink ?? "UPLINK"
    let ways = [(bridge, bridge), (bridge, uplink), (uplink, bridge)]
    let drop = obstruction.drop
    switch drop.keeper {
    case .docker:
      let command = "\(drop.family == "ip6" ? "ip6tables" : "iptables") -I DOCKER-USER"
      return ways.map { "\(command) -i \(quoted($0)) -o \(quoted($1)) -j ACCEPT" }
        .joined(separator: "; ")
    case .legacy:
      let program = drop.family == "ip6" ? "ip6tables-legacy" : "iptables-legacy"
      return ways.map { "\(program) -I FORWARD -i \(quoted($0)) -o \(quoted($1)) -j ACCEPT" }
        .joined(separator: "; ")
    case .ufw:
      return ways.map { "ufw route allow in on \(quoted($0)) out on \(quoted($1))" }
        .joined(separator: "; ")
    case .firewalld:
      // In the zone of the uplink, unlike in "trusted", the host's own services are not opened.
      return "firewall-cmd --add-forward; firewall-cmd --add-interface=\(quoted(bridge))"
    case .other:
      let command =
        "nft insert rule \(drop.family) \(Printable.text(drop.table)) \(Printable.text(drop.chain))"
      return ways.map { "\(command) \(quoted("iifname \"\($0)\" oifname \"\($1)\" accept"))" }
        .joined(separator: "; ")
    }
  }

  // A word for a shell: an interface may have any name.
  static func quoted(_ word: String) -> String {
    "'\(Printable.text(word.replacing("'", with: #"'\''"#)))'"
  }
}

extension CommandContext {
  /// Warns of what keeps a network's traffic from passing. What cannot be found out is no failure: the
  /// command has done its work.
  func warn(of obstructions: () throws(ServiceError) -> [Obstruction]) {
    do throws(ServiceError) {
      for obstruction in try obstructions() { printError(Diagnostics.text(obstruction)) }
    } catch {
      return
    }
  }
}
