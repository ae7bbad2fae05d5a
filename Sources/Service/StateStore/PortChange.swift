public import NetworkModel

/// Ports that a container is about to get or to lose.
public struct PortChange: Hashable, Sendable {
  /// Those ports and no others.
  public let ports: ContainerPorts
  /// The endpoint with which they come: once it is attached, they are published.
  public let endpoint: EndpointID?

  /// Takes every member.
  public init(_ ports: ContainerPorts, with endpoint: EndpointID? = nil) {
    self.ports = ports
    self.endpoint = endpoint
  }
}
