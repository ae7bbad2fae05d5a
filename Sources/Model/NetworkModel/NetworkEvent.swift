/// Something that happened to a network.
public struct NetworkEvent: Hashable, Sendable {
  /// What can happen: Docker's words, then netctl's own.
  public enum Action: String, Hashable, CaseIterable, Sendable {
    /// It was created.
    case create
    /// A container was connected.
    case connect
    /// A container was disconnected, or is gone.
    case disconnect
    /// It was removed.
    case destroy
    /// Unused networks were removed; this follows their own events.
    case prune
    /// Ports of a container were published.
    case publish
    /// Ports of a container were withdrawn.
    case unpublish
    /// It was given another definition.
    case update
    /// It was given another name.
    case rename
    /// The kernel was brought into agreement with the records.
    case reload
    /// What an interrupted command had left was undone.
    case recovery
  }

  /// What happened; that of a newer netctl may be none of `Action`.
  public let action: String
  /// The network's identity; empty if it concerns no single one.
  public let network: String
  /// The scope of the network.
  public let scope: String
  /// Its name, its driver and what else is worth knowing.
  public let attributes: [String: String]
  /// When it happened.
  public let time: Timestamp

  package init(
    action: String, network: String, scope: String = "local", attributes: [String: String],
    time: Timestamp
  ) {
    self.action = action
    self.network = network
    self.scope = scope
    self.attributes = attributes
    self.time = time
  }
}
