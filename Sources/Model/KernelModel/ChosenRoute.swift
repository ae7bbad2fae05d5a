public import Addressing

/// The route that the kernel chose for an address.
public struct ChosenRoute: Hashable, Sendable {
  /// The block of addresses that it is for.
  public let destination: IPPrefix
  /// The link that packets leave by; nil for several.
  public let link: UInt32?
  /// The number of its table.
  public let table: UInt32

  /// Takes every member.
  public init(destination: IPPrefix, link: UInt32?, table: UInt32) {
    self.destination = destination
    self.link = link
    self.table = table
  }
}
