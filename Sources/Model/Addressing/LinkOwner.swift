/// The owner that netctl records in the alias (IFLA_IFALIAS) of every link it creates.
public enum LinkOwner: Hashable, Sendable {
  /// The device of the network with this identity.
  case network(String)
  /// The part of that device that leads to other hosts.
  case tunnel(String)
  /// A device that all networks with a device of this name share.
  case parent(String)
  /// A link of the endpoint with this identity: the host end of its veth pair, or else its
  /// interface in the container.
  case endpoint(String)

  /// The alias.
  public var alias: String {
    switch self {
    case .network(let id): "netctl network \(id)"
    case .tunnel(let id): "netctl tunnel \(id)"
    case .parent(let name): "netctl parent \(name)"
    case .endpoint(let id): "netctl endpoint \(id)"
    }
  }

  /// Parses an alias; nil if it is not netctl's.
  public init?(alias: String) {
    if let id = Self.id(in: alias, after: "netctl network ") {
      self = .network(id)
    } else if let id = Self.id(in: alias, after: "netctl tunnel ") {
      self = .tunnel(id)
    } else if let id = Self.id(in: alias, after: "netctl parent ") {
      self = .parent(id)
    } else if let id = Self.id(in: alias, after: "netctl endpoint ") {
      self = .endpoint(id)
    } else {
      return nil
    }
  }

  private static func id(in alias: String, after prefix: String) -> String? {
    guard alias.hasPrefix(prefix) else { return nil }
    let id = alias.utf8.dropFirst(prefix.utf8.count)
    return id.contains(UInt8(ascii: " ")) ? nil : String(Substring(id))
  }
}
