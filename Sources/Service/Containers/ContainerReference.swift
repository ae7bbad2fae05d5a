/// What a user wrote to name a container, and where its namespace is to be found.
///
/// - `netns:NAME` is the namespace that `ip netns add NAME` makes (`/run/netns/NAME`).
/// - `pid:N` is the namespace of a process.
/// - Text with a `/` is the path of a namespace file.
/// - Any other text is tried as `netns:`.
public struct ContainerReference: Hashable, Sendable {
  /// The name that messages and `inspect` show.
  public let name: String
  /// The namespace file.
  public let path: String

  static let namedNamespaces = "/run/netns/"

  /// Reads a reference; nil for text that can name nothing.
  public init?(_ text: String) {
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
    // One spelling for each process, without signs and leading zeros.
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
