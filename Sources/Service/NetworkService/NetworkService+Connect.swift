import AddressPools
import Addressing
import Drivers
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Connects a container to a network: an interface with addresses, and the default route if this
  /// network is the one to have it; gives the ports that were published with it. When it throws, what
  /// was done is undone, now or by the next command.
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
      let others = try livingEndpoints(of: container, in: state)
      try check(request, network, container, others)
      let links = try observed { () throws(KernelError) in
        try kernel.links(in: .container(handle))
      }
      let join = Join(
        request: request, network: network, container: container, handle: handle, others: others,
        links: links, hasIPv6: try hasIPv6(handle, for: network, request))
      return try attach(join, in: state)
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
    // Its interface has no IPv6, so that the kernel refuses the address (Docker). One without
    // interface does not care.
    if network.driver == .bridge, !network.families.contains(.ipv6),
      let address = request.linkLocalAddresses.first(where: { $0.family == .ipv6 })
    {
      throw .linkLocalWithoutIPv6(address, network: network.name)
    }
  }

  private func attach(
    _ join: Join, in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    let driver = try optioned { () throws(OptionError) in try join.network.makeDriver() }
    try forgetVanished(from: join.network, in: state)
    let (addresses, leases) = try lease(join, in: state)
    let endpoint = try endpoint(join, driver, addresses: addresses)
    let desired = try optioned { () throws(OptionError) in try driver.desiredEndpoint(endpoint) }
    let ports = try ports(join, with: endpoint, in: state)
    do throws(ServiceError) {
      try stored { () throws(StateError) in
        try state.begin(endpoint)
        if let change = ports.change { try state.begin(change) }
        try state.save(leases, of: join.network.id)
      }
      if let loopback = join.idleLoopback {
        try perform([.bringUp(loopback, .container(join.handle))])
      }
      if let desired {
        try ensure(driver.desiredNetwork, of: join.network, in: state)
        try perform(desired.creationSteps(container: join.handle))
        try settleRoutes(
          of: join.others + [endpoint], in: join.handle, container: join.container,
          isFresh: join.links.allSatisfy(\.isLoopback))
      }
      try changePorts(of: join.container, from: ports.before, to: ports.after, in: state)
      try finish(endpoint, with: ports, in: state)
    } catch {
      if let change = ports.change {
        undo(.ports(change.ports)) { () throws(ServiceError) in
          try withdraw(change, besides: [endpoint], in: state)
        }
      }
      undo(.endpoint(endpoint, network: join.network.name)) { () throws(ServiceError) in
        try detach(endpoint, handle: join.handle, in: state)
      }
      if let loopback = join.idleLoopback {
        try? perform([.takeDown(loopback, .container(join.handle))])
      }
      throw error
    }
    if let desired { announce(desired, in: join.handle) }
    return ports.change?.ports.ports ?? []
  }

  // Neighbours that are not told find out by themselves.
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
    _ join: Join, with endpoint: Endpoint, in state: borrowing LockedState
  ) throws(ServiceError) -> JoinPorts {
    let all = join.others + [endpoint]
    let old = try recordedPorts(of: join.container, in: state)
    let new = try allocate(
      join.request.ports, for: join.container, on: all, present: join.others, in: state)
    return JoinPorts(
      all: old + new,
      change: new.isEmpty
        ? nil
        : PortChange(ContainerPorts(container: join.container, ports: new), with: endpoint.id),
      before: try desiredPorts(old, on: join.others, in: state),
      after: try desiredPorts(old + new, on: all, in: state))
  }

  // The ports count as published once the endpoint is attached.
  private func finish(
    _ endpoint: Endpoint, with ports: JoinPorts, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let change = ports.change else {
      return try stored { () throws(StateError) in try state.finish(endpoint) }
    }
    try stored { () throws(StateError) in
      try state.save(ContainerPorts(container: endpoint.container, ports: ports.all))
      try state.finish(endpoint)
    }
    do throws(ServiceError) {
      try stored { () throws(StateError) in try state.end(change, having: ports.all) }
    } catch {
      attempt { () throws(ServiceError) in
        try stored { () throws(StateError) in try state.beginRemoval(endpoint) }
      }
      throw error
    }
  }

  // MARK: Addresses

  // A container that ended has taken its link with it, and its address is free at once. In a large
  // network that is found out only when an address is wanted that somebody has.
  private func forgetVanished(
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
    _ = try forgetDeadEndpoints(of: network, in: state)
  }

  private func lease(
    _ join: Join, in state: borrowing LockedState
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: LeaseBook) {
    do throws(LeaseFailure) {
      return try join.lease(from: try leases(of: join.network, in: state))
    } catch {
      // Somebody who is gone may still hold what is wanted.
      guard try forgetDeadEndpoints(of: join.network, in: state) else {
        throw refusal(error, join.network)
      }
    }
    do throws(LeaseFailure) {
      return try join.lease(from: try leases(of: join.network, in: state))
    } catch {
      throw refusal(error, join.network)
    }
  }

  private func refusal(_ failure: LeaseFailure, _ network: Network) -> ServiceError {
    switch failure {
    case .state(let error): refusal(error)
    case .lease(.exhausted, let family):
      .noAddressLeft(family, network: network.name, network.id)
    case .lease: .addressInUse
    }
  }

  private func leases(
    of network: Network, in state: borrowing LockedState
  ) throws(LeaseFailure) -> LeaseBook {
    do throws(StateError) {
      return try state.folder.leases(of: network.id)
    } catch {
      throw .state(error)
    }
  }

  // MARK: Interfaces

  private func endpoint(
    _ join: Join, _ driver: any NetworkDriver, addresses: [IPPrefix]
  ) throws(ServiceError) -> Endpoint {
    let request = join.request
    let id = EndpointID(using: &random)
    let hasLink = join.network.driver == .bridge
    return Endpoint(
      id: id, network: join.network.id, container: join.container,
      interface: hasLink
        ? try interface(join, driver, id, addresses: addresses) : nil,
      route: RouteCandidate(
        networkName: join.network.name, priority: request.gatewayPriority,
        gateways: driver.offeredGateways.filter { join.serves($0.family) }),
      settings: EndpointSettings(
        aliases: request.aliases.filter { !$0.isEmpty }, links: request.links,
        driverOptions: request.driverOptions))
  }

  private func interface(
    _ join: Join, _ driver: any NetworkDriver, _ id: EndpointID, addresses: [IPPrefix]
  ) throws(ServiceError) -> EndpointInterface {
    let options = try optioned { () throws(OptionError) in
      try ChosenNames.check(join.request.driverOptions)
      return try EndpointOptions(join.request.driverOptions)
    }
    var names = Set(join.links.map(\.name))
    if let chosen = options.interfaceName, names.contains(chosen.description) {
      throw .interfaceExists(chosen, container: join.container.name)
    }
    // One that somebody has renamed gets its name back by a reload.
    names.formUnion(join.others.compactMap(\.interface?.name))
    let free = (0...names.count).lazy.map { "\(driver.interfacePrefix)\($0)" }
      .first { !names.contains($0) }
    return EndpointInterface(
      hostName: id.hostInterfaceName,
      name: options.interfaceName?.description ?? free ?? driver.interfacePrefix,
      mac: hardwareAddress(for: addresses),
      addresses: addresses,
      linkLocalAddresses: join.request.linkLocalAddresses.filter { join.serves($0.family) })
  }

  // 02:42 and the IPv4 address, so that it stays the same when the address does; Docker draws it at
  // random since 28.0.
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

/// The ports of a container that is about to have one more endpoint.
private struct JoinPorts {
  /// Those it has and those it gets.
  let all: [PublishedPort]
  /// Those it gets; nil for none.
  let change: PortChange?
  let before: DesiredPorts
  let after: DesiredPorts
}

/// What one `connect` works with.
private struct Join {
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

  /// The container's loopback interface if it is down, as it is in a new namespace: then nothing in it
  /// reaches 127.0.0.1 or an address of the container's own.
  var idleLoopback: InterfaceName? {
    links.first { $0.isLoopback && !$0.isUp }.flatMap { try? InterfaceName($0.name) }
  }

  /// Takes one address for each family of the network: the one asked for, or the lowest free one.
  func lease(
    from book: LeaseBook
  ) throws(LeaseFailure) -> (addresses: [IPPrefix], leases: LeaseBook) {
    var book = book
    var addresses: [IPPrefix] = []
    for family in network.families.filter(serves).sorted() {
      // A bridge has one subnet of a family; others lease from the first listed (Docker).
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
