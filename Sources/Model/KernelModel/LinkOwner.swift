/// The owner that netctl records in the alias (IFLA_IFALIAS) of every link it creates.
public enum LinkOwner: Hashable, Sendable {
  /// The bridge of the network with this identity.
  case network(String)
  /// An end of the veth pair of the endpoint with this identity.
  case endpoint(String)

  /// The alias.
  public var alias: String {
    switch self {
    case .network(let id): "netctl network \(id)"
    case .endpoint(let id): "netctl endpoint \(id)"
    }
  }

  /// Parses an alias; nil if it is not netctl's.
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
