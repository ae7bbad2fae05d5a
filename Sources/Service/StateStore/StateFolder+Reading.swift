import Addressing
import LinuxSystem
public import NetworkModel

extension StateFolder {
  /// The leases of a network. Where there is no record of them, as after a boot, they are what its
  /// definition sets aside and its endpoints have.
  public func leases(of network: NetworkID) throws(StateError) -> LeaseBook {
    let file = Layout.leases(network)
    if let bytes = try contents(of: file) { return try LeaseDocument.decode(bytes, file: file) }
    guard let definition = try self.network(network) else { return LeaseBook() }
    return LeaseBook(of: definition, try endpoints(of: network))
  }

  /// The attached endpoints of a network, in the order of their identities. Whether they are still
  /// alive only the kernel knows.
  public func endpoints(of network: NetworkID) throws(StateError) -> [Endpoint] {
    let (endpoints, damaged) = try readEndpoints(of: network)
    if let error = damaged.first { throw error }
    return endpoints
  }

  /// The attached endpoints of a network, and one error for each document of one that is damaged.
  public func readEndpoints(
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
  public func endpointIDs(of network: NetworkID) throws(StateError) -> [EndpointID] {
    try names(in: Layout.endpoints(of: network)).filter { $0.hasSuffix(".json") }
      .compactMap { EndpointID(String($0.dropLast(".json".count))) }
  }

  /// Whether a network has an attached endpoint on record.
  public func hasEndpoints(_ network: NetworkID) throws(StateError) -> Bool {
    try !names(in: Layout.endpoints(of: network)).isEmpty
  }

  /// The networks that have attached endpoints on record.
  public func networksWithEndpoints() throws(StateError) -> Set<NetworkID> {
    Set(try names(in: Layout.endpoints).compactMap { NetworkID($0) })
  }

  /// The attached endpoints of a container on any network.
  public func endpoints(of container: ContainerID) throws(StateError) -> [Endpoint] {
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

  /// The ports of a container; nil when it has none.
  public func ports(of container: ContainerID) throws(StateError) -> ContainerPorts? {
    let file = Layout.ports(of: container)
    guard let bytes = try contents(of: file) else { return nil }
    return try PortsDocument.decode(bytes, file: file).ports
  }

  /// The containers that have attached endpoints or ports.
  public func containers() throws(StateError) -> [ContainerID] {
    try names(in: Layout.containers).compactMap { ContainerID($0) }
  }

  /// The containers that have ports.
  public func containersWithPorts() throws(StateError) -> [ContainerID] {
    try containers().filter { root.contains(Layout.ports(of: $0)) }
  }

  /// The published ports of all containers.
  public func takenPorts() throws(StateError) -> TakenPorts {
    TakenPorts(names: try names(in: Layout.ports))
  }

  /// What netctl remembers of the host itself.
  public func host() throws(StateError) -> HostRecord? {
    guard let bytes = try contents(of: Layout.host) else { return nil }
    return try HostDocument.decode(bytes, file: Layout.host)
  }

  /// What is wrong with the documents of a network but its own: leases, endpoints, ports.
  public func damage(of network: NetworkID) -> [StateError] {
    var damage: [StateError] = []
    func check(_ read: () throws(StateError) -> Void) {
      do throws(StateError) { try read() } catch { damage.append(error) }
    }
    // Where there is no file they are made from the endpoints, which are read anyway.
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

  /// The identities of what interrupted commands left, and of what others are at now.
  public func unfinishedIdentities() throws(StateError) -> [String] {
    try names(in: Layout.unfinished).compactMap { name in
      name.split(separator: "-").last?.split(separator: ".").first.map(String.init)
    }
  }

  /// What an interrupted command left.
  public func unfinished() throws(StateError) -> Unfinished {
    var unfinished = Unfinished()
    for name in try names(in: Layout.unfinished)
    where !name.hasSuffix(Directory.temporarySuffix) {
      do throws(StateError) {
        try read(name, into: &unfinished)
      } catch {
        unfinished.damaged.append(error)
      }
    }
    return unfinished
  }

  private func read(_ name: String, into unfinished: inout Unfinished) throws(StateError) {
    let file = "\(Layout.unfinished)/\(name)"
    guard let bytes = try contents(of: file) else { return }
    if name.hasPrefix(Layout.unfinishedNetworkPrefix) {
      unfinished.networks.append(try NetworkDocument.decode(bytes, file: file))
    } else if name.hasPrefix("ports-") {
      unfinished.ports.append(try PortsDocument.decode(bytes, file: file))
    } else {
      unfinished.endpoints.append(try EndpointDocument.decode(bytes, file: file))
    }
  }

  private func endpoint(
    _ id: EndpointID, of network: NetworkID
  ) throws(StateError) -> Endpoint? {
    let file = Layout.endpoint(id, of: network)
    guard let bytes = try contents(of: file) else { return nil }
    return try EndpointDocument.decode(bytes, file: file)
  }
}
