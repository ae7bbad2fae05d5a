package import NetworkModel

/// Ports that are about to be added to or removed from a container.
package struct PortChange: Hashable, Sendable {
  /// The container.
  package let container: Container
  /// Only the ports that change.
  package let ports: [PublishedPort]
  /// The endpoint they are added with: once it is attached, they are published.
  package let endpoint: EndpointID?

  package init(
    _ ports: [PublishedPort], of container: Container, with endpoint: EndpointID? = nil
  ) {
    self.container = container
    self.ports = ports
    self.endpoint = endpoint
  }
}
