package import Addressing
package import NetworkModel

/// What a network says of the name servers of its containers: the option `io.netctl.dns`.
package enum NetworkResolverOption: Hashable, Sendable {
  /// As for all networks.
  case unset
  /// The network does not bring its containers the name server of netctl.
  case off
  /// What the name server of netctl asks for the network's containers.
  case servers([IPAddress])

  package static let key = "io.netctl.dns"

  /// Reads the options of a network; nil if the value is neither a truth value nor addresses
  /// between commas.
  package init?(_ options: [String: String]) {
    switch options[Self.key] {
    case nil, "true": self = .unset
    case "false": self = .off
    case let value?:
      let servers = value.split(separator: ",", omittingEmptySubsequences: false)
        .map { IPAddress(String($0)) }
      guard !servers.contains(nil) else { return nil }
      self = .servers(servers.compactMap(\.self))
    }
  }
}

extension Network {
  /// Whether the network brings its containers the name server of netctl.
  package var hasNameServer: Bool {
    !hasLinksOnly && !isConfigurationOnly && NetworkResolverOption(options) != .off
  }
}
