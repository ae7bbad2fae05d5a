/// The mark that netctl leaves on every link it makes (IFLA_IFALIAS): what the link belongs to.
public enum LinkOwner: Hashable, Sendable {
  /// The bridge of the network with this identity.
  case network(String)
  /// An end of the veth pair of the endpoint with this identity.
  case endpoint(String)

  /// The mark as it stands in the kernel.
  public var alias: String {
    switch self {
    case .network(let id): "netctl network \(id)"
    case .endpoint(let id): "netctl endpoint \(id)"
    }
  }

  /// Reads a mark; nil for an alias that is not netctl's.
  public init?(alias: String) {
    let words = alias.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "netctl" else { return nil }
    switch words[1] {
    case "network": self = .network(String(words[2]))
    case "endpoint": self = .endpoint(String(words[2]))
    default: return nil
    }
  }
}
