/// The owner that netctl records in the alias (IFLA_IFALIAS) of every link it creates.
public enum LinkOwner: Hashable, Sendable {
  /// The device of the network with this identity.
  case network(String)
  /// A device that all networks with a device of this name share.
  case parent(String)
  /// A link of the endpoint with this identity: the host end of its veth pair, or else its
  /// interface in the container.
  case endpoint(String)

  /// The alias.
  public var alias: String {
    switch self {
    case .network(let id): "netctl network \(id)"
    case .parent(let name): "netctl parent \(name)"
    case .endpoint(let id): "netctl endpoint \(id)"
    }
  }

  /// Parses an alias; nil if it is not netctl's.
  public init?(alias: String) {
    let words = alias.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "netctl" else { return nil }
    switch words[1] {
    case "network": self = .network(String(words[2]))
    case "parent": self = .parent(String(words[2]))
    case "endpoint": self = .endpoint(String(words[2]))
    default: return nil
    }
  }
}
