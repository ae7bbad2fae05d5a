import Addressing
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// Completions of networks: names, and identities once one is started.
struct NetworkCompletions {
  private let kind: CompletionKind
  private let typed: String
  private let others: [String]
  private let networks: [Network]
  private let inUse: Set<NetworkID>

  /// Takes the recorded networks of a kind.
  init(_ kind: CompletionKind, at point: CompletionPoint<NetctlVerb>, _ service: NetworkService) {
    self.kind = kind
    typed = point.typed
    others = point.arguments
    let needsUse = kind == .removableNetwork || kind == .usedNetwork
    inUse = needsUse ? (try? service.networksInUse()) ?? [] : []
    networks = ((try? service.recordedNetworks()) ?? [])
      .sorted { NaturalOrder.precedes($0.name, $1.name) }
  }

  /// Those that are not named earlier.
  var candidates: [Candidate] {
    let acceptable = networks.filter(isAcceptable)
    let named = acceptable.filter { $0.name.utf8.starts(with: typed.utf8) }
    return
      (named.map { Candidate($0.name, summary(of: $0)) }
      + identities(of: acceptable, areNamesBegun: !named.isEmpty))
      .filter { !others.contains($0.word) }
  }

  // A word of letters only is probably the beginning of a name.
  private func identities(of networks: [Network], areNamesBegun: Bool) -> [Candidate] {
    guard isIdentityPrefix(typed), !areNamesBegun || typed.contains(where: \.isNumber) else {
      return []
    }
    return networks.filter { $0.id.description.hasPrefix(typed) }.map { network in
      let isLong = typed.utf8.count > network.id.short.utf8.count
      return Candidate(
        isLong ? network.id.description : network.id.short,
        "\(network.name), \(summary(of: network))")
    }
  }

  private func isAcceptable(_ network: Network) -> Bool {
    switch kind {
    case .removableNetwork: !network.isPredefined && !inUse.contains(network.id)
    case .customNetwork: !network.isPredefined
    case .joinableNetwork: network.isJoinable
    case .usedNetwork: inUse.contains(network.id)
    case .configuration: network.isConfigurationOnly
    default: true
    }
  }

  private func summary(of network: Network) -> String {
    let kind = network.isConfigurationOnly ? "configuration" : network.driver.rawValue
    return ([kind] + (network.ipam.subnets ?? []).map(\.subnet.description))
      .joined(separator: ", ")
  }
}

extension Network {
  /// Whether containers can be connected to it at all.
  var isJoinable: Bool { name != PredefinedNetwork.host.rawValue && !isConfigurationOnly }
}
