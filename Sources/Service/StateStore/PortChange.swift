package import NetworkModel

/// Ports that are about to be added to or removed from a container.
package struct PortChange: Hashable, Sendable {
  /// Only the ports that change.
  package let ports: ContainerPorts
  /// The endpoint they are added with: once it is attached, they are published.
  package let endpoint: EndpointID?

  package init(_ ports: ContainerPorts, with endpoint: EndpointID? = nil) {
    self.ports = ports
    self.endpoint = endpoint
  }
}
