package import Addressing
package import Configuration
import LinuxSystem
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
  /// else those that the container was given, else those of the settings, asked from the container;
  /// else the host's, asked from the host, unless no network leads outside (Docker).
  package static func upstreams(
    of networks: [Network], given: [IPAddress], _ settings: ResolverSettings,
    _ host: ResolverConfiguration
  ) -> [Upstream] {
    for network in networks {
      guard case .servers(let servers) = NetworkResolverOption(network.options) else { continue }
      return servers.map { Upstream(address: $0, isAskedInside: true) }
    }
    // A runtime gives its containers those of the host's that it can.
    let given = Set(given).isSubset(of: host.servers) ? [] : given
    let inside = given.isEmpty ? settings.servers : given
    let isInside = !inside.isEmpty
    guard isInside || networks.contains(where: { !$0.isInternal }) else { return [] }
    let servers = isInside ? inside : host.servers
    return servers.map { Upstream(address: $0, isAskedInside: isInside) }
  }

  /// The name servers that the runtime of a container gave it, in the file that it mounted.
  package static func givenServers(of container: Container) -> [IPAddress] {
    guard let path = container.nameMounts?.resolver,
      let bytes = try? RegularFile.contents(of: path)
    else { return [] }
    let made = ResolverFile.isOwn(bytes) ? ResolverFile.former(in: bytes) ?? [] : bytes
    return ResolverConfiguration(String(decoding: made, as: UTF8.self)).servers
      .filter { $0 != ResolverFile.server }
  }
}
