/// The operational state of an interface (RFC 2863).
package enum OperationalState: UInt8, Hashable, Sendable {
  /// The driver does not say.
  case unknown
  /// A component of the interface is missing.
  case notPresent
  /// The interface cannot pass frames.
  case down
  /// A lower-layer interface is down.
  case lowerLayerDown
  /// The interface is being tested.
  case testing
  /// The interface waits for an external event, such as authentication.
  case dormant
  /// The interface passes frames.
  case up
}
