import Addressing
import LinuxSystem
package import NetworkModel

extension StateFolder {
  /// The leases of a network. If the file does not exist, as after a boot, they are derived from
  /// the network's definition and its endpoints.
  package func leases(of network: NetworkID) throws(StateError) -> NetworkLeases {
    let file = Layout.leases(network)
    if let bytes = try contents(of: file) { return try LeaseDocument.decode(bytes, file: file) }
    guard let definition = try self.network(network) else { return NetworkLeases() }
    return NetworkLeases(of: definition, try endpoints(of: network))
  }

  /// The attached endpoints of a network, ordered by identity. Only the kernel knows whether they
  /// are still alive.
  package func endpoints(of network: NetworkID) throws(StateError) -> [Endpoint] {
    let (endpoints, damaged) = try readEndpoints(of: network)
    if let error = damaged.first { throw error }
    return endpoints
  }

  /// The attached endpoints of a network, and one error for each damaged document.
  package func readEndpoints(
    of network: NetworkID
  ) throws(StateError) -> (endpoints: [Endpoint], damaged: [StateError]) {
    var (endpoints, damaged): ([Endpoint], [StateError]) = ([], [])
    for id in try endpointIDs(of: network) {
      do throws(StateError) {
        if let endpoint = try endpoint(id, of: network) { endpoints.append(endpoint) }
      } catch {
        damaged.append(error)
      }
    }
    return (endpoints, damaged)
  }

  /// The identities of a network's attached endpoints.
  package func endpointIDs(of network: NetworkID) throws(StateError) -> [EndpointID] {
    try names(in: Layout.endpoints(of: network)).filter { $0.hasSuffix(".json") }
      .compactMap { EndpointID(String($0.dropLast(".json".count))) }
  }

  /// Whether a network has an attached endpoint on record.
  package func hasEndpoints(_ network: NetworkID) throws(StateError) -> Bool {
    try !names(in: Layout.endpoints(of: network)).isEmpty
  }

  /// The networks that have attached endpoints on record.
  package func networksWithEndpoints() throws(StateError) -> Set<NetworkID> {
    Set(try names(in: Layout.endpoints).compactMap { NetworkID($0) })
  }

  /// The attached endpoints of a container on any network.
  package func endpoints(of container: ContainerID) throws(StateError) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    for name in try names(in: Layout.container(container)) {
      let parts = name.split(separator: ".")
      guard parts.count == 2, let network = NetworkID(String(parts[0])),
        let id = EndpointID(String(parts[1]))
      else { continue }
      if let endpoint = try endpoint(id, of: network) { endpoints.append(endpoint) }
    }
    return endpoints
  }

  /// The networks on which a container has an endpoint, attached or not.
  package func networkIDs(of container: ContainerID) throws(StateError) -> [NetworkID] {
    try names(in: Layout.container(container)).compactMap { name in
      name.utf8.firstIndex(of: UInt8(ascii: ".")).flatMap { NetworkID(String(name[..<$0])) }
    }
  }

  /// The ports of a container; nil when it has none.
  package func ports(of container: ContainerID) throws(StateError) -> ContainerPorts? {
    let file = Layout.ports(of: container)
    guard let bytes = try contents(of: file) else { return nil }
    let decoded = try PortsDocument.decode(bytes, file: file)
    return ContainerPorts(container: decoded.container, ports: decoded.ports)
  }

  /// The containers that have attached endpoints or ports.
  package func containers() throws(StateError) -> [ContainerID] {
    try names(in: Layout.containers).compactMap { ContainerID($0) }
  }

  /// The containers that have ports.
  package func containersWithPorts() throws(StateError) -> [ContainerID] {
    try containers().filter { root.contains(Layout.ports(of: $0)) }
  }

  /// The published ports of all containers.
  package func portReservations() throws(StateError) -> PortReservations {
    PortReservations(names: try names(in: Layout.ports))
  }

  /// The host record.
  package func host() throws(StateError) -> HostRecord? {
    guard let bytes = try contents(of: Layout.host) else { return nil }
    return try HostDocument.decode(bytes, file: Layout.host)
  }

  /// The damage in the documents that belong to a network: leases, endpoints, ports.
  package func damage(of network: NetworkID) -> [StateError] {
    var damage: [StateError] = []
    func check(_ read: () throws(StateError) -> Void) {
      do throws(StateError) { try read() } catch { damage.append(error) }
    }
    // If there is no such file, leases are derived from the endpoints, which are read anyway.
    if root.contains(Layout.leases(network)) {
      check { () throws(StateError) in _ = try leases(of: network) }
    }
    for id in (try? endpointIDs(of: network)) ?? [] {
      check { () throws(StateError) in
        guard let endpoint = try endpoint(id, of: network) else { return }
        _ = try ports(of: endpoint.container.id)
      }
    }
    return damage
  }

  /// The identities of pending changes, whether interrupted or still running.
  package func unfinishedIdentities() throws(StateError) -> [String] {
    try names(in: Layout.unfinished).compactMap { name in
      name.split(separator: "-").last?.split(separator: ".").first.map(String.init)
    }
  }

  /// The pending changes of an interrupted command.
  package func unfinished() throws(StateError) -> PendingChanges {
    unfinished(named: try names(in: Layout.unfinished))
  }

  func unfinished(named names: [String]) -> PendingChanges {
    var unfinished = PendingChanges()
    for name in names where !name.hasSuffix(Directory.temporarySuffix) {
      do throws(StateError) {
        try read(name, into: &unfinished)
      } catch {
        unfinished.damaged.append(error)
      }
    }
    return unfinished
  }

  private func read(_ name: String, into unfinished: inout PendingChanges) throws(StateError) {
    let file = "\(Layout.unfinished)/\(name)"
    guard let bytes = try contents(of: file) else { return }
    if name.hasPrefix(Layout.unfinishedNetworkPrefix) {
      unfinished.networks.append(try NetworkDocument.decode(bytes, file: file))
    } else if name.hasPrefix(Layout.unfinishedUpdatePrefix) {
      unfinished.updates.append(try UpdateDocument.decode(bytes, file: file))
    } else if name.hasPrefix("ports-") {
      unfinished.ports.append(try PortsDocument.decode(bytes, file: file))
    } else {
      unfinished.endpoints.append(try EndpointDocument.decode(bytes, file: file))
    }
  }

  /// An attached endpoint of a network; nil when there is none with this identity.
  package func endpoint(
    _ id: EndpointID, of network: NetworkID
  ) throws(StateError) -> Endpoint? {
    let file = Layout.endpoint(id, of: network)
    guard let bytes = try contents(of: file) else { return nil }
    return try EndpointDocument.decode(bytes, file: file)
  }
}
