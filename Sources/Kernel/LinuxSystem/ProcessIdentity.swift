/// A process, told by its start time from a later one with the same ID.
package struct ProcessIdentity: Hashable, Sendable {
  /// The process ID.
  package let id: Int32
  /// The time it started, in clock ticks since boot (field 22 of proc_pid_stat(5)).
  package let start: UInt64

  /// Takes both, for example from a record.
  package init(id: Int32, start: UInt64) {
    self.id = id
    self.start = start
  }

  /// The live process with an ID; nil if there is none, or only a zombie.
  package init?(ofLive id: Int32) {
    guard let status = ProcessStatus(of: id), !status.isOver else { return nil }
    self.init(id: id, start: status.start)
  }

  /// Whether the process is live. One that has ended but was not waited for is not: it keeps its ID
  /// and start time, but has no namespaces.
  package var isAlive: Bool { ProcessIdentity(ofLive: id) == self }

  /// Its network namespace.
  package var networkNamespacePath: String { "/proc/\(id)/ns/net" }

  /// The processes that its main thread has started; empty if it has ended.
  package var children: [ProcessIdentity] {
    let text = (try? PseudoFile.read("/proc/\(id)/task/\(id)/children")) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
      .compactMap(ProcessIdentity.init(ofLive:))
  }
}

/// The parts of `/proc/PID/stat` that netctl uses.
struct ProcessStatus {
  /// One letter, such as `R`.
  let state: Character
  /// In clock ticks since boot.
  let start: UInt64

  /// Reads the status; nil if there is no such process.
  init?(of id: Int32) {
    guard id > 0, let text = try? PseudoFile.read("/proc/\(id)/stat"),
      // The fields follow the name, which may contain any characters.
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[end...].dropFirst(2).split(separator: " ")
    // The first of these is field 3.
    guard fields.count > 19, let state = fields[0].first, let start = UInt64(fields[19]) else {
      return nil
    }
    self.state = state
    self.start = start
  }

  /// Whether it is a zombie, or about to be removed.
  var isOver: Bool { "ZXx".contains(state) }

  /// Whether it is stopped, for example by SIGSTOP or a debugger.
  var isStopped: Bool { "Tt".contains(state) }
}
