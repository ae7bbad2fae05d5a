package import LinuxSystem
package import NetworkModel

/// A container as its finder knows it.
package struct FoundContainer: Equatable, Sendable {
  /// What leads to the namespace of a container.
  package enum Location: Equatable, Sendable {
    /// A namespace file.
    case file(String)
    /// The first process of the container. The namespace is that of the container only while this
    /// process lives: a mounted namespace outlives its container.
    case process(ProcessIdentity)
    /// The container exists but does not run.
    case stopped
  }

  /// Whose namespace a container uses.
  package enum Sharing: Equatable, Sendable {
    /// One of its own.
    case none
    /// That of another container.
    case ofAnother
    /// That of the host on which its runtime runs, which is another than netctl's if netctl runs in
    /// a container.
    case ofHost
  }

  /// What made it.
  package let kind: ContainerKind
  /// The name that messages and `inspect` show.
  package let name: String
  /// The runtime's own ID, if that is not its name.
  package let id: String?
  /// What follows `kind:` in a reference that leads to this container and no other.
  private let reference: String
  package let location: Location
  /// The user whose word this is; nil for root's. The namespace must belong to this user, who could
  /// otherwise make root enter any namespace.
  package let user: UInt32?
  /// What its runtime calls its state, such as `paused`; nil if the runtime has no word for it.
  package let state: String?
  /// With what its program has ended, and when it was started, as its runtime says.
  package let exitCode: Int?
  package let startedAt: String?
  /// Whether its first process has ended, and its runtime has not noticed.
  package let hasEndedUnnoticed: Bool
  /// Whose namespace it uses when it runs.
  package let sharing: Sharing
  /// Whether its runtime calls netctl's hook when it starts; nil if that cannot be told.
  package let hasHook: Bool?
  /// The files with which it resolves names, if its runtime mounted some.
  package let nameMounts: NameMounts?

  /// Creates a description; `reference` defaults to the name.
  package init(
    _ kind: ContainerKind, name: String, id: String? = nil, reference: String? = nil,
    location: Location, user: UInt32? = nil, state: String? = nil, exitCode: Int? = nil,
    startedAt: String? = nil,
    hasEndedUnnoticed: Bool = false, sharing: Sharing = .none, hasHook: Bool? = nil,
    nameMounts: NameMounts? = nil
  ) {
    self.kind = kind
    self.name = name
    self.id = id
    self.reference = reference ?? name
    self.location = location
    self.user = user
    self.state = state
    self.exitCode = exitCode
    self.startedAt = startedAt
    self.hasEndedUnnoticed = hasEndedUnnoticed
    self.sharing = sharing
    self.hasHook = hasHook
    self.nameMounts = nameMounts
  }

  /// The file that leads to the namespace; nil if the container does not run.
  package var namespacePath: String? {
    switch location {
    case .file(let path): path
    case .process(let process): process.networkNamespacePath
    case .stopped: nil
    }
  }

  /// Whether the container still exists, as far as that can be told without its namespace.
  package var isRunning: Bool {
    switch location {
    case .file: true
    case .process(let process): process.isAlive
    case .stopped: false
    }
  }

  /// Its first process and the time it started; nil if it does not run, or ends with no process.
  package var firstProcess: (id: Int32, start: UInt64)? {
    if case .process(let process) = location { (process.id, process.start) } else { nil }
  }

  /// The ID of its first process, if that is known.
  package var process: Int32? {
    switch location {
    case .process(let process): process.id
    case .file: kind == .process ? Int32(reference) : nil
    case .stopped: nil
    }
  }

  /// Whether it has a process of its own, rather than a namespace that it is.
  package var hasProcess: Bool {
    if case .file = location { false } else { true }
  }

  /// The reference that leads to this container and no other.
  package var spelling: String {
    switch kind {
    case .path, .process: name
    case .namespace, .docker, .podman, .containerd, .crun, .runc, .machine, .nspawn, .lxc, .incus,
      .firejail:
      kind.rawValue + (user.map { "@\($0)" } ?? "") + ":" + reference
    }
  }
}

/// Whether processes live.
package enum ProcessLife {
  /// The start time of a live process; nil if there is none with this ID.
  package static func start(of process: Int32) -> UInt64? {
    ProcessIdentity(ofLive: process)?.start
  }

  /// When a live process was started, in nanoseconds since 1970; nil if there is none with this ID.
  package static func startTime(of process: Int32) -> Int64? {
    start(of: process).map(SystemClock.nanosecondsSinceEpoch(atTicks:))
  }

  /// Whether a process that started at a time, in clock ticks since boot, lives.
  package static func isAlive(_ process: Int32, start: UInt64) -> Bool {
    ProcessIdentity(id: process, start: start).isAlive
  }
}
