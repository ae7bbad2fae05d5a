/// How an endpoint on record stands to the kernel.
public enum EndpointPhase: String, Sendable {
  /// The kernel holds it.
  case attached
  /// A command is attaching or detaching it, or was interrupted at that.
  case unfinished
  /// Its container or its link is gone; it counts as detached, and is forgotten soon.
  case vanished
}
