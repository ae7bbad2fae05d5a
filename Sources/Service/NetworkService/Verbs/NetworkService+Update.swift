import AddressPools
import Addressing
import Drivers
import KernelModel
import Naming
public import NetworkModel
import StateStore

extension NetworkService {
  /// Changes a network while containers are on it, and returns it. All of what is asked for, or
  /// nothing.
  @discardableResult
  public func update(_ request: UpdateRequest) throws(ServiceError) -> Network {
    try transaction { (transaction) throws(ServiceError) in
      let network = try transaction.changeableNetwork(request.network)
      return try transaction.update(network, request)
    }
  }
}

extension Transaction {
  fileprivate func update(
    _ old: Network, _ request: UpdateRequest
  ) throws(ServiceError) -> Network {
    var plan = try UpdatePlan(try resolved(request, for: old), of: old)
    if old.usesPlugins { throw .update(.hasPlugin(network: old.name)) }
    if plan.changesLabelsOnly(of: old) {
      if plan.network == old { return old }
      try change(NetworkUpdate(old: old, new: plan.network, endpoints: []))
      report(.update, plan.network)
      return plan.network
    }
    let live = try pruningDeadEndpoints(of: old)
    guard let type = view.drivers.driver(named: old.driver) else {
      throw .unknownDriver(old.driver, network: old.name)
    }
    try check(plan, of: old, type, live)
    if !old.isConfigurationOnly { try allocate(&plan, for: old, type) }
    let driver = try view.driver(of: plan.network)
    try checked { () throws(NetworkProblem) in
      try type.check(plan.network.subnets)
      try driver.checkSubnets()
      try driver.checkGateways()
    }
    try checkParent(of: driver.desiredNetwork)
    if let driver = driver as? any ParentSharing { try checkParent(of: driver) }
    let endpoints = try self.endpoints(live, on: plan, driver)
    let update = NetworkUpdate(old: old, new: plan.network, endpoints: endpoints)
    if update.old == update.new { return old }
    try checkPorts(of: live, update)
    try change(update)
    report(.update, plan.network)
    return plan.network
  }

  /// The request without words and names that stand for others.
  private func resolved(
    _ request: UpdateRequest, for old: Network
  ) throws(ServiceError) -> UpdateRequest {
    guard let driver = view.drivers.driver(named: old.driver), !old.isConfigurationOnly else {
      return request
    }
    var request = request
    if AutomaticMTU.isWanted(request.options) {
      let mtu = try automaticMTU(driver)
      request.options = AutomaticMTU.replaced(in: request.options, by: mtu)
      request.removedOptions += AutomaticMTU.optionsToRemove(from: old.options, for: mtu)
    }
    request.options = try resolvingLinkNames(in: request.options, of: driver)
    return request
  }

  // MARK: What cannot change

  private func check(
    _ plan: UpdatePlan, of old: Network, _ type: any NetworkDriver.Type, _ live: [Endpoint]
  ) throws(ServiceError) {
    let (options, changed) = (plan.network.options, plan.changedOptions)
    let users = live.map { kernel.reference(to: $0.container) }.sorted()
    let isUsed = !users.isEmpty
    // A network has the families of its subnets.
    let fixed =
      NetworkOptions.familyKeys.values.sorted().first(where: changed.contains)
      ?? type.fixedOption(among: changed, of: old.options, options, isUsed: false)
    if let fixed, !old.isConfigurationOnly {
      throw .update(.fixedOption(fixed, network: old.name, users: users))
    }
    if isUsed, let fixed = type.fixedOption(among: changed, of: old.options, options, isUsed: true)
    {
      throw .update(.optionInUse(fixed, network: old.name, users: users))
    }
    try checkOptions(options)
    let held = try view.leases(of: old.id)
    for address in plan.reserved where held.isInUse(address) {
      if let holder = live.first(where: { $0.has(address) }) {
        throw .update(.addressInUse(address, by: kernel.reference(to: holder.container)))
      }
      let name = plan.network.nameOfAuxiliaryAddress(address)
      throw .definition(
        name.map { .auxiliaryAddressUnavailable(name: $0, address) }
          ?? .gatewayUnavailable(address.description, isTaken: true))
    }
  }

  // A container's ports must not be lost without a word.
  private func checkPorts(
    of live: [Endpoint], _ update: NetworkUpdate
  ) throws(ServiceError) {
    let later = view.substituting(update.new, update.endpoints.map(\.new))
    var lost: [PortsInTheWay] = []
    for endpoint in live {
      let ports = try view.recordedPorts(of: endpoint.container)
      if ports.isEmpty { continue }
      let id = endpoint.container.id
      let before = try view.publishingEndpoints(among: try view.liveEndpoints(of: id))
      let after = try later.publishingEndpoints(among: try later.liveEndpoints(of: id))
      let gone = ports.filter {
        before.endpoint(publishing: $0)?.id == endpoint.id && before.publishesAsRecorded($0)
          && !after.publishesAsRecorded($0)
      }
      if !gone.isEmpty {
        lost.append(PortsInTheWay(container: kernel.reference(to: endpoint.container), ports: gone))
      }
    }
    if !lost.isEmpty { throw .update(.portsInTheWay(network: update.old.name, lost)) }
  }

  // MARK: Addresses

  private func allocate(
    _ plan: inout UpdatePlan, for old: Network, _ type: any NetworkDriver.Type
  ) throws(ServiceError) {
    let (options, isInternal) = (plan.network.options, plan.network.isInternal)
    let withoutGateway = try checked { () throws(OptionError) in
      try type.familiesWithoutGateway(options, isInternal: isInternal)
    }
    if !plan.newFamilies.isEmpty {
      let allocation = try allocate(
        plan.newSubnets, families: plan.newFamilies, in: old.addressSpace,
        withoutGateway: withoutGateway)
      plan.add(allocation.configurations)
      if let overlap = allocation.overlap {
        try refuse(plan.network, try view.driver(of: plan.network), at: overlap)
      }
    }
    // A network that was isolated may have none.
    let leases = NetworkLeases(of: plan.network, try view.endpoints(of: old.id))
    for var subnetLeases in leases.subnets
    where !withoutGateway.contains(subnetLeases.subnet.family) {
      let subnet = plan.network.subnets.first { $0.subnet == subnetLeases.subnet }
      guard let subnet, subnet.gateway == nil else { continue }
      guard let gateway = try? subnetLeases.leaseGateway() else {
        throw .definition(.gatewayUnavailable("", isTaken: false))
      }
      plan.setGateway(gateway, of: subnet.subnet)
    }
  }

  /// The endpoints that change with the network: they get addresses of new families, and may offer
  /// other default routes.
  private func endpoints(
    _ live: [Endpoint], on plan: UpdatePlan, _ driver: any NetworkDriver
  ) throws(ServiceError) -> [NetworkUpdate.EndpointUpdate] {
    var leases = NetworkLeases(of: plan.network, try view.endpoints(of: plan.network.id))
    var updates: [NetworkUpdate.EndpointUpdate] = []
    // In the order of their addresses, so that those of the new family are alike.
    for endpoint in live.sorted(by: { $0.firstAddress < $1.firstAddress }) {
      guard var interface = endpoint.interface else { continue }
      for family in plan.newFamilies.sorted() where try serves(family, endpoint) {
        guard
          let index = leases.subnets.firstIndex(where: { $0.subnet.family == family }),
          let address = try? leases.subnets[index].leaseLowest(),
          let prefix = IPPrefix(address: address, length: leases.subnets[index].subnet.length)
        else {
          throw .noAddressLeft(family, network: plan.network.name, plan.network.id)
        }
        interface.addresses.append(prefix)
      }
      interface.addresses.sort { $0.family < $1.family }
      var new = endpoint
      new.interface = interface
      new.route = RouteCandidate(
        networkName: endpoint.route.networkName, priority: endpoint.route.priority,
        routes: driver.offeredRoutes(from: interface.addresses)
          .filtered { interface.address($0) != nil })
      if new != endpoint { updates.append(NetworkUpdate.EndpointUpdate(old: endpoint, new: new)) }
    }
    return updates
  }

  private func serves(
    _ family: AddressFamily, _ endpoint: Endpoint
  ) throws(ServiceError) -> Bool {
    guard family == .ipv6 else { return true }
    guard let handle = try kernel.enter(endpoint.container) else {
      throw .update(.containerClosed(kernel.reference(to: endpoint.container)))
    }
    return try hasIPv6(handle, endpoint.settings.driverOptions)
  }
}

extension Endpoint {
  fileprivate var firstAddress: UInt128 { interface?.addresses.first?.address.value ?? 0 }

  fileprivate func has(_ address: IPAddress) -> Bool {
    interface?.addresses.contains { $0.address == address } == true
  }
}

extension Network {
  fileprivate func nameOfAuxiliaryAddress(_ address: IPAddress) -> String? {
    subnets.lazy.compactMap { subnet in
      subnet.auxiliaryAddresses.first { $0.value == address }?.key
    }.first
  }
}
