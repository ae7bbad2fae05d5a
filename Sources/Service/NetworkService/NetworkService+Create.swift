import AddressPools
import Addressing
import Drivers
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Creates a network and its device. Throws `definition` for what cannot be, `option`, `bridge`,
  /// `state` and `kernel`; nothing has changed then.
  public func create(_ request: CreateRequest) throws(ServiceError) -> NetworkID {
    let plan = try defined { () throws(DefinitionError) in try CreatePlan(request) }
    return try transaction { (state) throws(ServiceError) in
      try create(plan, in: state)
    }
  }

  private func create(
    _ plan: CreatePlan, in state: borrowing LockedState
  ) throws(ServiceError) -> NetworkID {
    let request = plan.request
    let known = try stored { () throws(StateError) in
      try state.index.network(named: request.name)
    }
    if known != nil { throw .definition(.nameExists(request.name)) }
    try defined { () throws(DefinitionError) in try plan.checkOperatorFields() }
    _ = try optioned { () throws(OptionError) in try AnnouncementOptions(request.options) }
    var (network, leases) = try define(plan, in: state)
    var driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    if let bridge = driver.desiredNetwork.bridge, bridge.mayBeForeign {
      network.keptAddresses = try keptAddresses(of: bridge, for: network, in: state)
      let network = network
      driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    }
    try record(network, driver, leases, in: state)
    return network.id
  }

  private func record(
    _ network: Network, _ driver: any NetworkDriver, _ leases: LeaseBook,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    do throws(ServiceError) {
      try stored { () throws(StateError) in
        try state.begin(network)
        if !network.isConfigurationOnly { try state.save(leases, of: network.id) }
      }
      if !driver.isRealisedOnDemand {
        try realise(driver.desiredNetwork, of: network, in: state)
      }
      try stored { () throws(StateError) in try state.finish(network) }
    } catch {
      undo(.network(network)) { () throws(ServiceError) in try dissolve(network, in: state) }
      throw error
    }
  }

  /// Checks that a bridge whose name was chosen can be had, before anything of this name is touched,
  /// and finds the addresses that it has already.
  private func keptAddresses(
    of bridge: BridgeDevice, for network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> [IPPrefix] {
    let owner = try state.index.first { (other) throws(ServiceError) in
      let desired = try optioned { () throws(OptionError) in
        try other.makeDriver().desiredNetwork
      }
      return desired.bridge?.name == bridge.name
    }
    if let owner {
      let conflict = BridgeConflict.belongsToNetwork(bridge.name, id: owner.id.description)
      throw .bridge(conflict, network: network.id, name: network.name)
    }
    let (_, present) = try bridgeSteps(bridge, of: network)
    return bridge.addresses.filter(present.contains)
  }

  private func define(
    _ plan: CreatePlan, in state: borrowing LockedState
  ) throws(ServiceError) -> (Network, LeaseBook) {
    let id = NetworkID(using: &random)
    if plan.request.isConfigurationOnly {
      return (plan.configurationNetwork(id: id, created: now()), LeaseBook())
    }
    var plan = plan
    try defined { () throws(DefinitionError) in try plan.resolveDriver() }
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource, in: state))
    }
    try defined { () throws(DefinitionError) in try plan.checkDriver() }
    let options = try optioned { () throws(OptionError) in
      try BridgeOptions(
        plan.request.options, isInternal: plan.request.isInternal, families: plan.families)
    }
    try defined { () throws(DefinitionError) in try plan.checkAddressing() }
    let allocation = try allocate(plan, options, in: state)
    return (
      plan.network(id: id, created: now(), subnets: allocation.configurations),
      LeaseBook(subnets: allocation.leases)
    )
  }

  private func allocate(
    _ plan: CreatePlan, _ options: BridgeOptions, in state: borrowing LockedState
  ) throws(ServiceError) -> SubnetAllocation {
    let isAutomatic = plan.families.contains { family in
      !plan.subnets.contains { $0.family == family && !$0.subnet.isUnspecified }
    }
    let routed =
      isAutomatic
      ? try observed { () throws(KernelError) in try kernel.routedSubnets() } : []
    var allocation = SubnetAllocation(
      taken: try stored { () throws(StateError) in try state.index.subnets() },
      routed: routed,
      localIPv6Block: try host(state).localIPv6Block,
      withoutGateway: Set(
        AddressFamily.allCases.filter { options.gatewayMode($0) == .isolated }))
    try defined { () throws(DefinitionError) in
      try allocation.allocate(plan.subnets, families: plan.families)
      for family in AddressFamily.allCases
      where allocation.configurations.count(where: { $0.subnet.family == family }) > 1 {
        throw .severalSubnets
      }
      try plan.checkGateways(allocation.configurations)
    }
    return allocation
  }

  // Found by its whole name only.
  private func configuration(
    _ name: String, in state: borrowing LockedState
  ) throws(ServiceError) -> Network {
    let found = try stored { () throws(StateError) in try state.index.network(named: name) }
    guard let found, found.isConfigurationOnly else {
      throw .definition(.configurationNotFound(name))
    }
    return found
  }

  private func defined<Result>(
    _ body: () throws(DefinitionError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(DefinitionError) { return try body() } catch { throw .definition(error) }
  }
}
