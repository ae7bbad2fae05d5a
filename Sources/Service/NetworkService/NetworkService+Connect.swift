import AddressPools
import Addressing
import Drivers
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Connects a container to a network: creates an interface with addresses, and the default route
  /// if this network should own it. Returns the ports published along with it. On an error
  /// everything is undone, either immediately or by the next command.
  @discardableResult
  public func connect(_ request: ConnectRequest) throws(ServiceError) -> [PublishedPort] {
    try checkPrivileges()
    let (container, found) = try self.container(request.container)
    guard let handle = found else { throw .noSuchContainer(request.container) }
    let hostNamespace = try observed { () throws(KernelError) in try kernel.hostNamespace() }
    return try transaction { (state) throws(ServiceError) in
      let network = try self.network(request.network, in: state.index, of: state.folder)
      let problems = request.problems(for: network)
      guard problems.isEmpty else { throw .endpointSettings(problems) }
      if network.name == PredefinedNetwork.host.rawValue {
        throw .hostNetwork
      }
      if identity(hostNamespace) == container.namespace { throw .hostNamespace }
      if network.isConfigurationOnly { throw .configurationOnlyNetwork }
      let others = try pruningDeadEndpoints(of: container, in: state)
      try check(request, network, container, others)
      let links = try observed { () throws(KernelError) in
        try kernel.links(in: .container(handle))
      }
      let pending = PendingConnection(
        request: request, network: network, container: container, handle: handle, others: others,
        links: links, hasIPv6: try hasIPv6(handle, for: network, request))
      return try attach(pending, in: state)
    }
  }

  // Asked where something depends on it.
  private func hasIPv6(
    _ container: NamespaceHandle, for network: Network, _ request: ConnectRequest
  ) throws(ServiceError) -> Bool {
    guard
      network.families.contains(.ipv6)
        || request.linkLocalAddresses.contains(where: { $0.family == .ipv6 })
    else { return true }
    return try observed { () throws(KernelError) in
      let path = ["net", "ipv6", "conf", "all", "disable_ipv6"]
      return try kernel.sysctl(path, in: .container(container)) != "1"
    }
  }

  private func check(
    _ request: ConnectRequest, _ network: Network, _ container: Container, _ others: [Endpoint]
  ) throws(ServiceError) {
    if others.contains(where: { $0.network == network.id }) {
      throw .alreadyConnected(container: container.name, network: network.name)
    }
    let isPrivate = network.name == PredefinedNetwork.none.rawValue
    if !others.isEmpty && (isPrivate || others.contains { $0.interface == nil }) {
      throw .privateNetwork
    }
    if let address = request.invalidLinkLocalAddress { throw .invalidLinkLocal(address) }
    // The interface has no IPv6, so the kernel refuses the address (Docker). Without an interface
    // it does not matter.
    if network.driver == .bridge, !network.families.contains(.ipv6),
      let address = request.linkLocalAddresses.first(where: { $0.family == .ipv6 })
    {
      throw .linkLocalWithoutIPv6(address, network: network.name)
    }
  }

  private func attach(
    _ pending: PendingConnection, in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    let driver = try optioned { () throws(OptionError) in try pending.network.makeDriver() }
    try removeVanished(from: pending.network, in: state)
    let (addresses, leases) = try lease(pending, in: state)
    let endpoint = try endpoint(pending, driver, addresses: addresses)
    let desired = try optioned { () throws(OptionError) in try driver.desiredEndpoint(endpoint) }
    let ports = try ports(pending, with: endpoint, in: state)
    do throws(ServiceError) {
      try stored { () throws(StateError) in
        try state.stage(endpoint)
        if let change = ports.change { try state.stage(change) }
        try state.save(leases, of: pending.network.id)
      }
      if let loopback = pending.idleLoopback {
        try perform([.bringUp(loopback, .container(pending.handle))])
      }
      if let desired {
        try ensure(driver.desiredNetwork, of: pending.network, in: state)
        try perform(desired.creationSteps(container: pending.handle))
        try settleRoutes(
          of: pending.others + [endpoint], adding: endpoint.id, in: pending.handle,
          container: pending.container, isFresh: pending.links.allSatisfy(\.isLoopback))
      }
      try changePorts(of: pending.container, from: ports.before, to: ports.after, in: state)
      try finish(endpoint, with: ports, in: state)
    } catch {
      if let change = ports.change {
        undo(.ports(change.ports)) { () throws(ServiceError) in
          try withdraw(change, besides: [endpoint], in: state)
        }
      }
      undo(.endpoint(endpoint, network: pending.network.name)) { () throws(ServiceError) in
        try detach(endpoint, handle: pending.handle, in: state)
      }
      if let loopback = pending.idleLoopback {
        try? perform([.takeDown(loopback, .container(pending.handle))])
      }
      throw error
    }
    if let desired { announce(desired, in: pending.handle) }
    return ports.change?.ports.ports ?? []
  }

  // Neighbours that miss the announcement resolve the address themselves.
  private func announce(_ endpoint: DesiredEndpoint, in container: NamespaceHandle) {
    do throws(KernelError) {
      try kernel.perform(endpoint.announcementSteps(container: container))
    } catch {
      if error.isTimeout, case .step(.awaitForwarding) = error.operation {
        notices.append(.portWaiting(endpoint.hostName, bridge: endpoint.master))
      } else {
        notices.append(.ignored(.kernel(error)))
      }
    }
  }

  // MARK: Ports

  private func ports(
    _ pending: PendingConnection, with endpoint: Endpoint, in state: borrowing LockedState
  ) throws(ServiceError) -> PortTransition {
    let all = pending.others + [endpoint]
    let old = try recordedPorts(of: pending.container, in: state)
    let new = try allocate(
      pending.request.ports, for: pending.container, on: all, present: pending.others, in: state)
    return PortTransition(
      all: old + new,
      change: new.isEmpty
        ? nil
        : PortChange(ContainerPorts(container: pending.container, ports: new), with: endpoint.id),
      before: try desiredPorts(old, on: pending.others, in: state),
      after: try desiredPorts(old + new, on: all, in: state))
  }

  // The ports count as published only once the endpoint is attached.
  private func finish(
    _ endpoint: Endpoint, with ports: PortTransition, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let change = ports.change else {
      return try stored { () throws(StateError) in try state.commit(endpoint) }
    }
    try stored { () throws(StateError) in
      try state.save(ContainerPorts(container: endpoint.container, ports: ports.all))
      try state.commit(endpoint)
    }
    do throws(ServiceError) {
      try stored { () throws(StateError) in try state.settle(change, having: ports.all) }
    } catch {
      attempt { () throws(ServiceError) in
        try stored { () throws(StateError) in try state.stageRemoval(endpoint) }
      }
      throw error
    }
  }

  // MARK: Addresses

  // The link of an ended container is gone with its namespace, and its address should be available
  // again at once. Large networks are only checked when address allocation fails.
  private func removeVanished(
    from network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let largestSearched = 64
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpointIDs(of: network.id) }
    guard network.driver == .bridge, recorded.count <= largestSearched else { return }
    let areConnected = try observed { () throws(KernelError) in
      try kernel.hasConnectedLinks(recorded.map(\.hostInterfaceName))
    }
    if areConnected { return }
    _ = try removeDeadEndpoints(of: network, in: state)
  }

  private func lease(
    _ pending: PendingConnection, in state: borrowing LockedState
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    do throws(LeaseFailure) {
      return try pending.lease(from: try leases(of: pending.network, in: state))
    } catch {
      // A container that is gone may still hold the requested address.
      guard try removeDeadEndpoints(of: pending.network, in: state) else {
        throw serviceError(error, pending.network)
      }
    }
    do throws(LeaseFailure) {
      return try pending.lease(from: try leases(of: pending.network, in: state))
    } catch {
      throw serviceError(error, pending.network)
    }
  }

  private func serviceError(_ failure: LeaseFailure, _ network: Network) -> ServiceError {
    switch failure {
    case .state(let error): serviceError(error)
    case .lease(.exhausted, let family):
      .noAddressLeft(family, network: network.name, network.id)
    case .lease: .addressInUse
    }
  }

  private func leases(
    of network: Network, in state: borrowing LockedState
  ) throws(LeaseFailure) -> NetworkLeases {
    do throws(StateError) {
      return try state.folder.leases(of: network.id)
    } catch {
      throw .state(error)
    }
  }

  // MARK: Interfaces

  private func endpoint(
    _ pending: PendingConnection, _ driver: any NetworkDriver, addresses: [IPPrefix]
  ) throws(ServiceError) -> Endpoint {
    let request = pending.request
    let id = EndpointID(using: &random)
    let hasLink = pending.network.driver == .bridge
    return Endpoint(
      id: id, network: pending.network.id, container: pending.container,
      interface: hasLink
        ? try interface(pending, driver, id, addresses: addresses) : nil,
      route: RouteCandidate(
        networkName: pending.network.name, priority: request.gatewayPriority,
        gateways: driver.offeredGateways.filter { pending.serves($0.family) }),
      settings: EndpointSettings(
        aliases: request.aliases.filter { !$0.isEmpty }, links: request.links,
        driverOptions: request.driverOptions))
  }

  private func interface(
    _ pending: PendingConnection, _ driver: any NetworkDriver, _ id: EndpointID,
    addresses: [IPPrefix]
  ) throws(ServiceError) -> EndpointInterface {
    let options = try optioned { () throws(OptionError) in
      try ChosenNames.check(pending.request.driverOptions)
      return try EndpointOptions(pending.request.driverOptions)
    }
    var names = Set(pending.links.map(\.name))
    if let chosen = options.interfaceName, names.contains(chosen.description) {
      throw .interfaceExists(chosen, container: pending.container.name)
    }
    // One that somebody has renamed gets its name back by a reload.
    names.formUnion(pending.others.compactMap(\.interface?.name))
    let free = (0...names.count).lazy.map { "\(driver.interfacePrefix)\($0)" }
      .first { !names.contains($0) }
    return EndpointInterface(
      hostName: id.hostInterfaceName,
      name: options.interfaceName?.description ?? free ?? driver.interfacePrefix,
      mac: hardwareAddress(for: addresses),
      addresses: addresses,
      linkLocalAddresses: pending.request.linkLocalAddresses.filter { pending.serves($0.family) })
  }

  // 02:42 followed by the IPv4 address, so that the same address always has the same MAC; Docker
  // has chosen it at random since 28.0.
  private func hardwareAddress(for addresses: [IPPrefix]) -> MACAddress {
    if let mac = addresses.lazy.compactMap({ MACAddress.docker(for: $0.address) }).first {
      return mac
    }
    let word: UInt64 = random.next()
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
  /// The new ports; nil if there are none.
  let change: PortChange?
  let before: DesiredPorts
  let after: DesiredPorts
}

/// The inputs of one `connect`.
private struct PendingConnection {
  let request: ConnectRequest
  let network: Network
  let container: Container
  let handle: NamespaceHandle
  /// The container's endpoints on other networks.
  let others: [Endpoint]
  /// The container's links before.
  let links: [ObservedLink]
  /// Whether the container has IPv6; one that has it switched off gets IPv4 only (Docker).
  let hasIPv6: Bool

  func serves(_ family: AddressFamily) -> Bool { family == .ipv4 || hasIPv6 }

  /// The container's loopback interface if it is down, as it is in a new namespace: then nothing in
  /// it reaches 127.0.0.1 or an address of the container's own.
  var idleLoopback: InterfaceName? {
    links.first { $0.isLoopback && !$0.isUp }.flatMap { try? InterfaceName($0.name) }
  }

  /// Leases one address per family of the network: the requested one, or the lowest available.
  func lease(
    from book: NetworkLeases
  ) throws(LeaseFailure) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    var book = book
    var addresses: [IPPrefix] = []
    for family in network.families.filter(serves).sorted() {
      // A bridge has one subnet per family; other drivers lease from the first listed (Docker).
      guard let index = book.subnets.firstIndex(where: { $0.subnet.family == family }) else {
        continue
      }
      let address: IPAddress
      do throws(LeaseError) {
        if let chosen = family == .ipv4 ? request.ipv4 : request.ipv6 {
          try book.subnets[index].lease(chosen)
          address = chosen
        } else {
          address = try book.subnets[index].leaseLowest()
        }
      } catch {
        throw .lease(error, family)
      }
      if let prefix = IPPrefix(address: address, length: book.subnets[index].subnet.length) {
        addresses.append(prefix)
      }
    }
    return (addresses, book)
  }
}

private enum LeaseFailure: Error {
  case state(StateError)
  case lease(LeaseError, AddressFamily)
}
