/// Why a host port cannot be bound.
public enum PortUnavailability: Hashable, Sendable {
  /// A process has bound it.
  case inUse
  /// The host does not have the address.
  case noSuchAddress
  /// The kernel refuses it for another reason, with this message.
  case refused(String)
}

/// A process in the host's namespace.
public struct HostProcess: Hashable, Sendable {
  /// The process ID.
  public let id: Int32
  /// The command name.
  public let command: String

  package init(id: Int32, command: String) {
    self.id = id
    self.command = command
  }
}
