import NetworkModel

extension LockedState {
  /// Reserves ports for a container.
  func reserve(
    _ ports: some Sequence<PublishedPort>, for container: ContainerID
  ) throws(StateError) {
    for run in PortRun.runs(of: ports) {
      try touch(Layout.reservation(ReservedPorts(run, of: container)))
    }
  }

  /// Releases ports of a container. Where they are part of a file's, the rest is reserved first, so
  /// that an interruption releases nothing else.
  func release(_ ports: Set<PublishedPort>, of container: ContainerID) throws(StateError) {
    for name in try folder.names(in: Layout.ports) where name.hasSuffix(container.description) {
      guard let file = ReservedPorts(name: name), file.run.ports.contains(where: ports.contains)
      else { continue }
      try reserve(file.run.ports.filter { !ports.contains($0) }, for: container)
      try remove(Layout.reservation(file))
    }
  }
}
