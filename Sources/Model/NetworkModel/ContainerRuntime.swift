/// What runs a container, and thereby how people refer to it. A record may name one that this netctl
/// does not know.
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
}
