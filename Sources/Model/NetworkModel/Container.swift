public import Addressing

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
  /// The boot during which the namespace exists (`/proc/sys/kernel/random/boot_id`).
  public let boot: String
  /// The identity of the namespace.
  public let namespace: NetworkNamespaceID

  /// Describes a container. Unless given, the identity is derived from the namespace, and the
  /// runtime from the path.
  public init(
    id: ContainerID? = nil, name: String, runtime: ContainerRuntime? = nil, path: String,
    boot: String, namespace: NetworkNamespaceID
  ) {
    self.id = id ?? namespace.containerID(boot: boot)
    self.name = name
    self.runtime = runtime ?? ContainerRuntime(namespacePath: path)
    self.path = path
    self.boot = boot
    self.namespace = namespace
  }
}

extension NetworkNamespaceID {
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
