/// What runs a container, and thereby how people refer to it. A record may name one that this
/// netctl does not know.
public struct ContainerRuntime: RawRepresentable, Hashable, Sendable {
  /// The name in records.
  public let rawValue: String

  /// Takes a name, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// None: a namespace made by `ip netns add`.
  public static let namedNamespace = ContainerRuntime(rawValue: "netns")
  /// None: the namespace of a process.
  public static let process = ContainerRuntime(rawValue: "pid")
  /// Unknown: a namespace found by its file.
  public static let file = ContainerRuntime(rawValue: "path")

  /// What the path of a namespace file tells.
  package init(namespacePath path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    self =
      switch (parts.count, parts.dropLast().joined(separator: "/")) {
      case (4, "/run/netns"): .namedNamespace
      case (5, let folder) where folder.hasPrefix("/proc/") && folder.hasSuffix("/ns"): .process
      default: .file
      }
  }

  /// Docker.
  public static let docker = ContainerRuntime(rawValue: "docker")
  /// Podman.
  public static let podman = ContainerRuntime(rawValue: "podman")
  /// containerd.
  public static let containerd = ContainerRuntime(rawValue: "containerd")
  /// crun by itself.
  public static let crun = ContainerRuntime(rawValue: "crun")
  /// runc by itself.
  public static let runc = ContainerRuntime(rawValue: "runc")

  /// Whether it gives the container's interfaces numbers, `eth0`, `eth1` and so on, and fails when
  /// one exists already.
  package var numbersInterfaces: Bool { isEngine }

  /// Whether it starts a stopped container again under the same ID.
  package var isEngine: Bool { self == .docker || self == .podman }

  /// Whether a container ends with its first process. A namespace has no such process, and other
  /// processes may be in that of one.
  package var hasFirstProcess: Bool {
    ![.namedNamespace, .process, .file].contains(self)
  }
}
