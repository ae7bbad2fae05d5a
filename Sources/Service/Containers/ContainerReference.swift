/// How a user refers to a container.
///
/// - A string with a `/` is the path of a namespace file.
/// - `kind:NAME` asks one kind of finder, for example `netns:web`, `pid:4711` or `docker:web`.
/// - `kind@UID:NAME` asks the finders of that kind for the containers of a user's own runtime.
/// - Any other string is a name, which the finders are asked for in turn.
package enum ContainerReference: Equatable, Sendable {
  case path(String)
  case explicit(ContainerKind, user: UInt32?, name: String)
  case name(String)

  /// Parses a reference; nil for a string that cannot refer to anything.
  package init?(_ text: String) {
    if text.utf8.contains(0) || text.isEmpty { return nil }
    if text.contains("/") {
      self = .path(text)
    } else if let colon = text.firstIndex(of: ":"),
      let (kind, user) = Self.kind(text[..<colon])
    {
      let name = text[text.index(after: colon)...]
      // Every ID begins with the empty one.
      if name.isEmpty { return nil }
      self = .explicit(kind, user: user, name: String(name))
    } else {
      self = .name(text)
    }
  }

  /// The name under which a container that is referred to like this is recorded.
  package var recordedName: String {
    switch self {
    case .path(let path): NamedNamespaceFinder.container(atPath: path).name
    case .explicit(.process, _, let name): "\(ContainerKind.process.rawValue):\(name)"
    case .explicit(_, _, let name), .name(let name): name
    }
  }

  private static func kind(_ text: Substring) -> (ContainerKind, user: UInt32?)? {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = ContainerKind(rawValue: String(parts[0])), kind != .path else { return nil }
    guard parts.count == 2 else { return (kind, nil) }
    guard let user = UInt32(exactSpelling: parts[1]) else { return nil }
    return (kind, user)
  }
}

extension UInt32 {
  /// Parses the one spelling of a number without sign and leading zeros.
  init?(exactSpelling text: some StringProtocol) {
    guard let number = UInt32(text), "\(number)" == text else { return nil }
    self = number
  }
}
