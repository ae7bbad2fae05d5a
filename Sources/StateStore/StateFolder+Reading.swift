import LinuxSystem
public import NetworkModel

extension StateFolder {
  /// The network with this identity; nil when there is none.
  public func network(_ id: NetworkID) throws(StateError) -> Network? {
    let file = Layout.network(id)
    guard let bytes = try contents(of: file) else { return nil }
    return try NetworkDocument.decode(bytes[...], file: file)
  }

  /// Whether there is a network with this identity.
  public func hasNetwork(_ id: NetworkID) -> Bool { root.contains(Layout.network(id)) }

  /// What finds networks by anything but their identity.
  public func index() throws(StateError) -> NetworkIndex {
    if let catalog = try catalog() { return NetworkIndex(.catalog(catalog, self)) }
    return NetworkIndex(.documents(try readDocuments()))
  }

  /// The leases of a network; empty when it has none.
  public func leases(of network: NetworkID) throws(StateError) -> LeaseBook {
    let file = Layout.leases(network)
    guard let bytes = try contents(of: file) else { return LeaseBook() }
    return try LeaseDocument.decode(bytes, file: file)
  }

  /// The attached endpoints of a network, in the order of their identities. Whether they are still
  /// alive only the kernel knows.
  public func endpoints(of network: NetworkID) throws(StateError) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    for name in try names(in: Layout.endpoints(of: network)) where name.hasSuffix(".json") {
      guard let id = EndpointID(String(name.dropLast(".json".count))) else { continue }
      if let endpoint = try endpoint(id, of: network) { endpoints.append(endpoint) }
    }
    return endpoints
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

  /// The published ports of all containers.
  public func takenPorts() throws(StateError) -> TakenPorts {
    TakenPorts(names: try names(in: Layout.ports))
  }

  /// What netctl remembers of the host itself.
  public func host() throws(StateError) -> HostRecord? {
    guard let bytes = try contents(of: Layout.host) else { return nil }
    return try HostDocument.decode(bytes, file: Layout.host)
  }

  /// The catalog, when it can be trusted.
  func catalog() throws(StateError) -> Catalog? {
    guard let bytes = try contents(of: Catalog.fileName) else { return nil }
    return Catalog(bytes, boot: boot)
  }

  func readDocuments() throws(StateError) -> NetworkListing {
    var networks: [Network] = []
    var damaged: [StateError] = []
    for name in try names(in: Layout.networks) where name.hasSuffix(".json") {
      let file = "\(Layout.networks)/\(name)"
      do throws(StateError) {
        guard let bytes = try contents(of: file) else { continue }
        networks.append(try NetworkDocument.decode(bytes[...], file: file))
      } catch {
        damaged.append(error)
      }
    }
    return NetworkListing(networks: networks, damaged: damaged)
  }

  private func endpoint(
    _ id: EndpointID, of network: NetworkID
  ) throws(StateError) -> Endpoint? {
    let file = Layout.endpoint(id, of: network)
    guard let bytes = try contents(of: file) else { return nil }
    return try EndpointDocument.decode(bytes, file: file)
  }
}
