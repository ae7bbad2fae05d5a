import AddressPools
import Addressing
import Containers
import Drivers
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Connects a container to a network: creates an interface with addresses, and the default route
  /// if this network should own it. A stopped container that its runtime can start again is only
  /// recorded, until `reconnect`. On an error everything is undone, either immediately or by the
  /// next command.
  @discardableResult
  public func connect(_ request: ConnectRequest) throws(ServiceError) -> Connection {
    try kernel.checkPrivileges()
    let resolved = try resolve(request.container)
    guard resolved.handle != nil || resolved.container.isStopped else {
      throw .noSuchContainer(request.container)
    }
    switch resolved.found?.sharing {
    // Also where that is another than netctl's.
    case .ofHost: throw .hostNamespace
    case .ofAnother where resolved.container.isStopped: throw .hostNamespace
    case .ofAnother, .some(.none), nil: break
    }
    let container = request.container(resolved.container)
    let hostNamespace = try kernel.hostNamespace()
    var isMoved = false
    var overlay: Network?
    let attached = try transaction { (transaction) throws(ServiceError) -> Connection? in
      try checkDefaultNetwork(request.network, in: transaction)
      // Plugins and the agent are asked without the lock.
      let network = try transaction.network(request.network)
      isMoved = try transaction.moveFromRoutes(network)
      if isMoved { return nil }
      if network.isOverlay { overlay = network }
      if network.usesPlugins { return nil }
      return try transaction.connect(container, resolved.handle, on: hostNamespace, as: request)
    }
    if isMoved { return try connect(request) }
    var connection: Connection
    if let attached {
      connection = attached
    } else if let overlay {
      connection = try connectToOverlay(
        request, overlay, container, resolved.handle, on: hostNamespace)
    } else {
      connection = try connectWithPlugins(
        request, container, resolved.handle, on: hostNamespace)
    }
    connection.hasHook = resolved.found?.hasHook
    return connection
  }
}

extension ConnectRequest {
  /// The container that was found, as it is to be recorded.
  fileprivate func container(_ found: Container) -> Container {
    let started = containerProcess.flatMap { process in
      ProcessLife.start(of: process).map { FirstProcess(id: process, start: $0) }
    }
    let runtime = containerRuntime ?? found.runtime
    return Container(
      id: containerID ?? found.id, name: containerName ?? found.name, runtime: runtime,
      path: found.path, boot: found.boot, namespace: found.namespace,
      process: started ?? found.process,
      isRestartable: found.isRestartable || containerID != nil && runtime.isEngine,
      nameMounts: containerNameMounts ?? found.nameMounts)
  }
}

extension NetworkService {
  /// Refuses the network `bridge` while it is not as the configuration has it.
  private func checkDefaultNetwork(
    _ reference: String, in transaction: borrowing Transaction
  ) throws(ServiceError) {
    guard let problem = defaultNetworkProblem else { return }
    let name = PredefinedNetwork.bridge.rawValue
    if reference == name { throw problem }
    if try transaction.network(reference).name == name { throw problem }
  }
}

extension Transaction {
  /// Connects a container to a network in which plugins have no part.
  func connect(
    _ found: Container, _ handle: NamespaceHandle?, on hostNamespace: NetworkNamespaceID,
    as request: ConnectRequest
  ) throws(ServiceError) -> Connection {
    let network = try self.network(request.network)
    return try attach(try prepare(request, to: network, found, handle, on: hostNamespace))
  }

  /// Checks whether the container can be connected, and collects what that takes.
  func prepare(
    _ request: ConnectRequest, to network: Network, _ found: Container,
    _ handle: NamespaceHandle?, on hostNamespace: NetworkNamespaceID
  ) throws(ServiceError) -> PendingConnection {
    let problems = request.problems(for: network)
    guard problems.isEmpty else { throw .endpointSettings(problems) }
    guard let driver = view.drivers.driverType(of: network) else {
      throw .unknownDriver(network.driver, network: network.name)
    }
    if driver.admission == .none { throw .hostNetwork }
    if hostNamespace == found.namespace { throw .hostNamespace }
    if network.isConfigurationOnly { throw .configurationOnlyNetwork }
    let container = try view.known(found)
    let others = try pruningDeadEndpoints(of: container)
    let waiting = try view.waitingEndpoints(of: container.id)
    let previous = waiting.first { $0.network == network.id }
    if handle == nil, previous != nil {
      throw .alreadyConnected(container: container.name, network: network.name)
    }
    let reserved = waiting.filter { $0.id != previous?.id }
    try check(request, network, driver, container, others + reserved)
    let links =
      try handle.map { (handle) throws(ServiceError) in
        try kernel.links(in: .container(handle))
      } ?? []
    return PendingConnection(
      request: request, network: network, container: container, handle: handle, others: others,
      reserved: reserved, previous: previous, links: links,
      hasIPv6: try hasIPv6(handle, for: network, request))
  }

  // Only queried if the network or the request uses IPv6, which its sysctls may disable.
  private func hasIPv6(
    _ container: NamespaceHandle?, for network: Network, _ request: ConnectRequest
  ) throws(ServiceError) -> Bool {
    guard
      network.families.contains(.ipv6)
        || request.linkLocalAddresses.contains(where: { $0.family == .ipv6 })
    else { return true }
    guard let container else { return !EndpointOptions.disablesIPv6(request.driverOptions) }
    return try hasIPv6(container, request.driverOptions)
  }

  /// Whether an endpoint with these options gets IPv6 addresses in a container.
  func hasIPv6(
    _ container: NamespaceHandle, _ options: [String: String]
  ) throws(ServiceError) -> Bool {
    if EndpointOptions.disablesIPv6(options) { return false }
    return try kernel.sysctl(.allDisableIPv6, in: .container(container)) != "1"
  }

  private func check(
    _ request: ConnectRequest, _ network: Network, _ driver: any NetworkDriver.Type,
    _ container: Container, _ others: [Endpoint]
  ) throws(ServiceError) {
    if others.contains(where: { $0.network == network.id }) {
      throw .alreadyConnected(container: container.name, network: network.name)
    }
    if !others.isEmpty
      && (driver.admission == .exclusive || others.contains { $0.interface == nil })
    {
      throw .privateNetwork
    }
    if let address = request.invalidLinkLocalAddress { throw .invalidLinkLocal(address) }
    // The interface has no IPv6, so the kernel refuses the address (Docker). A network without
    // links is exclusive, and there it does not matter.
    if driver.admission == .anyContainer, !network.families.contains(.ipv6),
      let address = request.linkLocalAddresses.first(where: { $0.family == .ipv6 })
    {
      throw .linkLocalWithoutIPv6(address, network: network.name)
    }
  }

  /// Attaches the container; `planned` is on record already, and has addresses of a plugin. It is
  /// left to the caller to undo that.
  func attach(
    _ pending: PendingConnection, as planned: Endpoint? = nil
  ) throws(ServiceError) -> Connection {
    let driver = try view.driver(of: pending.network)
    if let naming = driver.interfaces { try removeVanished(from: pending.network, naming) }
    if let mac = pending.request.mac { try check(mac, pending.network, driver) }
    let lease =
      planned == nil
      ? try leaseOrReclaim(pending, sharingSubnets: type(of: driver).sharesSubnets) : nil
    // Each neighbour is read once, for its hardware address and its names.
    let records = NameRecords(view)
    let endpoint = try endpoint(
      pending, driver, addresses: lease?.addresses ?? planned?.interface?.addresses ?? [],
      as: planned, beside: records)
    let desired = try driver.desired(endpoint)
    let ports = try ports(pending, with: endpoint)
    do throws(ServiceError) {
      try stage(endpoint)
      if let change = ports.change { try stage(change) }
      if let lease { try save(lease.leases, of: pending.network.id) }
      if let handle = pending.handle {
        try attach(endpoint, desired, driver, pending, in: handle)
        try changePorts(of: pending.container, from: ports.before, to: ports.after)
        try writeNames(adding: endpoint, of: pending.network, to: records)
      }
      try finish(endpoint, with: ports)
    } catch {
      if let change = ports.change {
        undo(UnfinishedChange(change)) { () throws(ServiceError) in
          try withdraw(change, besides: [endpoint])
        }
      }
      if planned == nil {
        undo(.endpoint(endpoint, network: pending.network.name)) { () throws(ServiceError) in
          try detach(endpoint, handle: pending.handle)
        }
      }
      if let handle = pending.handle, let loopback = pending.downLoopback {
        attempt { () throws(ServiceError) in
          try perform([.takeDown(loopback, .container(handle))])
        }
      }
      throw error
    }
    conclude(endpoint, pending, ports)
    if let handle = pending.handle, let desired { announce(desired, in: handle) }
    return Connection(network: pending.network, endpoint: endpoint, ports: ports.added)
  }

  /// What follows from a new endpoint for everything but the endpoint.
  private func conclude(
    _ endpoint: Endpoint, _ pending: PendingConnection, _ ports: PortTransition
  ) {
    let all = pending.others + [endpoint]
    if pending.others.contains(where: { $0.plugin != nil }) {
      view.plugins.formerGateways +=
        GatewayChange(endpoint, beside: pending.others).successors
    }
    if !ports.lost.isEmpty {
      notices.append(
        .portsLost(
          ports.lost, container: pending.container.name, network: pending.network.name))
    }
    report(.connect, pending.network, of: pending.container)
    report(.publish, ports.added, of: pending.container, on: all, knowing: pending.network)
    if let former = pending.previous?.interface {
      attempt { () throws(ServiceError) in
        try release(former, of: pending.network.id, except: endpoint.interface?.addresses ?? [])
      }
    }
    if pending.handle != nil { settleNameServer(of: pending.container, on: all) }
  }

  private func attach(
    _ endpoint: Endpoint, _ desired: DesiredEndpoint?, _ driver: any NetworkDriver,
    _ pending: PendingConnection, in handle: NamespaceHandle
  ) throws(ServiceError) {
    if let loopback = pending.downLoopback {
      try perform([.bringUp(loopback, .container(handle))])
    }
    guard let desired else { return }
    try applyOrRepair(
      try view.completing(driver.desiredNetwork, of: pending.network), of: pending.network)
    try perform(desired.creationSteps(container: handle))
    try settleRoutes(
      of: pending.others + [endpoint], adding: endpoint.id, in: handle,
      container: pending.container, isFresh: pending.links.allSatisfy(\.isLoopback),
      isForOthers: pending.request.leavesDefaultRoute)
  }

  // Neighbours that miss the announcement resolve the address themselves.
  func announce(_ endpoint: DesiredEndpoint, in container: NamespaceHandle) {
    do throws(ServiceError) {
      try perform(endpoint.announcementSteps(container: container))
    } catch {
      if case .kernel(let kernelError) = error, kernelError.isTimeout,
        case .step(.awaitForwarding) = kernelError.operation, let port = endpoint.link.port
      {
        notices.append(.portWaiting(port.name, bridge: port.bridge))
      } else {
        notices.append(.ignored(error))
      }
    }
  }

  // MARK: Ports

  private func ports(
    _ pending: PendingConnection, with endpoint: Endpoint
  ) throws(ServiceError) -> PortTransition {
    let all = pending.others + [endpoint]
    let recorded = try view.ports(of: pending.container.id)
    let old = recorded?.ports ?? []
    let new = try allocateOrReclaim(
      pending.request.ports, for: pending.container, on: all, present: pending.others)
    return PortTransition(
      all: old + new,
      isOfEarlierStart: recorded.map { $0.container != endpoint.container } ?? false,
      change: new.isEmpty ? nil : PortChange(new, of: pending.container, with: endpoint.id),
      lost: try lost(old, by: all, insteadOf: pending.others),
      before: try view.desiredPorts(old, on: pending.others),
      after: try view.desiredPorts(old + new, on: all))
  }

  /// The ports that other endpoints publish, and these do not.
  private func lost(
    _ ports: [PublishedPort], by endpoints: [Endpoint], insteadOf others: [Endpoint]
  ) throws(ServiceError) -> [PublishedPort] {
    if ports.isEmpty { return [] }
    let before = try view.publishingEndpoints(among: others)
    let published = ports.filter(before.publishesAsRecorded)
    if published.isEmpty { return [] }
    let after = try view.publishingEndpoints(among: endpoints)
    return published.filter { !after.publishesAsRecorded($0) }
  }

  // The ports count as published only once the endpoint is attached.
  private func finish(
    _ endpoint: Endpoint, with ports: PortTransition
  ) throws(ServiceError) {
    guard let change = ports.change else {
      // They are those of the container that runs now.
      if ports.isOfEarlierStart {
        try save(ContainerPorts(container: endpoint.container, ports: ports.all))
      }
      return try commit(endpoint)
    }
    try save(ContainerPorts(container: endpoint.container, ports: ports.all))
    try commit(endpoint)
    do throws(ServiceError) {
      try settle(change, having: ports.all)
    } catch {
      attempt { () throws(ServiceError) in try stageRemoval(endpoint) }
      throw error
    }
  }

  // MARK: Interfaces

  func check(
    _ mac: MACAddress, _ network: Network, _ driver: any NetworkDriver
  ) throws(ServiceError) {
    guard driver.interfaces?.hasOwnAddress == true else {
      throw .hardwareAddress(.notChosen(network.driver))
    }
    if !mac.isUnicast { throw .hardwareAddress(.notUnicast(mac)) }
    if let device = driver.desiredNetwork.device, device.mac == mac {
      throw .hardwareAddress(.inUse(mac, by: device.name.description))
    }
    let holders = try neighbors(on: network, driver, NameRecords(view))
      .filter { $0.interface?.mac == mac }
    if let holder = try kernel.liveEndpoints(among: holders).first {
      throw .hardwareAddress(.inUse(mac, by: kernel.reference(to: holder.container)))
    }
  }

  // Networks on one link of the host are one Ethernet segment.
  private func neighbors(
    on network: Network, _ driver: any NetworkDriver, _ records: NameRecords
  ) throws(ServiceError) -> [Endpoint] {
    var neighbors = try records.recordedEndpoints(of: network.id)
    guard let driver = driver as? any ParentSharing else { return neighbors }
    for other in index.listing.networks
    where other.id != network.id && other.driver == network.driver && !other.isConfigurationOnly {
      guard let beside = try? view.driver(of: other) as? any ParentSharing,
        beside.parent.name == driver.parent.name
      else { continue }
      neighbors += try records.recordedEndpoints(of: other.id)
    }
    return neighbors
  }

  /// A hardware address that no neighbor has: another container may have been given the one that
  /// belongs to these addresses. Those of containers that wait for their start count, too.
  private func freeHardwareAddress(
    for addresses: [IPPrefix], _ pending: PendingConnection, _ driver: any NetworkDriver,
    beside records: NameRecords
  ) throws(ServiceError) -> MACAddress {
    let neighbors = try neighbors(on: pending.network, driver, records)
      .filter { $0.id != pending.previous?.id }
    let taken = Set(
      neighbors.compactMap(\.interface?.mac)
        + [driver.desiredNetwork.device?.mac].compactMap(\.self))
    var mac = hardwareAddress(for: addresses)
    while taken.contains(mac) { mac = randomHardwareAddress() }
    return mac
  }

  private func endpoint(
    _ pending: PendingConnection, _ driver: any NetworkDriver, addresses: [IPPrefix],
    as planned: Endpoint?, beside records: NameRecords
  ) throws(ServiceError) -> Endpoint {
    let request = pending.request
    let id = planned?.id ?? pending.previous?.id ?? identities.endpointID()
    let interface = try driver.interfaces.map { (naming) throws(ServiceError) in
      try self.interface(
        pending, driver, naming, id, addresses: addresses,
        mac: planned?.interface?.mac ?? request.mac, beside: records)
    }
    return Endpoint(
      id: id, network: pending.network.id, container: pending.container, interface: interface,
      route: RouteCandidate(
        networkName: pending.network.name, priority: request.gatewayPriority,
        routes: driver.offeredRoutes(from: addresses).filtered(by: pending.serves)),
      connected: now(), settings: request.endpointSettings, plugin: planned?.plugin)
  }

  private func interface(
    _ pending: PendingConnection, _ driver: any NetworkDriver, _ naming: InterfaceNaming,
    _ id: EndpointID, addresses: [IPPrefix], mac: MACAddress?, beside records: NameRecords
  ) throws(ServiceError) -> EndpointInterface {
    let options = try checked { () throws(OptionError) in
      try view.drivers.checkChosenNames(pending.request.driverOptions)
      return try EndpointOptions(pending.request.driverOptions)
    }
    var names = Set(
      pending.links.flatMap { link in
        [link.name] + link.alternativeNames.compactMap { try? InterfaceName($0) }
      })
    if let chosen = options.interfaceName, names.contains(chosen) {
      throw .interfaceExists(chosen, container: pending.container.name)
    }
    // A reload restores the names of renamed interfaces, so recorded names count as taken.
    names.formUnion((pending.others + pending.reserved).compactMap(\.interface?.name))
    let taken = names
    // Docker and Podman stop at an interface that has the number they are about to give.
    let naming = pending.container.runtime.numbersInterfaces ? naming.avoidingEngines : naming
    let name = try checked { () throws(OptionError) in
      if let chosen = options.interfaceName { return chosen }
      if let former = pending.previous?.interface?.name, !taken.contains(former) { return former }
      return try naming.name(besides: taken)
    }
    var mac = mac
    if naming.hasOwnAddress, mac == nil {
      mac = try freeHardwareAddress(for: addresses, pending, driver, beside: records)
    }
    return EndpointInterface(
      hostName: naming.hostName(of: id), name: name,
      mac: naming.hasOwnAddress ? mac : nil,
      addresses: addresses,
      linkLocalAddresses: pending.request.linkLocalAddresses.filter { pending.serves($0.family) })
  }

  // 02:42 followed by the IPv4 address, so that the same address always has the same MAC; Docker
  // has chosen it at random since 28.0.
  func hardwareAddress(for addresses: [IPPrefix]) -> MACAddress {
    if let mac = addresses.lazy.compactMap({ MACAddress.docker(for: $0.address) }).first {
      return mac
    }
    return randomHardwareAddress()
  }

  private func randomHardwareAddress() -> MACAddress {
    let word: UInt64 = identities.word()
    let bytes = (0..<5).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    guard let mac = MACAddress(bytes: [0x02] + bytes) else {
      preconditionFailure("six bytes are a hardware address")
    }
    return mac
  }
}

/// The ports of a container before and after it gets another endpoint.
private struct PortTransition {
  /// Existing and new ports.
  let all: [PublishedPort]
  /// Whether the existing ones are recorded of the container as it ran earlier, or was stopped.
  let isOfEarlierStart: Bool
  /// The change on record; nil if there are no new ports.
  let change: PortChange?
  /// Existing ports that are no longer published.
  let lost: [PublishedPort]
  let before: DesiredPorts
  let after: DesiredPorts

  /// The new ports.
  var added: [PublishedPort] { change?.ports ?? [] }
}
