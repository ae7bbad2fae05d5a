public import Addressing

/// A default route, through a gateway or straight out of an interface.
public struct DefaultRoute: Hashable, Sendable {
  /// The address family.
  public let family: AddressFamily
  /// The gateway's address; nil if all destinations are on the link.
  public let gateway: IPAddress?
  /// The outgoing interface.
  public let interface: InterfaceName

  package init(gateway: IPAddress, interface: InterfaceName) {
    self.family = gateway.family
    self.gateway = gateway
    self.interface = interface
  }

  /// A route without a gateway.
  package init(_ family: AddressFamily, interface: InterfaceName) {
    self.family = family
    self.gateway = nil
    self.interface = interface
  }

  /// The same route out of another interface.
  func on(_ interface: InterfaceName) -> DefaultRoute {
    gateway.map { DefaultRoute(gateway: $0, interface: interface) }
      ?? DefaultRoute(family, interface: interface)
  }
}
