import AddressPools
import Addressing
import Configuration
import Drivers
import KernelModel
import Naming
public import NetworkModel
import StateStore

extension NetworkService {
  /// Creates a network and its device. Throws `definition`, `option`, `device`, `state` or
  /// `kernel`; nothing has changed then.
  public func create(_ request: CreateRequest) throws(ServiceError) -> Network {
    try checkConfiguration()
    let completed = configurationFile.configuration.completing(request)
    let cluster = configurationFile.configuration.cluster
    let plan = try checked { () throws(DefinitionError) in
      try CreatePlan(
        completed, hasCluster: cluster != nil,
        defaultedOptions: Set(completed.options.keys).subtracting(request.options.keys))
    }
    let network = try transaction { (transaction) throws(ServiceError) in
      try transaction.create(plan)
    }
    if let network { return network }
    return try plan.isOverlay ? createOverlay(plan) : createWithPlugins(plan)
  }
}

extension Configuration {
  /// The request with the options that new networks of its driver get. One that is created from
  /// another network has that one's.
  fileprivate func completing(_ request: CreateRequest) -> CreateRequest {
    guard request.configurationSource.isEmpty else { return request }
    let name = request.driver.isEmpty ? DriverName.bridge.rawValue : request.driver
    guard let options = networkOptions[DriverName(rawValue: name)] else { return request }
    var request = request
    request.options.merge(options) { given, _ in given }
    return request
  }
}

extension Transaction {
  // Nil if plugins have a part in it, which are asked without the lock.
  fileprivate func create(_ plan: CreatePlan) throws(ServiceError) -> Network? {
    let request = plan.request
    if let known = try view.network(named: request.name, in: index) {
      guard request.acceptsExisting else { throw .definition(.nameExists(request.name)) }
      return try existing(known, as: plan)
    }
    try checked(plan.checkOperatorFields)
    try check(request.options)
    guard let definition = try define(plan) else { return nil }
    var network = definition.network
    try checked { () throws(OptionError) in
      try view.drivers.checkChosenNames(network.options)
    }
    let driver = try checkedDriver(of: &network, overlap: definition.overlap)
    try record(network, driver, definition.leases)
    report(.create, network)
    return network
  }

  /// The driver of a new network, which accepts it. The network gets the addresses that its device
  /// has already.
  func checkedDriver(
    of network: inout Network, overlap: IPPrefix?
  ) throws(ServiceError) -> any NetworkDriver {
    var driver = try view.driver(of: network)
    try checked { () throws(NetworkProblem) in try driver.checkSubnets() }
    if let device = driver.desiredNetwork.device, device.adoptsExisting {
      network.preexistingAddresses = try preexistingAddresses(of: device, for: network)
      driver = try view.driver(of: network)
    }
    if let overlap { try refuse(network, driver, at: overlap) }
    if let driver = driver as? any ParentSharing { try checkParent(of: driver) }
    try checked { () throws(NetworkProblem) in try driver.checkGateways() }
    return driver
  }

  /// A network that has the name already, if it is what is asked for.
  private func existing(
    _ network: Network, as plan: CreatePlan
  ) throws(ServiceError) -> Network {
    var plan = plan
    try checked(plan.checkOperatorFields)
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource))
    }
    if !plan.request.isConfigurationOnly,
      let driver = view.drivers.driver(named: DriverName(rawValue: plan.request.driver))
    {
      try resolveOptions(of: &plan, driver)
    }
    let differences = plan.differences(from: network)
    guard differences.isEmpty else {
      throw .definition(.existsOtherwise(network.name, differences))
    }
    return network
  }

  /// Refuses invalid options that no driver has of its own.
  func check(_ options: [String: String]) throws(ServiceError) {
    _ = try checked { () throws(OptionError) in try AnnouncementOptions(options) }
    if NetworkResolverOption(options) == nil {
      let key = NetworkResolverOption.key
      throw .option(.notAnAddress(key: key, value: options[key] ?? ""))
    }
  }

  /// Refuses options that no network can have.
  func checkOptions(_ options: [String: String]) throws(ServiceError) {
    try check(options)
    try checked { () throws(OptionError) in try view.drivers.checkChosenNames(options) }
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

  /// Checks whether the chosen link can be used, before touching anything of that name, and returns
  /// the addresses it already has.
  private func preexistingAddresses(
    of device: NetworkDevice, for network: Network
  ) throws(ServiceError) -> [IPPrefix] {
    let owner = try index.first { (other) throws(ServiceError) in
      let present = try view.desiredNetwork(of: other).device
      return present?.name == device.name && !(device.isShared && present?.owner == device.owner)
    }
    if let owner {
      let conflict = DeviceConflict.belongsToNetwork(device.name, id: owner.id.description)
      throw .device(conflict, network: network.id, name: network.name)
    }
    let (_, present) = try deviceSteps(device, of: network)
    return device.addresses.filter(present.contains)
  }

  private func define(
    _ plan: CreatePlan
  ) throws(ServiceError) -> (network: Network, leases: NetworkLeases, overlap: IPPrefix?)? {
    let id = identities.networkID()
    if plan.request.isConfigurationOnly {
      return (plan.configurationNetwork(id: id, created: now()), NetworkLeases(), nil)
    }
    var plan = plan
    if plan.isOverlay || plan.hasPluginDriver(view.drivers) || plan.addressPlugin != nil {
      return nil
    }
    let driver = try checked { () throws(DefinitionError) in
      try plan.resolveDriver(among: view.drivers)
    }
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource))
      if plan.addressPlugin != nil { return nil }
    }
    try checked { () throws(DefinitionError) in try plan.check(driver) }
    try resolveOptions(of: &plan, driver)
    let chosen = try checked { () throws(OptionError) in
      try driver.chosenLink(plan.request.options)
    }
    if let (name, kind) = chosen { try check(kind, ofLink: name, for: plan, id) }
    let withoutGateway = try checked { () throws(OptionError) in
      try driver.familiesWithoutGateway(
        plan.request.options, isInternal: plan.request.isInternal)
    }
    try checked(plan.checkAddressDriver)
    let allocation = try allocate(
      plan.subnets, families: plan.families, in: plan.addressSpace, withoutGateway: withoutGateway)
    if driver.needsAddresses { try checked(plan.checkFamilies) }
    try checked { () throws(NetworkProblem) in try driver.check(allocation.configurations) }
    return (
      plan.network(
        id: id, created: now(), driver: driver.name, subnets: allocation.configurations),
      NetworkLeases(subnets: allocation.leases), allocation.overlap
    )
  }

  /// Replaces what options leave to be found out on the host.
  private func resolveOptions(
    of plan: inout CreatePlan, _ driver: any NetworkDriver.Type
  ) throws(ServiceError) {
    try replaceAutomaticMTU(in: &plan, driver)
    plan.replaceOptions(by: try resolvingLinkNames(in: plan.request.options, of: driver))
  }

  /// Replaces an MTU that is to be found out.
  func replaceAutomaticMTU(
    in plan: inout CreatePlan, _ driver: any NetworkDriver.Type
  ) throws(ServiceError) {
    if AutomaticMTU.isWanted(plan.request.options) {
      plan.replaceAutomaticMTU(by: try automaticMTU(driver))
    }
  }

  /// The MTU that the word for it stands for; nil for the driver's default.
  func automaticMTU(_ driver: any NetworkDriver.Type) throws(ServiceError) -> UInt32? {
    // An interface on a link of the host has that link's MTU anyway.
    driver is any ParentSharing.Type ? nil : try uplinkMTU()
  }

  /// The options with the names of the links of the host that they name: links may have
  /// alternative names besides, which neither rules nor comparisons know.
  func resolvingLinkNames(
    in options: [String: String], of driver: any NetworkDriver.Type
  ) throws(ServiceError) -> [String: String] {
    try driver.resolvingLinkNames(in: options) { (text) throws(ServiceError) in
      guard let name = try? InterfaceName(text) else { return nil }
      return try kernel.link(name)?.name
    }
  }

  // Docker checks the existing link of this name before it allocates addresses, but validates the
  // name only when it creates the bridge.
  private func check(
    _ kind: LinkKind, ofLink text: String, for plan: CreatePlan, _ id: NetworkID
  ) throws(ServiceError) {
    guard let name = try? InterfaceName(text) else { return }
    let link = try kernel.link(name)
    if let link, link.kind != kind {
      throw .device(.otherKind(name, wanted: kind), network: id, name: plan.request.name)
    }
  }

  /// Refuses a network whose subnet overlaps that of another, unless one of them can share it.
  func refuse(
    _ network: Network, _ driver: any NetworkDriver, at subnet: IPPrefix
  ) throws(ServiceError) {
    if view.drivers.sharesSubnets(network) { return }
    let other = index.first { other in
      other.id != network.id && other.subnets.contains { $0.subnet.overlaps(subnet) }
        && !view.drivers.sharesSubnets(other)
    }
    guard let other else { return }
    guard let device = driver.desiredNetwork.device,
      let otherDevice = try? view.desiredNetwork(of: other).device
    else { throw .definition(.poolOverlap) }
    throw .definition(
      .overlap(
        subnet.family, of: DeviceOfNetwork(network: network.id, name: device.name),
        with: DeviceOfNetwork(network: other.id, name: otherDevice.name)))
  }

  /// Allocates subnets for these families: those that are asked for, and automatic ones.
  func allocate(
    _ subnets: [SubnetConfiguration], families: Set<AddressFamily>, in space: AddressSpace,
    withoutGateway: Set<AddressFamily>
  ) throws(ServiceError) -> SubnetAllocation {
    let isAutomatic = families.contains { family in
      !subnets.contains { $0.family == family && !$0.subnet.isUnspecified }
    }
    // Docker allocates global subnets without regard to the host.
    let routed =
      isAutomatic && space == .local
      ? try kernel.routedSubnets() : RoutedSubnets()
    let known = try view.subnets(in: index) + subnetsBeingCreated
    var allocation = SubnetAllocation(
      pools: try pools(of: space),
      known: known, space: space,
      sharing: try sharedSubnets(subnets, space, known),
      routed: routed.all, connected: routed.connected,
      withoutGateway: withoutGateway)
    do throws(DefinitionError) {
      try allocation.allocate(subnets, families: families)
    } catch {
      // Automatic IPv6 subnets come last.
      guard case .poolsExhausted(let routes, _) = error, space == .local,
        !allocation.configurations.contains(where: { $0.family == .ipv4 })
      else {
        throw .definition(error)
      }
      throw .definition(
        .poolsExhausted(
          routes: routes, remedy: remedy(besides: known.map(\.prefix) + routed.all)))
    }
    return allocation
  }

  // Networks that wait for a plugin are on no list yet.
  private var subnetsBeingCreated: [NetworkSubnet] {
    pluginChanges.networks.flatMap { network in
      network.subnets.map { NetworkSubnet(prefix: $0.subnet, space: network.addressSpace) }
    }
  }

  /// The line of the configuration file that gives more subnets: none of these blocks is in its
  /// way.
  func remedy(besides blocks: [IPPrefix]) -> ConfigurationLine? {
    let file = view.configurationFile
    return file.lineForMoreSubnets(besides: blocks)
      .map { ConfigurationLine(file: file.path, text: $0) }
  }

  private func pools(
    of space: AddressSpace
  ) throws(ServiceError) -> [AddressFamily: [AddressPool]] {
    switch space {
    case .foreign: [:]
    case .global: [.ipv4: configuration.globalPools]
    case .local: localPools(try self.host().localIPv6Block)
    }
  }

  private func sharedSubnets(
    _ subnets: [SubnetConfiguration], _ space: AddressSpace, _ known: [NetworkSubnet]
  ) throws(ServiceError) -> [SharedSubnet] {
    var shared: [SharedSubnet] = []
    for request in subnets where request.range != nil {
      let wanted = NetworkSubnet(prefix: request.subnet, space: space)
      guard known.contains(wanted) else { continue }
      let owners = index.listing.networks.filter { owner in
        owner.addressSpace == wanted.space && owner.subnets.contains { $0.subnet == wanted.prefix }
      }
      for owner in owners {
        let leases = try view.leases(of: owner.id)
        let range = owner.subnets.first { $0.subnet == wanted.prefix }?.range
        shared += leases.subnets.filter { $0.subnet == wanted.prefix }
          .map { SharedSubnet(range: range, leases: $0) }
      }
    }
    return shared
  }

  // Found by its full name only.
  func configuration(_ name: String) throws(ServiceError) -> Network {
    let found = try view.network(named: name, in: index)
    guard let found, found.isConfigurationOnly else {
      throw .definition(.configurationNotFound(name))
    }
    return found
  }
}
