package import Addressing
package import NetworkModel

/// Published ports as `docker port` shows them.
package enum PortText {
  /// Every port, as `80/tcp -> 0.0.0.0:8080`, in Docker's order.
  package static func mappings(_ ports: [PublishedPort]) -> [String] {
    ports.map { "\($0.containerPort)/\($0.transport.name) -> \(socket($0))" }
      .sorted(by: NaturalOrder.precedes)
  }

  /// The host sockets that lead to a container port, in Docker's order.
  package static func sockets(_ ports: [PublishedPort]) -> [String] {
    ports.map(socket).sorted(by: NaturalOrder.precedes)
  }

  /// The ports whose host port the requests left open.
  package static func chosen(_ ports: [PublishedPort], for requests: [PortRequest]) -> [String] {
    let fixed = requests.filter { $0.hostPorts?.count == 1 }
    let candidates = Dictionary(grouping: fixed) { $0.containerPort }
    return mappings(
      ports.filter { port in
        port.hostPort != nil
          && !(candidates[port.containerPort] ?? []).contains { $0.matches(port) }
      })
  }

  /// An address and a port.
  package static func socket(_ host: IPAddress, _ port: UInt16) -> String {
    "\(address(host)):\(port)"
  }

  /// An address as written before a port.
  package static func address(_ host: IPAddress) -> String {
    host.family == .ipv6 ? "[\(host)]" : "\(host)"
  }

  // A port reached at the container's own address has no host port (Docker).
  private static func socket(_ port: PublishedPort) -> String {
    "\(address(port.host)):\(port.hostPort.map(String.init) ?? "")"
  }
}
