public import Addressing

/// The result of a route lookup.
public struct ChosenRoute: Hashable, Sendable {
  /// The destination prefix of the route.
  public let destination: IPPrefix
  /// The output interface; nil if there are several.
  public let link: UInt32?
  /// The routing table's ID.
  public let table: UInt32

  package init(destination: IPPrefix, link: UInt32?, table: UInt32) {
    self.destination = destination
    self.link = link
    self.table = table
  }
}
