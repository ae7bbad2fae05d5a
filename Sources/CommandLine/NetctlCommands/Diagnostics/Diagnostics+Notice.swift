import NetworkService

extension Diagnostics {
  /// What a command found, and what can be done about it.
  static func text(_ notice: Notice) -> String {
    switch notice {
    case .defaultNetworkRouted(let subnet, let routes):
      "Warning: no predefined address pool is free for network bridge: routes of the host are in the "
        + "way: \(list(routes)); it has \(subnet) all the same"
    case .portWaiting(let port, let bridge):
      "Warning: port \(port) waits for the spanning tree of bridge \(bridge): the container reaches "
        + "nobody until twice the bridge's forward delay has passed, 30 s as a rule"
    case .unfinished(let change, let reason):
      "Warning: " + text(ServiceError.unfinished(change, reason))
    case .ignored(let error): "Ignored: " + text(error)
    }
  }
}
