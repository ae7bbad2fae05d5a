import KernelModel
import NetworkService

extension Diagnostics {
  /// Which chain drops a network's traffic, and what its keeper can do.
  static func text(_ obstruction: Obstruction) -> String {
    let (drop, bridge) = (obstruction.drop, obstruction.bridge)
    return "Warning: chain \(Printable.text(drop.chain)) of table \(drop.family) "
      + "\(Printable.text(drop.table)) drops traffic of network \(Printable.text(obstruction.network));"
      + " to let it pass: \(remedy(drop, bridge))"
  }

  private static func remedy(_ drop: ForeignDrop, _ bridge: InterfaceName) -> String {
    switch drop.keeper {
    case .docker:
      let program = drop.family == "ip6" ? "ip6tables" : "iptables"
      return "\(program) -I DOCKER-USER -i \(bridge) -j ACCEPT; "
        + "\(program) -I DOCKER-USER -o \(bridge) -j ACCEPT"
    case .ufw:
      return "ufw route allow in on \(bridge); ufw route allow out on \(bridge)"
    case .firewalld:
      return "firewall-cmd --zone=trusted --add-interface=\(bridge)"
    case .other:
      let chain = "\(drop.family) \(Printable.text(drop.table)) \(Printable.text(drop.chain))"
      return "nft insert rule \(chain) iifname \(bridge) accept; "
        + "nft insert rule \(chain) oifname \(bridge) accept"
    }
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
