package import Addressing
package import KernelModel
package import NetworkModel

/// A driver whose networks can publish ports of their containers.
package protocol PortPublishing: NetworkDriver {
  /// The default host address of published ports; nil for all addresses.
  var defaultHostAddress: IPAddress? { get }
  /// Whether ports of a family are published at all: without a firewall, nothing leads to them.
  func publishes(_ family: AddressFamily) -> Bool
  /// Whether published ports of a family are reached at the container's own address instead of a
  /// host port.
  func isRouted(_ family: AddressFamily) -> Bool
  /// What a published port of an endpoint requires of the firewall; nil when the endpoint has no
  /// address of the port's family or the network is not reachable.
  func policy(for port: PublishedPort, on endpoint: Endpoint) -> PortPolicy?
}
