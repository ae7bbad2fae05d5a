import LinuxSystem
import NetworkModel

extension LockedState {
  /// Deletes everything that ended with an earlier boot: endpoints with their leases, and ports.
  /// Those that are restored when their container is started again wait for that; what is still to
  /// be undone by plugins stays.
  package func discardEarlierBoot() throws(StateError) {
    let waiting = try waitingForRestart()
    let containers = Set(waiting.map(\.container.id))
    let files = waiting.map { Layout.endpoint($0.id, of: $0.network) }
    let reserved = Set(
      containers.compactMap { (try? folder.ports(of: $0)) ?? nil }.flatMap(\.reservations))
    let reservations = try folder.names(in: Layout.ports).compactMap { ReservedPorts(name: $0) }
      .filter { $0.reservations.allSatisfy(reserved.contains) }.map(Layout.reservation)
    for endpoint in waiting {
      let file = Layout.endpoint(endpoint.id, of: endpoint.network)
      try replace(file, with: EndpointDocument.encode(endpoint))
    }
    let kept = Set(files + containers.map(Layout.ports) + reservations)
    for folder in [Layout.endpoints, Layout.containers, Layout.ports, Layout.leases] {
      try removeContents(of: folder, except: kept)
    }
    let pending = [Layout.unfinishedNetworkPrefix, Layout.pluginEndpointPrefix]
    for name in try folder.names(in: Layout.unfinished)
    where !pending.contains(where: name.hasPrefix) {
      try remove("\(Layout.unfinished)/\(name)")
    }
    for endpoint in waiting { try makeEntries(of: endpoint) }
  }

  // A power loss may have damaged any of them; what cannot be read is deleted.
  private func waitingForRestart() throws(StateError) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    for network in try folder.networksWithEndpoints() where folder.hasNetwork(network) {
      endpoints += ((try? folder.readEndpoints(of: network).endpoints) ?? [])
        .filter(\.isRestored).map(\.stopped)
    }
    return endpoints
  }

  // Directories contain directories, but no deeper ones.
  private func removeContents(of name: String, except kept: Set<String>) throws(StateError) {
    for entry in try folder.names(in: name) {
      let path = "\(name)/\(entry)"
      if folder.root.isDirectory(path) {
        for file in try folder.names(in: path) where !kept.contains("\(path)/\(file)") {
          try remove("\(path)/\(file)")
        }
        try removeFolder(path)
      } else if !kept.contains(path) {
        try remove(path)
      }
    }
  }
}
