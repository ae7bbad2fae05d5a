import Addressing
import Drivers
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore

extension NetworkService {
  /// Connects a container to a network in which plugins have a part. The state lock is free while
  /// they are asked; what they have been asked is on record. Refuses a container that does not run,
  /// because plugins are told its namespace.
  func connectWithPlugins(
    _ request: ConnectRequest, _ container: Container, _ handle: NamespaceHandle?,
    on hostNamespace: NetworkNamespaceID
  ) throws(ServiceError) -> Connection {
    let network = try view().network(request.network)
    guard let handle else {
      throw .plugin(
        PluginError(
          .refused,
          "container \(container.name) is not running: only a running container can be connected "
            + "to network \(network.name), which has a plugin"))
    }
    defer { finishPluginWork() }
    return try locking(network.id) { () throws(ServiceError) in
      // While this waited for the lock, another command may have been interrupted.
      settlePending(.recovering, ofLocked: network.id)
      let pending = try step { (transaction) throws(ServiceError) in
        try transaction.prepare(
          request, to: try transaction.network(network.id.description), container, handle,
          on: hostNamespace)
      }
      return try connect(pending, in: handle)
    }
  }

  private func connect(
    _ pending: PendingConnection, in handle: NamespaceHandle
  ) throws(ServiceError) -> Connection {
    let network = pending.network
    var endpoint = try step { (transaction) throws(ServiceError) in
      try transaction.stagePlanned(pending)
    }
    do throws(ServiceError) {
      try requestAddresses(of: &endpoint, pending)
      guard network.plugin != nil else {
        let planned = endpoint
        return try step { (transaction) throws(ServiceError) in
          try transaction.attach(pending, as: planned)
        }
      }
      return try attach(&endpoint, pending, in: handle)
    } catch {
      settle(endpoint, .undoing)
      throw error
    }
  }

  private func record(_ endpoint: Endpoint) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in try transaction.stage(endpoint) }
  }

  // MARK: Addresses

  // One of each family, from its first subnet, or from that of the address which the user chose.
  private func requestAddresses(
    of endpoint: inout Endpoint, _ pending: PendingConnection
  ) throws(ServiceError) {
    guard let name = pending.network.addressPlugin else { return }
    let client = try asking { () throws(PluginError) in try plugins.client(name) }
    let mac = endpoint.interface?.mac
    let options = mac.map { ["com.docker.network.endpoint.macaddress": $0.description] }
    for family in pending.network.families.filter(pending.serves).sorted() {
      let chosen = family == .ipv4 ? pending.request.ipv4 : pending.request.ipv6
      let subnet = pending.network.subnets.first { subnet in
        subnet.subnet.family == family && chosen.map(subnet.subnet.contains) != false
      }
      guard let pool = subnet?.pool else { continue }
      let before = endpoint
      if let chosen {
        endpoint.plugin?.leases.append(PluginEndpoint.Lease(pool: pool, address: chosen))
        try record(endpoint)
      }
      do throws(PluginError) {
        let address = try client.requestAddress(
          chosen, of: pool, options: pending.network.ipam.needsHardwareAddress ? options : nil)
        endpoint = before
        endpoint.plugin?.leases.append(
          PluginEndpoint.Lease(pool: pool, address: address.address))
        endpoint.interface?.addresses.append(address)
      } catch {
        if !error.mayHaveTakenEffect { endpoint = before }
        throw .plugin(error)
      }
      try record(endpoint)
    }
  }

  // MARK: The driver

  private func attach(
    _ endpoint: inout Endpoint, _ pending: PendingConnection, in handle: NamespaceHandle
  ) throws(ServiceError) -> Connection {
    let network = pending.network
    let driver = try asking { () throws(PluginError) in
      try plugins.client(network.driver.rawValue)
    }
    let id = PluginEndpointID(endpoint.id, on: network.id)
    let ports = PluginPorts(endpoint.plugin?.ports ?? [])
    try createEndpoint(&endpoint, pending, driver, ports)
    let joining = endpoint
    endpoint = try step { (transaction) throws(ServiceError) in
      var joining = joining
      joining.plugin?.phase = .joined
      joining.plugin?.sandboxKey = transaction.mountSandbox(of: joining.container, handle)
      try transaction.stage(joining)
      return joining
    }
    let sandbox = try join(&endpoint, id, driver, ports)
    var attached = endpoint
    defer { endpoint = attached }
    let change = try step { (transaction) throws(ServiceError) in
      try transaction.attachLink(of: &attached, as: sandbox, in: handle, on: network)
    }
    if change.isGateway && !network.isInternal {
      try makeGateway(&attached, id, driver, ports, insteadOf: change.successors)
    }
    let complete = attached
    try step { (transaction) throws(ServiceError) in
      try transaction.finish(complete, on: network, in: handle)
    }
    // The engine asks, and does nothing with the answer.
    driver.timeout = .seconds(1)
    defer { driver.timeout = nil }
    try? driver.endpointInfo(id)
    return Connection(network: network, endpoint: complete, ports: [])
  }

  private func join(
    _ endpoint: inout Endpoint, _ id: PluginEndpointID, _ driver: PluginClient, _ ports: PluginPorts
  ) throws(ServiceError) -> PluginSandbox {
    let key = endpoint.plugin?.sandboxKey ?? endpoint.container.path
    do throws(PluginError) {
      return try driver.join(id, sandboxKey: key, ports)
    } catch {
      if error.isUnsent { endpoint.plugin?.phase = .made }
      throw .plugin(error)
    }
  }

  // The driver hears of the ports only of the endpoint that is the gateway of its container.
  private func makeGateway(
    _ endpoint: inout Endpoint, _ id: PluginEndpointID, _ driver: PluginClient,
    _ ports: PluginPorts, insteadOf former: [Endpoint]
  ) throws(ServiceError) {
    revoke(former)
    do throws(PluginError) {
      try driver.programExternalConnectivity(id, ports)
    } catch {
      if !error.mayHaveTakenEffect {
        endpoint.plugin?.phase = .joined
        program(former)
      }
      throw .plugin(
        error.of(
          "driver failed programming external connectivity on endpoint "
            + "\(endpoint.container.name) (\(endpoint.id))"))
    }
  }

  private func createEndpoint(
    _ endpoint: inout Endpoint, _ pending: PendingConnection, _ driver: PluginClient,
    _ ports: PluginPorts
  ) throws(ServiceError) {
    endpoint.plugin?.phase = .asked
    try record(endpoint)
    let interface = PluginInterface(
      ipv4: endpoint.interface?.address(.ipv4), ipv6: endpoint.interface?.address(.ipv6),
      mac: endpoint.interface?.mac)
    let (network, id) = (pending.network, PluginEndpointID(endpoint.id, on: endpoint.network))
    let subject =
      "failed to create endpoint \(endpoint.container.name) on network \(network.name)"
    let answer: PluginInterface
    do throws(PluginError) {
      answer = try driver.createEndpoint(
        id, interface, chosenMAC: pending.request.mac,
        options: pending.request.driverOptions, ports: network.isInternal ? nil : ports)
    } catch {
      if error.isUnsent { endpoint.plugin?.phase = .leasing }
      throw .plugin(error.of(subject))
    }
    endpoint.plugin?.phase = .made
    endpoint.interface?.mac = answer.mac
    endpoint.interface?.addresses = [answer.ipv4, answer.ipv6].compactMap(\.self)
    try record(endpoint)
  }
}

extension Transaction {
  /// Records an endpoint whose plugins are about to be asked, with the addresses that netctl gives
  /// out itself.
  fileprivate func stagePlanned(_ pending: PendingConnection) throws(ServiceError) -> Endpoint {
    let (request, network) = (pending.request, pending.network)
    let driver = try view.driver(of: network)
    if let mac = request.mac { try check(mac, network, driver) }
    try checked { () throws(OptionError) in
      try view.drivers.checkChosenNames(request.driverOptions)
    }
    let isOwn = network.addressSpace != .foreign
    let lease = isOwn ? try leaseOrReclaim(pending, sharingSubnets: false) : nil
    let addresses = lease?.addresses ?? []
    let id = identities.endpointID()
    var plugin = PluginEndpoint(.leasing, begun: now())
    plugin.ports =
      try view.recordedPorts(of: pending.container).map { PortRequest($0) } + request.ports
    let endpoint = Endpoint(
      id: id, network: network.id, container: pending.container,
      // The name is that of the plugin's link, once it is known.
      interface: EndpointInterface(
        hostName: nil, name: id.hostInterfaceName,
        mac: request.mac
          ?? (network.ipam.needsHardwareAddress ? hardwareAddress(for: addresses) : nil),
        addresses: addresses,
        linkLocalAddresses: request.linkLocalAddresses.filter { pending.serves($0.family) }),
      route: RouteCandidate(networkName: network.name, priority: request.gatewayPriority),
      connected: now(), settings: request.endpointSettings, plugin: plugin)
    try stage(endpoint)
    if let lease { try save(lease.leases, of: network.id) }
    return endpoint
  }

  /// Completes an endpoint whose plugins have done their part.
  fileprivate func finish(
    _ endpoint: Endpoint, on network: Network, in handle: NamespaceHandle
  ) throws(ServiceError) {
    try writeNames(adding: endpoint, of: network, to: NameRecords(view))
    try commit(endpoint)
    report(.connect, network, of: endpoint.container)
    settleNameServer(
      of: endpoint.container, on: try view.endpoints(of: endpoint.container.id))
    if let desired = try view.driver(of: network).desired(endpoint) {
      announce(desired, in: handle)
    }
  }
}

extension PortRequest {
  /// A published port as a request.
  fileprivate init(_ port: PublishedPort) {
    self.init(
      host: port.host.isUnspecified ? nil : port.host, hostPorts: port.hostPort.map { $0...$0 },
      transport: port.transport, containerPort: port.containerPort)
  }
}
