import AddressPools
import Addressing
import Drivers
import KernelModel
import Naming
public import NetworkModel
import StateStore

extension NetworkService {
  /// Creates a network and its device. Throws `definition`, `option`, `bridge`, `state` or
  /// `kernel`; nothing has changed then.
  public func create(_ request: CreateRequest) throws(ServiceError) -> Network {
    let plan = try checked { () throws(DefinitionError) in try CreatePlan(request) }
    return try transaction { (transaction) throws(ServiceError) in
      try transaction.create(plan)
    }
  }
}

extension Transaction {
  fileprivate func create(_ plan: CreatePlan) throws(ServiceError) -> Network {
    let request = plan.request
    let known = try view.network(named: request.name, in: index)
    if known != nil { throw .definition(.nameExists(request.name)) }
    try checked(plan.checkOperatorFields)
    _ = try checked { () throws(OptionError) in try AnnouncementOptions(request.options) }
    if NetworkResolverOption(request.options) == nil {
      let key = NetworkResolverOption.key
      throw .option(.notAnAddress(key: key, value: request.options[key] ?? ""))
    }
    var (network, leases, overlap) = try define(plan)
    try checked { () throws(OptionError) in try ChosenNames.check(network.options) }
    var driver = try network.configuredDriver()
    try checked { () throws(DefinitionError) in try plan.checkSubnets(network.subnets) }
    if let bridge = driver.desiredNetwork.bridge, bridge.adoptsExisting {
      network.preexistingAddresses = try preexistingAddresses(of: bridge, for: network)
      let network = network
      driver = try network.configuredDriver()
    }
    if let overlap { try refuse(network, driver, at: overlap) }
    try checked { () throws(DefinitionError) in try plan.checkGateways(network.subnets) }
    try record(network, driver, leases)
    return network
  }

  private func record(
    _ network: Network, _ driver: any NetworkDriver, _ leases: NetworkLeases
  ) throws(ServiceError) {
    do throws(ServiceError) {
      try stage(network)
      if !network.isConfigurationOnly { try save(leases, of: network.id) }
      if !driver.isCreatedOnDemand {
        try apply(driver.desiredNetwork, of: network)
      }
      try commit(network)
    } catch {
      undo(.network(network)) { () throws(ServiceError) in try tearDown(network) }
      throw error
    }
  }

  /// Checks whether the chosen bridge can be used, before touching anything of that name, and
  /// returns the addresses it already has.
  private func preexistingAddresses(
    of bridge: BridgeDevice, for network: Network
  ) throws(ServiceError) -> [IPPrefix] {
    let owner = try index.first { (other) throws(ServiceError) in
      let desired = try other.configuredDriver().desiredNetwork
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
    _ plan: CreatePlan
  ) throws(ServiceError) -> (network: Network, leases: NetworkLeases, overlap: IPPrefix?) {
    let id = identities.networkID()
    if plan.request.isConfigurationOnly {
      return (plan.configurationNetwork(id: id, created: now()), NetworkLeases(), nil)
    }
    var plan = plan
    try checked { () throws(DefinitionError) in try plan.resolveDriver() }
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource))
    }
    try checked(plan.checkDriver)
    let options = try checked { () throws(OptionError) in
      try BridgeOptionWords(plan.request.options)
    }
    if let name = options.bridgeName { try checkKind(ofLink: name, for: plan, id) }
    try checked { () throws(OptionError) in
      try options.checkIsolation(isInternal: plan.request.isInternal)
    }
    try checked(plan.checkAddressDriver)
    let allocation = try allocate(plan, options)
    try checked { () throws(DefinitionError) in
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
    let link = try kernel.link(name)
    if let link, link.kind != "bridge" {
      throw .bridge(.notABridge(name), network: id, name: plan.request.name)
    }
  }

  /// Refuses a network whose subnet overlaps another's.
  private func refuse(
    _ network: Network, _ driver: any NetworkDriver, at subnet: IPPrefix
  ) throws(ServiceError) {
    let other = index.first { other in
      other.subnets.contains { $0.subnet.overlaps(subnet) }
    }
    guard let other, let bridge = driver.desiredNetwork.bridge,
      let otherBridge = try? other.configuredDriver().desiredNetwork.bridge
    else { throw .definition(.poolOverlap) }
    throw .definition(
      .overlap(
        subnet.family, of: NetworkBridge(network: network.id, name: bridge.name),
        with: NetworkBridge(network: other.id, name: otherBridge.name)))
  }

  private func allocate(
    _ plan: CreatePlan, _ options: BridgeOptionWords
  ) throws(ServiceError) -> SubnetAllocation {
    let isAutomatic = plan.families.contains { family in
      !plan.subnets.contains { $0.family == family && !$0.subnet.isUnspecified }
    }
    let space = plan.addressSpace
    // Docker allocates global subnets without regard to the host.
    let routed =
      isAutomatic && space == .local
      ? try kernel.routedSubnets() : []
    let known = try view.subnets(in: index)
    var allocation = SubnetAllocation(
      pools: try pools(of: space),
      known: known, space: space,
      sharing: try sharedSubnets(plan, known),
      routed: routed,
      withoutGateway: options.familiesWithoutGateway(isInternal: plan.request.isInternal))
    try checked { () throws(DefinitionError) in
      try allocation.allocate(plan.subnets, families: plan.families)
    }
    return allocation
  }

  private func pools(
    of space: AddressSpace
  ) throws(ServiceError) -> [AddressFamily: [AddressPool]] {
    switch space {
    case .global: return [.ipv4: AddressPool.dockerGlobalDefaults]
    case .local:
      let block = try self.host().localIPv6Block
      return [
        .ipv4: AddressPool.dockerDefaults,
        .ipv6: [AddressPool(base: block, size: 64)].compactMap(\.self),
      ]
    }
  }

  private func sharedSubnets(
    _ plan: CreatePlan, _ known: [NetworkSubnet]
  ) throws(ServiceError) -> [SharedSubnet] {
    var shared: [SharedSubnet] = []
    for request in plan.subnets where request.range != nil {
      let wanted = NetworkSubnet(prefix: request.subnet, space: plan.addressSpace)
      guard known.contains(wanted),
        let owner = index.first(where: { owner in
          owner.addressSpace == wanted.space
            && owner.subnets.contains { $0.subnet == wanted.prefix }
        })
      else { continue }
      let book = try view.leases(of: owner.id)
      let range = owner.subnets.first { $0.subnet == wanted.prefix }?.range
      shared += book.subnets.filter { $0.subnet == wanted.prefix }
        .map { SharedSubnet(range: range, leases: $0) }
    }
    return shared
  }

  // Found by its full name only.
  private func configuration(_ name: String) throws(ServiceError) -> Network {
    let found = try view.network(named: name, in: index)
    guard let found, found.isConfigurationOnly else {
      throw .definition(.configurationNotFound(name))
    }
    return found
  }
}
