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
  /// The files of the host with which it resolves names, if its runtime mounted some.
  public let nameMounts: NameMounts?

  /// Describes a container. Unless given, the identity is derived from the namespace, and the
  /// runtime from the path.
  public init(
    id: ContainerID? = nil, name: String, runtime: ContainerRuntime? = nil, path: String,
    namespace: NamespaceIdentity, nameMounts: NameMounts? = nil
  ) {
    self.id = id ?? namespace.containerID
    self.name = name
    self.runtime = runtime ?? ContainerRuntime(namespacePath: path)
    self.path = path
    self.namespace = namespace
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

  /// 64 digits that stay the same for the lifetime of the namespace. Docker draws container
  /// identities at random, but a bare namespace has nowhere to store one.
  var containerID: ContainerID {
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
