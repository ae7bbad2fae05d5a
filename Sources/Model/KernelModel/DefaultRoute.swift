public import Addressing

/// A default route through a gateway.
public struct DefaultRoute: Hashable, Sendable {
  /// The gateway's address; its family is the route's.
  public let gateway: IPAddress
  /// The outgoing interface.
  public let interface: String

  package init(gateway: IPAddress, interface: String) {
    self.gateway = gateway
    self.interface = interface
  }
}
