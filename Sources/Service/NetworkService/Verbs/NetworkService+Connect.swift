import AddressPools
import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Connects a container to a network: creates an interface with addresses, and the default route
  /// if this network should own it. On an error everything is undone, either immediately or by the
  /// next command.
  @discardableResult
  public func connect(_ request: ConnectRequest) throws(ServiceError) -> Connection {
    try kernel.checkPrivileges()
    var (container, found) = try self.container(request.container)
    guard let handle = found else { throw .noSuchContainer(request.container) }
    container = Container(
      name: request.containerName ?? container.name,
      runtime: request.containerRuntime ?? container.runtime, path: container.path,
      namespace: container.namespace)
    let hostNamespace = try kernel.hostNamespace()
    let connection = try transaction { (transaction) throws(ServiceError) -> Connection? in
      // Plugins are asked without the lock.
      let network = try transaction.network(request.network)
      if network.usesPlugins { return nil }
      return try transaction.attach(
        try transaction.prepare(request, to: network, container, handle, on: hostNamespace))
    }
    if let connection { return connection }
    return try connectWithPlugins(request, container, handle, on: hostNamespace)
  }
}

extension Transaction {
  /// Checks whether the container can be connected, and collects what that takes.
  func prepare(
    _ request: ConnectRequest, to network: Network, _ container: Container,
    _ handle: NamespaceHandle, on hostNamespace: ObservedNamespace
  ) throws(ServiceError) -> PendingConnection {
    let problems = request.problems(for: network)
    guard problems.isEmpty else { throw .endpointSettings(problems) }
    guard let driver = view.drivers.driverType(of: network) else {
      throw .unknownDriver(network.driver, network: network.name)
    }
    if driver.admission == .none { throw .hostNetwork }
    if kernel.identity(hostNamespace) == container.namespace { throw .hostNamespace }
    if network.isConfigurationOnly { throw .configurationOnlyNetwork }
    let others = try pruningDeadEndpoints(of: container)
    try check(request, network, driver, container, others)
    let links = try kernel.links(in: .container(handle))
    return PendingConnection(
      request: request, network: network, container: container, handle: handle, others: others,
      links: links, hasIPv6: try hasIPv6(handle, for: network, request))
  }

  // Only queried if the network or the request uses IPv6, which its sysctls may disable.
  private func hasIPv6(
    _ container: NamespaceHandle, for network: Network, _ request: ConnectRequest
  ) throws(ServiceError) -> Bool {
    guard
      network.families.contains(.ipv6)
        || request.linkLocalAddresses.contains(where: { $0.family == .ipv6 })
    else { return true }
    if EndpointOptions.disablesIPv6(request.driverOptions) { return false }
    let path = ["net", "ipv6", "conf", "all", "disable_ipv6"]
    return try kernel.sysctl(path, in: .container(container)) != "1"
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
    let endpoint = try endpoint(
      pending, driver, addresses: lease?.addresses ?? planned?.interface?.addresses ?? [],
      as: planned)
    let desired = try driver.desired(endpoint)
    let ports = try ports(pending, with: endpoint)
    do throws(ServiceError) {
      try stage(endpoint)
      if let change = ports.change { try stage(change) }
      if let lease { try save(lease.leases, of: pending.network.id) }
      if let loopback = pending.idleLoopback {
        try perform([.bringUp(loopback, .container(pending.handle))])
      }
      if let desired {
        try applyOrRepair(driver.desiredNetwork, of: pending.network)
        try perform(desired.creationSteps(container: pending.handle))
        try settleRoutes(
          of: pending.others + [endpoint], adding: endpoint.id, in: pending.handle,
          container: pending.container, isFresh: pending.links.allSatisfy(\.isLoopback))
      }
      try changePorts(of: pending.container, from: ports.before, to: ports.after)
      try writeNames(adding: endpoint, of: pending.network)
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
      if let loopback = pending.idleLoopback {
        attempt { () throws(ServiceError) in
          try perform([.takeDown(loopback, .container(pending.handle))])
        }
      }
      throw error
    }
    if pending.others.contains(where: { $0.plugin != nil }) {
      view.plugins.formerGateways +=
        GatewayChange(endpoint, beside: pending.others).successors
    }
    settleNameServer(of: pending.container, on: pending.others + [endpoint])
    if let desired { announce(desired, in: pending.handle) }
    return Connection(network: pending.network, endpoint: endpoint, ports: ports.added)
  }

  // Neighbours that miss the announcement resolve the address themselves.
  func announce(_ endpoint: DesiredEndpoint, in container: NamespaceHandle) {
    do throws(ServiceError) {
      try perform(endpoint.announcementSteps(container: container))
    } catch {
      if case .kernel(let kernelError) = error, kernelError.isTimeout,
        case .step(.awaitForwarding) = kernelError.operation, case .veth(let port) = endpoint.link
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
    let old = try view.recordedPorts(of: pending.container)
    let new = try allocateOrReclaim(
      pending.request.ports, for: pending.container, on: all, present: pending.others)
    return PortTransition(
      all: old + new,
      change: new.isEmpty ? nil : PortChange(new, of: pending.container, with: endpoint.id),
      before: try view.desiredPorts(old, on: pending.others),
      after: try view.desiredPorts(old + new, on: all))
  }

  // The ports count as published only once the endpoint is attached.
  private func finish(_ endpoint: Endpoint, with ports: PortTransition) throws(ServiceError) {
    guard let change = ports.change else {
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

  // MARK: Addresses

  // The link of an ended container is gone with its namespace, and its address should be available
  // again at once. Large networks are only checked when address allocation fails.
  private func removeVanished(
    from network: Network, _ naming: InterfaceNaming
  ) throws(ServiceError) {
    let largestSearched = 64
    let recorded = try view.endpointIDs(of: network.id)
    guard recorded.count <= largestSearched else { return }
    let hostNames = recorded.compactMap(naming.hostName)
    if hostNames.count == recorded.count, try kernel.hasConnectedLinks(hostNames) { return }
    _ = try removeDeadEndpoints(of: network)
  }

  func leaseOrReclaim(
    _ pending: PendingConnection, sharingSubnets: Bool
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    let sharing = sharingSubnets ? networksSharingSubnets(with: pending.network) : []
    do throws(ServiceError) {
      return try lease(pending, sharing)
    } catch {
      // A container that is gone may still hold the requested address.
      var isReclaimed = false
      for network in [pending.network] + sharing where try removeDeadEndpoints(of: network) {
        isReclaimed = true
      }
      guard isReclaimed else { throw error }
    }
    return try lease(pending, sharing)
  }

  private func lease(
    _ pending: PendingConnection, _ sharing: [Network]
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    var others: [SubnetLeases] = []
    for network in sharing { others += try view.leases(of: network.id).subnets }
    return try pending.lease(from: try view.leases(of: pending.network.id), besides: others)
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
    let holder = try view.liveEndpoints(of: network.id).first { $0.interface?.mac == mac }
    if let holder { throw .hardwareAddress(.inUse(mac, by: kernel.word(for: holder.container))) }
  }

  private func endpoint(
    _ pending: PendingConnection, _ driver: any NetworkDriver, addresses: [IPPrefix],
    as planned: Endpoint?
  ) throws(ServiceError) -> Endpoint {
    let request = pending.request
    let id = planned?.id ?? identities.endpointID()
    let interface = try driver.interfaces.map { (naming) throws(ServiceError) in
      try self.interface(
        pending, naming, id, addresses: addresses, mac: planned?.interface?.mac ?? request.mac)
    }
    return Endpoint(
      id: id, network: pending.network.id, container: pending.container, interface: interface,
      route: RouteCandidate(
        networkName: pending.network.name, priority: request.gatewayPriority,
        routes: driver.offeredRoutes(from: addresses).filtered(by: pending.serves)),
      settings: request.endpointSettings, plugin: planned?.plugin)
  }

  private func interface(
    _ pending: PendingConnection, _ naming: InterfaceNaming, _ id: EndpointID,
    addresses: [IPPrefix], mac: MACAddress?
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
    names.formUnion(pending.others.compactMap(\.interface?.name))
    let taken = names
    // Docker and Podman stop at an interface that has the number they are about to give.
    let naming = pending.container.runtime.numbersInterfaces ? naming.avoidingEngines : naming
    let name = try checked { () throws(OptionError) in
      if let chosen = options.interfaceName { return chosen }
      return try naming.name(besides: taken)
    }
    return EndpointInterface(
      hostName: naming.hostName(of: id), name: name,
      mac: naming.hasOwnAddress ? mac ?? hardwareAddress(for: addresses) : nil,
      addresses: addresses,
      linkLocalAddresses: pending.request.linkLocalAddresses.filter { pending.serves($0.family) })
  }

  // 02:42 followed by the IPv4 address, so that the same address always has the same MAC; Docker
  // has chosen it at random since 28.0.
  func hardwareAddress(for addresses: [IPPrefix]) -> MACAddress {
    if let mac = addresses.lazy.compactMap({ MACAddress.docker(for: $0.address) }).first {
      return mac
    }
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
  /// The change on record; nil if there are no new ports.
  let change: PortChange?
  let before: DesiredPorts
  let after: DesiredPorts

  /// The new ports.
  var added: [PublishedPort] { change?.ports ?? [] }
}
