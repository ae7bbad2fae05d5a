import NetworkService

extension Diagnostics {
  /// A notice, and what can be done about it.
  static func text(_ notice: Notice) -> String {
    switch notice {
    case .defaultNetworkRouted(let subnet, let routes):
      "Warning: no predefined address pool is free for network bridge: host routes overlap "
        + "them: \(list(routes)); it has \(subnet) anyway"
    case .portWaiting(let port, let bridge):
      "Warning: port \(port) waits for the spanning tree of bridge \(bridge): the container has "
        + "no network until twice the bridge's forward delay has passed, usually 30 s"
    case .unfinished(let change, let reason):
      "Warning: " + text(ServiceError.unfinished(change, reason))
    case .ignored(let error): "Ignored: " + text(error)
    }
  }
}
