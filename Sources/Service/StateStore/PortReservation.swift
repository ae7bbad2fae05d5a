public import NetworkModel

/// A published port and its container.
public struct PortReservation: Hashable, Sendable {
  /// The port.
  public let port: PublishedPort
  /// The container it belongs to.
  public let container: ContainerID

  package init(_ port: PublishedPort, of container: ContainerID) {
    self.port = port
    self.container = container
  }
}
