import LinuxSystem
import NetworkModel

extension LockedState {
  /// Deletes everything that ended with an earlier boot: endpoints with their leases, and ports.
  /// Those that are restored when their container is started again wait for that; what is still to
  /// be undone by plugins stays.
  package func discardEarlierBoot() throws(StateError) {
    let (waiting, requested) = try waitingForRestart()
    let containers = Set(waiting.map(\.container.id))
    let files = waiting.map { Layout.endpoint($0.id, of: $0.network) }
    var reserved: Set<PortReservation> = []
    var kept = containers
    for id in try folder.containersWithPorts() {
      guard let ports = (try? folder.ports(of: id)) ?? nil else { continue }
      // Without an endpoint that waits, the record itself says that they do.
      if !containers.contains(id) {
        guard ports.container.isStopped || requested.contains(id) else { continue }
        try replace(
          Layout.ports(of: id),
          with: PortsDocument.encode(
            ContainerPorts(container: ports.container.stopped, ports: ports.ports)))
        kept.insert(id)
      }
      reserved.formUnion(ports.reservations)
    }
    let reservations = try folder.names(in: Layout.ports).compactMap { ReservedPorts(name: $0) }
      .filter { $0.reservations.allSatisfy(reserved.contains) }.map(Layout.reservation)
    for endpoint in waiting {
      let file = Layout.endpoint(endpoint.id, of: endpoint.network)
      try replace(file, with: EndpointDocument.encode(endpoint))
    }
    let keptFiles = Set(files + kept.map(Layout.ports) + reservations)
    for folder in [Layout.endpoints, Layout.containers, Layout.ports, Layout.leases] {
      try removeContents(of: folder, except: keptFiles)
    }
    let pending = [Layout.unfinishedNetworkPrefix, Layout.pluginEndpointPrefix]
    for name in try folder.names(in: Layout.unfinished)
    where !pending.contains(where: name.hasPrefix) {
      try remove("\(Layout.unfinished)/\(name)")
    }
    for endpoint in waiting { try makeEntries(of: endpoint) }
  }

  // Also returns the containers whose runtime requests endpoints again. A power loss may have
  // damaged any of them; what cannot be read is deleted.
  private func waitingForRestart() throws(StateError) -> ([Endpoint], requested: Set<ContainerID>) {
    var endpoints: [Endpoint] = []
    var requested: Set<ContainerID> = []
    for network in try folder.networksWithEndpoints() where folder.hasNetwork(network) {
      let recorded = (try? folder.readEndpoints(of: network).endpoints) ?? []
      endpoints += recorded.filter(\.isRestored).map(\.stopped)
      requested.formUnion(recorded.filter(\.isRequestedAgain).map(\.container.id))
    }
    return (endpoints, requested)
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
