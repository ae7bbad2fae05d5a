/// The state of a recorded endpoint in the kernel.
public enum EndpointPhase: String, Sendable {
  /// It exists in the kernel.
  case attached
  /// A command is attaching or detaching it, or was interrupted doing so.
  case unfinished
  /// Its container does not run; it is attached when the container is started.
  case waiting
  /// Its container or its link is gone; it counts as detached and will be removed.
  case vanished
}
