/// The available drivers.
public enum DriverName: String, Sendable, CaseIterable {
  /// A Linux bridge.
  case bridge
  /// The host's own namespace.
  case host
  /// Nothing but the loopback interface; Docker's network `none`.
  case null
}
