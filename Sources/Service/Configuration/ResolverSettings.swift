package import Addressing

/// What the configuration says of name servers: `dns` (also `false`), `dns-search` and `dns-opts`.
package struct ResolverSettings: Hashable, Sendable {
  /// Whether containers get the name server of netctl.
  package var isEnabled = true
  /// What it asks, from the container; empty for the servers of the host, which it asks from the
  /// host.
  package var servers: [IPAddress] = []
  /// The domains that are tried behind a name; nil for the host's.
  package var search: [String]?
  /// Options of containers' resolvers; nil for the host's.
  package var options: [String]?

  package init() {}
}
