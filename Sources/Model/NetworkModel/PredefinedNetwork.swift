/// The networks that exist from the first run.
public enum PredefinedNetwork: String, Sendable, CaseIterable {
  /// Device `docker0`, 172.17.0.0/16.
  case bridge
  /// The host's own namespace.
  case host
  /// No network.
  case none

  /// Whether no network that users create can have this name.
  package static func isReserved(_ name: String) -> Bool {
    name == "default" || PredefinedNetwork(rawValue: name) != nil
  }
}
