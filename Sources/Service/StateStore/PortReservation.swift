import Addressing
public import NetworkModel

/// A published port and its container, stored as the name of an empty file, so that the allocated
/// host ports can be read from one directory.
public struct PortReservation: Hashable, Sendable {
  /// The port.
  public let port: PublishedPort
  /// The container it belongs to.
  public let container: ContainerID

  package init(_ port: PublishedPort, of container: ContainerID) {
    self.port = port
    self.container = container
  }

  init?(name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5, let transport = Transport(name: parts[0]),
      let hostPort = UInt16(parts[1]), let host = IPAddress(String(parts[2])),
      let containerPort = UInt16(parts[3]), let container = ContainerID(String(parts[4]))
    else { return nil }
    self.init(
      PublishedPort(
        host: host, hostPort: hostPort == 0 ? nil : hostPort, transport: transport,
        containerPort: containerPort),
      of: container)
  }

  var name: String {
    "\(port.transport.name)-\(port.hostPort ?? 0)-\(port.host)-\(port.containerPort)-\(container)"
  }
}
