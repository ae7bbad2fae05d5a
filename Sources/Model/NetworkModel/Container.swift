/// A network namespace that can be connected to networks.
public struct Container: Hashable, Sendable {
  /// The identity that its runtime gave it, or one derived from its namespace.
  public let id: ContainerID
  /// The name that messages and `inspect` show.
  public let name: String
  /// What runs it.
  public let runtime: ContainerRuntime
  /// The path through which the namespace was found.
  public let path: String
  /// The identity of the namespace.
  public let namespace: NamespaceIdentity
  /// The process with which it ends; nil if there is none, or it is not known.
  public let process: FirstProcess?
  /// Whether its runtime can start it again under its ID, so that its connections wait for that.
  public let isRestartable: Bool

  /// Describes a container. Unless given, the identity is derived from the namespace, and the
  /// runtime from the path.
  public init(
    id: ContainerID? = nil, name: String, runtime: ContainerRuntime? = nil, path: String,
    namespace: NamespaceIdentity, process: FirstProcess? = nil, isRestartable: Bool = false
  ) {
    self.id = id ?? namespace.containerID
    self.name = name
    self.runtime = runtime ?? ContainerRuntime(namespacePath: path)
    self.path = path
    self.namespace = namespace
    self.process = process
    self.isRestartable = isRestartable
  }
}

extension Container {
  /// Whether it does not run: it has no namespace until it is started again.
  package var isStopped: Bool { namespace == .none }

  /// The container after it has stopped.
  package var stopped: Container {
    Container(
      id: id, name: name, runtime: runtime, path: "", namespace: .none,
      isRestartable: isRestartable)
  }

  /// The IDs under which it is on record: its own, and that of its namespace, so that whatever
  /// leads to the namespace leads to the container.
  package var recordedIDs: [ContainerID] {
    let derived = namespace.containerID
    return isStopped || derived == id ? [id] : [id, derived]
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

/// The identity of a network namespace, unique across boots.
public struct NamespaceIdentity: Hashable, Sendable {
  /// The boot during which the namespace exists (`/proc/sys/kernel/random/boot_id`).
  public let boot: String
  /// The device number of the namespace file system.
  public let device: UInt64
  /// The inode number; the kernel reuses it once this namespace is gone.
  public let inode: UInt64
  /// The kernel's cookie (SO_NETNS_COOKIE, Linux 5.14), unique during a boot; 0 where the kernel
  /// has none.
  public let cookie: UInt64

  package init(boot: String, device: UInt64, inode: UInt64, cookie: UInt64) {
    self.boot = boot
    self.device = device
    self.inode = inode
    self.cookie = cookie
  }

  /// That of a container that does not run: no namespace.
  package static let none = NamespaceIdentity(boot: "", device: 0, inode: 0, cookie: 0)

  /// 64 digits that stay the same for the lifetime of the namespace. Docker draws container
  /// identities at random, but a bare namespace has nowhere to store one.
  package var containerID: ContainerID {
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
