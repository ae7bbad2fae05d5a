import AddressPools
import Addressing
import Drivers
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Creates a network and its device. Throws `definition`, `option`, `bridge`, `state` or
  /// `kernel`; nothing has changed then.
  public func create(_ request: CreateRequest) throws(ServiceError) -> Network {
    let plan = try defined { () throws(DefinitionError) in try CreatePlan(request) }
    return try transaction { (state) throws(ServiceError) in
      try create(plan, in: state)
    }
  }

  private func create(
    _ plan: CreatePlan, in state: borrowing LockedState
  ) throws(ServiceError) -> Network {
    let request = plan.request
    let known = try stored { () throws(StateError) in
      try state.index.network(named: request.name)
    }
    if known != nil { throw .definition(.nameExists(request.name)) }
    try defined { () throws(DefinitionError) in try plan.checkOperatorFields() }
    _ = try optioned { () throws(OptionError) in try AnnouncementOptions(request.options) }
    var (network, leases, overlap) = try define(plan, in: state)
    try optioned { () throws(OptionError) in try ChosenNames.check(network.options) }
    var driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    try defined { () throws(DefinitionError) in try plan.checkSubnets(network.subnets) }
    if let bridge = driver.desiredNetwork.bridge, bridge.adoptsExisting {
      network.preexistingAddresses = try preexistingAddresses(of: bridge, for: network, in: state)
      let network = network
      driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    }
    if let overlap { try refuse(network, driver, at: overlap, in: state) }
    try defined { () throws(DefinitionError) in try plan.checkGateways(network.subnets) }
    try record(network, driver, leases, in: state)
    return network
  }

  private func record(
    _ network: Network, _ driver: any NetworkDriver, _ leases: NetworkLeases,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    do throws(ServiceError) {
      try stored { () throws(StateError) in
        try state.stage(network)
        if !network.isConfigurationOnly { try state.save(leases, of: network.id) }
      }
      if !driver.isCreatedOnDemand {
        try apply(driver.desiredNetwork, of: network, in: state)
      }
      try stored { () throws(StateError) in try state.commit(network) }
    } catch {
      undo(.network(network)) { () throws(ServiceError) in try tearDown(network, in: state) }
      throw error
    }
  }

  /// Checks whether the chosen bridge can be used, before touching anything of that name, and
  /// returns the addresses it already has.
  private func preexistingAddresses(
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
  ) throws(ServiceError) -> (network: Network, leases: NetworkLeases, overlap: IPPrefix?) {
    let id = NetworkID(using: &random)
    if plan.request.isConfigurationOnly {
      return (plan.configurationNetwork(id: id, created: now()), NetworkLeases(), nil)
    }
    var plan = plan
    try defined { () throws(DefinitionError) in try plan.resolveDriver() }
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource, in: state))
    }
    try defined { () throws(DefinitionError) in try plan.checkDriver() }
    let options = try optioned { () throws(OptionError) in
      try BridgeOptionWords(plan.request.options)
    }
    if let name = options.bridgeName { try checkKind(ofLink: name, for: plan, id) }
    try optioned { () throws(OptionError) in
      try options.checkIsolation(isInternal: plan.request.isInternal)
    }
    try defined { () throws(DefinitionError) in try plan.checkAddressDriver() }
    let allocation = try allocate(plan, options, in: state)
    try defined { () throws(DefinitionError) in
      try plan.checkFamilies(of: allocation.configurations)
    }
    return (
      plan.network(id: id, created: now(), subnets: allocation.configurations),
      NetworkLeases(subnets: allocation.leases), allocation.overlap
    )
  }

  // Docker checks the existing link of this name before it allocates addresses, but validates the
  // name only when it creates the bridge.
  private func checkKind(
    ofLink text: String, for plan: CreatePlan, _ id: NetworkID
  ) throws(ServiceError) {
    guard let name = try? InterfaceName(text) else { return }
    let link = try observed { () throws(KernelError) in try kernel.link(name, in: .host) }
    if let link, link.kind != "bridge" {
      throw .bridge(.notABridge(name), network: id, name: plan.request.name)
    }
  }

  /// Refuses a network whose subnet overlaps another's.
  private func refuse(
    _ network: Network, _ driver: any NetworkDriver, at subnet: IPPrefix,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    let other = state.index.first { other in
      other.subnets.contains { $0.subnet.overlaps(subnet) }
    }
    guard let other, let bridge = driver.desiredNetwork.bridge,
      let otherBridge = try? other.makeDriver().desiredNetwork.bridge
    else { throw .definition(.poolOverlap) }
    throw .definition(
      .overlap(
        subnet.family, of: NetworkBridge(network: network.id, name: bridge.name),
        with: NetworkBridge(network: other.id, name: otherBridge.name)))
  }

  private func allocate(
    _ plan: CreatePlan, _ options: BridgeOptionWords, in state: borrowing LockedState
  ) throws(ServiceError) -> SubnetAllocation {
    let isAutomatic = plan.families.contains { family in
      !plan.subnets.contains { $0.family == family && !$0.subnet.isUnspecified }
    }
    let space = plan.addressSpace
    // Docker allocates global subnets without regard to the host.
    let routed =
      isAutomatic && space == .local
      ? try observed { () throws(KernelError) in try kernel.routedSubnets() } : []
    let known = try stored { () throws(StateError) in try state.index.subnets() }
    var allocation = SubnetAllocation(
      pools: try pools(of: space, in: state),
      known: known, space: space,
      sharing: try sharedSubnets(plan, known, in: state),
      routed: routed,
      withoutGateway: options.familiesWithoutGateway(isInternal: plan.request.isInternal))
    try defined { () throws(DefinitionError) in
      try allocation.allocate(plan.subnets, families: plan.families)
    }
    return allocation
  }

  private func pools(
    of space: AddressSpace, in state: borrowing LockedState
  ) throws(ServiceError) -> [AddressFamily: [AddressPool]] {
    switch space {
    case .global: return [.ipv4: AddressPool.dockerGlobalDefaults]
    case .local:
      let block = try host(state).localIPv6Block
      return [
        .ipv4: AddressPool.dockerDefaults,
        .ipv6: [AddressPool(base: block, size: 64)].compactMap(\.self),
      ]
    }
  }

  private func sharedSubnets(
    _ plan: CreatePlan, _ known: [NetworkSubnet], in state: borrowing LockedState
  ) throws(ServiceError) -> [SharedSubnet] {
    var shared: [SharedSubnet] = []
    for request in plan.subnets where request.range != nil {
      let wanted = NetworkSubnet(prefix: request.subnet, space: plan.addressSpace)
      guard known.contains(wanted),
        let owner = state.index.first(where: { owner in
          owner.addressSpace == wanted.space
            && owner.subnets.contains { $0.subnet == wanted.prefix }
        })
      else { continue }
      let book = try stored { () throws(StateError) in try state.folder.leases(of: owner.id) }
      let range = owner.subnets.first { $0.subnet == wanted.prefix }?.range
      shared += book.subnets.filter { $0.subnet == wanted.prefix }
        .map { SharedSubnet(range: range, leases: $0) }
    }
    return shared
  }

  // Found by its full name only.
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
