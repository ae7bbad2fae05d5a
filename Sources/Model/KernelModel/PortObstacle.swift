/// What keeps a port of the host from being used.
public enum PortObstacle: Hashable, Sendable {
  /// A process has it.
  case inUse
  /// The host does not have the address.
  case noSuchAddress
  /// The kernel does not give it to anybody, with its sentence why.
  case refused(String)
}

/// A process of the host.
public struct HostProcess: Hashable, Sendable {
  /// Its number.
  public let id: Int32
  /// The name of its command.
  public let command: String

  /// Takes every member.
  public init(id: Int32, command: String) {
    self.id = id
    self.command = command
  }
}
