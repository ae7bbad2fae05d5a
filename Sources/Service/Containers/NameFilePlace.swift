package import NetworkModel

/// Where the files are with which a container resolves names.
package enum NameFilePlace: Hashable, Sendable {
  /// The directory of the namespace with this name, whose files `ip netns exec` mounts.
  case namespace(String)
  /// Files that a runtime mounted in the container.
  case mounted(NameMounts)

  /// The files of a container; nil if it has none that could be changed.
  package init?(of container: Container) {
    if let mounts = container.nameMounts {
      self = .mounted(mounts)
      return
    }
    let found = NamedNamespaceFinder.container(atPath: container.path)
    guard found.kind == .namespace else { return nil }
    self = .namespace(found.name)
  }
}

/// One of the two files with which a container resolves names.
package enum NameFile: String, Sendable {
  case hosts
  case resolver = "resolv.conf"
}
