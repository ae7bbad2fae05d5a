/// What RFC 2863 calls the operational state of an interface.
public enum OperationalState: UInt8, Hashable, Sendable {
  /// The driver does not say.
  case unknown
  /// A part of the interface is missing.
  case notPresent
  /// The interface cannot pass frames.
  case down
  /// An interface below this one is down.
  case lowerLayerDown
  /// The interface is being tested.
  case testing
  /// The interface waits for something outside, such as authentication.
  case dormant
  /// The interface passes frames.
  case up
}
