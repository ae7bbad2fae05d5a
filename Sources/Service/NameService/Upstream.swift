package import Addressing
package import Configuration
package import Naming
package import NetworkModel

/// A name server that the one of netctl asks.
package struct Upstream: Hashable, Sendable {
  package let address: IPAddress
  /// Whether it is asked from the container, and not from the host.
  package let isAskedInside: Bool
}

extension NameServerClient {
  /// The name servers for a container on these networks: those of the first network that has some,
  /// else those of the settings, asked from the container; else the host's, asked from the host,
  /// unless no network leads outside (Docker).
  package static func upstreams(
    of networks: [Network], _ settings: ResolverSettings, _ host: ResolverConfiguration
  ) -> [Upstream] {
    for network in networks {
      guard case .servers(let servers) = NetworkResolverOption(network.options) else { continue }
      return servers.map { Upstream(address: $0, isAskedInside: true) }
    }
    let isInside = !settings.servers.isEmpty
    guard isInside || networks.contains(where: { !$0.isInternal }) else { return [] }
    let servers = isInside ? settings.servers : host.servers
    return servers.map { Upstream(address: $0, isAskedInside: isInside) }
  }
}
