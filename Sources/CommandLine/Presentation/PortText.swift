public import Addressing
public import NetworkModel

/// Published ports as `docker port` shows them.
public enum PortText {
  /// Every port, as `80/tcp -> 0.0.0.0:8080`, in Docker's order.
  public static func mappings(_ ports: [PublishedPort]) -> [String] {
    ports.map { "\($0.containerPort)/\($0.transport.name) -> \(socket($0))" }
      .sorted(by: NaturalOrder.precedes)
  }

  /// What ports of the host lead to one of a container, in Docker's order.
  public static func sockets(_ ports: [PublishedPort]) -> [String] {
    ports.map(socket).sorted(by: NaturalOrder.precedes)
  }

  /// Those of the ports whose number the user could not know before.
  public static func chosen(_ ports: [PublishedPort], for requests: [PortRequest]) -> [String] {
    mappings(
      ports.filter { port in
        port.hostPort != nil
          && !requests.contains { $0.hostPorts?.count == 1 && $0.matches(port) }
      })
  }

  /// An address and a port.
  public static func socket(_ host: IPAddress, _ port: UInt16) -> String {
    "\(address(host)):\(port)"
  }

  /// An address as it stands before a port.
  public static func address(_ host: IPAddress) -> String {
    host.family == .ipv6 ? "[\(host)]" : "\(host)"
  }

  // A port that is reached by the container's own address has none of the host (Docker).
  private static func socket(_ port: PublishedPort) -> String {
    "\(address(port.host)):\(port.hostPort.map(String.init) ?? "")"
  }
}
