/// How a user refers to a container, and where its namespace file is.
///
/// - `netns:NAME` is a namespace created by `ip netns add NAME` (`/run/netns/NAME`).
/// - `pid:N` is the namespace of a process.
/// - A string with a `/` is the path of a namespace file.
/// - Any other string is tried as `netns:`.
package struct ContainerReference: Hashable, Sendable {
  /// The name that messages and `inspect` show.
  package let name: String
  /// The namespace file.
  package let path: String

  static let namedNamespaces = "/run/netns/"

  /// Parses a reference; nil for a string that cannot refer to anything.
  package init?(_ text: String) {
    if text.utf8.contains(0) { return nil }
    if text.contains("/") {
      self.init(path: text)
    } else if text.hasPrefix("pid:") {
      self.init(process: String(text.dropFirst("pid:".count)))
    } else {
      self.init(namespace: text.hasPrefix("netns:") ? String(text.dropFirst("netns:".count)) : text)
    }
  }

  private init?(namespace: String) {
    guard !namespace.isEmpty, namespace != ".", namespace != ".." else { return nil }
    name = namespace
    path = Self.namedNamespaces + namespace
  }

  private init?(process: String) {
    // Exactly one spelling per process: no sign, no leading zeros.
    guard let number = UInt32(process), number > 0, "\(number)" == process else { return nil }
    name = "pid:\(number)"
    path = "/proc/\(number)/ns/net"
  }

  private init(path: String) {
    let inner = path.dropFirst(Self.namedNamespaces.count)
    let isNamed = path.hasPrefix(Self.namedNamespaces) && !inner.contains("/") && !inner.isEmpty
    name = isNamed ? String(inner) : path
    self.path = path
  }
}
