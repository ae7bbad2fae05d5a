public import Addressing

/// A network namespace that can be connected to networks.
public struct Container: Hashable, Sendable {
  /// The identity that its runtime gave it, or one derived from its namespace.
  public let id: ContainerID
  /// The name that messages and `inspect` show.
  public package(set) var name: String
  /// What runs it.
  public let runtime: ContainerRuntime
  /// The path through which the namespace was found.
  public let path: String
  /// The boot during which the namespace exists (`/proc/sys/kernel/random/boot_id`).
  public let boot: String
  /// The identity of the namespace.
  public let namespace: NetworkNamespaceID
  /// The process with which it ends; nil if there is none, or it is not known.
  public let process: FirstProcess?
  /// Whether its runtime can start it again under its ID, so that its connections wait for that.
  public let isRestartable: Bool
  /// The files of the host with which it resolves names, if its runtime mounted some.
  public let nameMounts: NameMounts?

  /// Describes a container. Unless given, the identity is derived from the namespace, and the
  /// runtime from the path.
  public init(
    id: ContainerID? = nil, name: String, runtime: ContainerRuntime? = nil, path: String,
    boot: String, namespace: NetworkNamespaceID, process: FirstProcess? = nil,
    isRestartable: Bool = false, nameMounts: NameMounts? = nil
  ) {
    self.id = id ?? namespace.containerID(boot: boot)
    self.name = name
    self.runtime = runtime ?? ContainerRuntime(namespacePath: path)
    self.path = path
    self.boot = boot
    self.namespace = namespace
    self.process = process
    self.isRestartable = isRestartable
    self.nameMounts = nameMounts
  }
}

/// The files of the host that a runtime mounted in a container.
public struct NameMounts: Hashable, Sendable {
  /// What is mounted on `/etc/hosts`.
  public let hosts: String?
  /// What is mounted on `/etc/resolv.conf`.
  public let resolver: String?

  /// Takes absolute paths; nil without any.
  public init?(hosts: String?, resolver: String?) {
    if hosts == nil && resolver == nil { return nil }
    self.hosts = hosts
    self.resolver = resolver
  }
}

extension Container {
  /// Whether it does not run: it has no namespace until it is started again.
  package var isStopped: Bool { namespace == .none }

  /// The container after it has stopped.
  package var stopped: Container {
    Container(
      id: id, name: name, runtime: runtime, path: "", boot: "", namespace: .none,
      isRestartable: isRestartable)
  }

  /// The ID that is derived from its namespace.
  package var derivedID: ContainerID { namespace.containerID(boot: boot) }

  /// The IDs under which it is on record: its own, and that of its namespace, so that whatever
  /// leads to the namespace leads to the container.
  package var recordedIDs: [ContainerID] {
    isStopped || derivedID == id ? [id] : [id, derivedID]
  }
}

/// The first process of a container. Another process may get its ID, but not its start time.
public struct FirstProcess: Hashable, Sendable {
  /// The process ID.
  public let id: Int32
  /// The time it started, in clock ticks since boot.
  public let start: UInt64

  package init(id: Int32, start: UInt64) {
    self.id = id
    self.start = start
  }
}

extension NetworkNamespaceID {
  /// That of a container that does not run: no namespace.
  package static let none = NetworkNamespaceID(device: 0, inode: 0, cookie: 0)

  /// 64 digits that stay the same for the lifetime of the namespace and are unique across boots.
  /// Docker draws container identities at random, but a bare namespace has nowhere to store one.
  fileprivate func containerID(boot: String) -> ContainerID {
    var mixer = Mixer()
    for byte in boot.utf8 { mixer.mix(UInt64(byte)) }
    mixer.mix(device)
    mixer.mix(inode)
    mixer.mix(cookie)
    return ContainerID(words: (0..<4).map { _ in mixer.next() })
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014), seeded with words before it is drawn from.
private struct Mixer {
  private var state: UInt64 = 0

  mutating func mix(_ word: UInt64) {
    state = next() ^ word
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
