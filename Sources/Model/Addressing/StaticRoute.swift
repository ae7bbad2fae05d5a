/// A route of a container besides its default routes.
public struct StaticRoute: Hashable, Sendable {
  /// The destination.
  public let destination: IPPrefix
  /// The next hop; nil for destinations on the link.
  public let nextHop: IPAddress?

  package init(_ destination: IPPrefix, via nextHop: IPAddress? = nil) {
    self.destination = destination
    self.nextHop = nextHop
  }
}
