public import NetworkModel

/// What an interrupted command left.
public struct Unfinished: Sendable {
  /// Networks that were being created or removed.
  public var networks: [Network] = []
  /// Endpoints that were being attached or detached.
  public var endpoints: [Endpoint] = []
  /// Ports that were being published or unpublished.
  public var ports: [PortChange] = []
  /// One error for each record that is damaged.
  public var damaged: [StateError] = []

  /// Whether there is nothing to do.
  public var isEmpty: Bool { networks.isEmpty && endpoints.isEmpty && ports.isEmpty }
}
