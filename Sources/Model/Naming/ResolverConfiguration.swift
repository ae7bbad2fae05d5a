package import Addressing

/// A resolver's configuration (resolv.conf(5)).
package struct ResolverConfiguration: Hashable, Sendable {
  /// The name servers, in the order in which they are asked.
  package var servers: [IPAddress] = []
  /// The domains that are tried behind a name.
  package var search: [String] = []
  /// The options, such as `ndots:0`.
  package var options: [String] = []

  package init(servers: [IPAddress] = [], search: [String] = [], options: [String] = []) {
    self.servers = servers
    self.search = search
    self.options = options
  }

  /// Parses a file. Lines that are not understood are skipped, as resolvers do; of several `search`
  /// and `domain` lines the last one counts.
  package init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let first = line.first, first != "#", first != ";" else { continue }
      let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      switch words.first {
      case "nameserver":
        // Without the zone of a link-local address.
        if words.count > 1, let address = IPAddress(words[1].prefix { $0 != "%" }.description) {
          servers.append(address)
        }
      case "search", "domain": search = Array(words.dropFirst())
      case "options": options += words.dropFirst()
      default: break
      }
    }
  }
}
