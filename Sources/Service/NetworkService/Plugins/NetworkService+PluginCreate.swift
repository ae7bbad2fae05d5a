import Addressing
import Drivers
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore

extension NetworkService {
  /// Creates a network in which plugins have a part. The state lock is free while they are asked;
  /// what they have been asked is on record.
  func createWithPlugins(_ plan: CreatePlan) throws(ServiceError) -> Network {
    var plan = try step { (transaction) throws(ServiceError) in try transaction.resolved(plan) }
    let remote = try remoteDrivers(for: &plan)
    let id = identities.networkID()
    return try locking(id) { () throws(ServiceError) in
      try create(plan, id, with: remote)
    }
  }

  private func create(
    _ plan: CreatePlan, _ id: NetworkID, with remote: RemotePart
  ) throws(ServiceError) -> Network {
    let options = PluginNetworkOptions(
      families: plan.families, options: plan.request.options,
      isInternal: plan.request.isInternal
        ? true : plan.request.configurationSource.isEmpty ? nil : false)
    var withoutGateway = remote.familiesWithoutGateway
    if let driver = remote.driver, remote.checksGateways {
      withoutGateway = try asking { () throws(PluginError) in
        try driver.familiesWithoutGateway(options)
      }
    }
    var network = try step { (transaction) throws(ServiceError) in
      try transaction.stagePlanned(plan, remote, withoutGateway: withoutGateway, id)
    }
    do throws(ServiceError) {
      let subnets = try requestSubnets(of: &network, plan, remote, withoutGateway)
      if let driver = remote.driver {
        try record(&network, .asked)
        do throws(PluginError) {
          try driver.createNetwork(id, options, subnets)
        } catch {
          if error.isUnsent { network.plugin?.phase = .planned }
          throw .plugin(error)
        }
        try record(&network, .made)
      }
      let planned = network
      return try step { (transaction) throws(ServiceError) in
        try transaction.commitPlanned(planned)
      }
    } catch {
      settle(network, .undoing)
      throw error
    }
  }

  private func record(
    _ network: inout Network, _ phase: PluginNetwork.Phase
  ) throws(ServiceError) {
    network.plugin?.phase = phase
    let network = network
    try step { (transaction) throws(ServiceError) in try transaction.stage(network) }
  }

  /// Finds the plugins, and asks what they are.
  private func remoteDrivers(for plan: inout CreatePlan) throws(ServiceError) -> RemotePart {
    var remote = RemotePart()
    let request = plan.request
    let isDriver = plan.hasPluginDriver(drivers)
    let addressPlugin = plan.addressPlugin
    if isDriver {
      let client = try client(request.driver, notFound: .unknownDriver(request.driver))
      let kinds: [PluginKind] =
        addressPlugin == request.driver ? [.network, .addresses] : [.network]
      let capabilities = try asking { () throws(PluginError) in try client.activate(kinds) }
      if request.isIngress { throw .definition(.ingress) }
      if request.scope == "swarm" { throw .definition(.swarmScope) }
      let isGlobal = capabilities.isGlobal ?? false
      if isGlobal && request.scope == "local" {
        throw .plugin(
          PluginError(.refused, "cannot downgrade network scope for \(request.driver) networks"))
      }
      if isGlobal { plan.makeGlobal() }
      remote.driver = client
      remote.checksGateways = capabilities.checksGateways
      if kinds.count > 1 {
        remote.addresses = client
        remote.needsHardwareAddress = capabilities.needsHardwareAddress ?? false
      }
    } else {
      let driver = try checked { () throws(DefinitionError) in
        try plan.resolveDriver(among: drivers)
      }
      try checked { () throws(DefinitionError) in try plan.check(driver) }
      remote.familiesWithoutGateway = try checked { () throws(OptionError) in
        try driver.familiesWithoutGateway(request.options, isInternal: request.isInternal)
      }
    }
    if let addressPlugin, remote.addresses == nil {
      let client = try client(addressPlugin, notFound: .unknownAddressDriver(addressPlugin))
      let capabilities = try asking { () throws(PluginError) in
        try client.activate([.addresses])
      }
      remote.addresses = client
      remote.needsHardwareAddress = capabilities.needsHardwareAddress ?? false
    }
    return remote
  }

  private func client(
    _ name: String, notFound: DefinitionError
  ) throws(ServiceError) -> PluginClient {
    do throws(PluginError) {
      return try plugins.client(name)
    } catch {
      throw error.reason == .notFound ? .definition(notFound) : .plugin(error)
    }
  }

  /// The subnets, as the driver is told of them.
  private func requestSubnets(
    of network: inout Network, _ plan: CreatePlan, _ remote: RemotePart,
    _ withoutGateway: Set<AddressFamily>
  ) throws(ServiceError) -> [PluginSubnet] {
    guard let client = remote.addresses else {
      let isNull = network.ipam.driver == IPAMConfiguration.nullDriver
      let space = isNull ? "null" : plan.isGlobal ? "GlobalDefault" : "LocalDefault"
      return network.subnets.map { subnet in
        PluginSubnet(
          subnet.subnet, addressSpace: space,
          gateway: subnet.gateway.flatMap {
            IPPrefix(address: $0, length: subnet.subnet.length)
          }, auxiliaryAddresses: subnet.auxiliaryAddresses)
      }
    }
    let isAutomatic = plan.families.contains { family in
      !plan.subnets.contains { $0.family == family }
    }
    var addresses = PluginAddresses(
      client, plan, withoutGateway: withoutGateway,
      routed: isAutomatic ? try kernel.routedSubnets().all : []
    ) { (network) throws(ServiceError) in
      try self.step { (transaction) throws(ServiceError) in try transaction.stage(network) }
    }
    try addresses.request(for: &network)
    return addresses.subnets
  }
}

/// The plugins of a new network.
struct RemotePart {
  /// The driver; nil for one of netctl's.
  var driver: PluginClient?
  /// The address driver; nil for one of netctl's.
  var addresses: PluginClient?
  /// Whether the driver decides which families get no gateway.
  var checksGateways = false
  /// The families for which netctl's driver wants none.
  var familiesWithoutGateway: Set<AddressFamily> = []
  /// Whether the address driver is told hardware addresses.
  var needsHardwareAddress = false
}

extension Transaction {
  /// The plan with the settings of the configuration that it names, if its name is free.
  fileprivate func resolved(_ plan: CreatePlan) throws(ServiceError) -> CreatePlan {
    try checkName(plan.request.name)
    try checked(plan.checkOperatorFields)
    try check(plan.request.options)
    var plan = plan
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource))
    }
    if let driver = view.drivers.driver(named: DriverName(rawValue: plan.request.driver)) {
      try replaceAutomaticMTU(in: &plan, driver)
    }
    return plan
  }

  private func checkName(_ name: String) throws(ServiceError) {
    let known = try view.network(named: name, in: index)
    if known != nil || pluginChanges.networks.contains(where: { $0.name == name }) {
      throw .definition(.nameExists(name))
    }
  }

  /// Records a network whose plugins are about to be asked, with what netctl decides itself.
  fileprivate func stagePlanned(
    _ plan: CreatePlan, _ remote: RemotePart, withoutGateway: Set<AddressFamily>, _ id: NetworkID
  ) throws(ServiceError) -> Network {
    try checkName(plan.request.name)
    try checked { () throws(OptionError) in
      try view.drivers.checkChosenNames(plan.request.options)
    }
    var subnets: [SubnetConfiguration] = []
    var leases: NetworkLeases?
    if plan.request.addressDriver == IPAMConfiguration.nullDriver {
      subnets = try checked { () throws(DefinitionError) in try plan.subnetsWithoutAddresses() }
    } else if remote.addresses == nil {
      let allocation = try allocate(
        plan.subnets, families: plan.families, in: plan.addressSpace,
        withoutGateway: withoutGateway)
      subnets = allocation.configurations
      leases = NetworkLeases(subnets: allocation.leases)
    }
    try checked(plan.checkFamilies)
    let network = plan.network(
      id: id, created: now(), driver: DriverName(rawValue: plan.request.driver),
      subnets: subnets, plugin: remote.driver == nil ? nil : PluginNetwork(.planned),
      needsHardwareAddress: remote.needsHardwareAddress)
    try stage(network)
    if let leases { try save(leases, of: id) }
    return network
  }

  /// Completes a network that its plugins have made.
  fileprivate func commitPlanned(_ planned: Network) throws(ServiceError) -> Network {
    var network = planned
    // Documents may have been added by hand meanwhile.
    if try view.network(named: network.name, in: index) != nil {
      throw .definition(.nameExists(network.name))
    }
    if network.plugin == nil {
      let driver = try view.driver(of: network)
      try checked { () throws(NetworkProblem) in
        try type(of: driver).check(planned.subnets)
      }
      let accepted = try checkedDriver(of: &network, overlap: try overlap(of: network))
      try stage(network)
      try apply(accepted.desiredNetwork, of: network)
    }
    try commit(network)
    report(.create, network)
    return network
  }

  private func overlap(of network: Network) throws(ServiceError) -> IPPrefix? {
    let known = try view.subnets(in: index)
    return network.subnets.first { subnet in
      known.contains { $0.prefix.overlaps(subnet.subnet) }
    }?.subnet
  }
}
