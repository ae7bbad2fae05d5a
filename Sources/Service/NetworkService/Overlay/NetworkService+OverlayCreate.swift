import Addressing
import AgentAPI
import Drivers
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore

extension NetworkService {
  /// Creates a network on all hosts of the cluster. The agent chooses what the request leaves open,
  /// and knows whether the name and the subnets are free everywhere.
  func createOverlay(_ plan: CreatePlan) throws(ServiceError) -> Network {
    let draft = try step { (transaction) throws(ServiceError) in
      try transaction.draft(plan)
    }
    let network: Network
    do throws(AgentError) {
      network = try agent.create(draft).network
    } catch {
      throw error.serviceError(of: draft)
    }
    // The agent may have recorded it meanwhile.
    try step { (transaction) throws(ServiceError) in
      try transaction.adopt(network)
      transaction.report(.create, network)
    }
    return network
  }

  /// The error of a request to the agent, in the words for a network.
  func askingAgent<Result>(
    about network: Network, _ call: (AgentClient) throws(AgentError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(AgentError) { return try call(agent) } catch { throw error.serviceError(of: network) }
  }
}

extension AgentError {
  /// The service's error for the same, where it has one.
  func serviceError(of network: Network) -> ServiceError {
    switch kind {
    case .nameTaken: .definition(.nameExists(network.name))
    case .poolOverlaps: .definition(.poolOverlap)
    case .networkNotFound: .networkNotFound(network.name)
    case .addressInUse: .addressInUse
    case .noFreeAddress:
      .noAddressLeft(network.families.min() ?? .ipv4, network: network.name, network.id)
    default: .agent(self, network: network.name)
    }
  }
}

extension Transaction {
  /// The network as the agent is asked for it: without subnets where it chooses them.
  fileprivate func draft(_ plan: CreatePlan) throws(ServiceError) -> Network {
    if try view.network(named: plan.request.name, in: index) != nil {
      throw .definition(.nameExists(plan.request.name))
    }
    try checked(plan.checkOperatorFields)
    try checkOptions(plan.request.options)
    var plan = plan
    if !plan.request.configurationSource.isEmpty {
      plan.adopt(try configuration(plan.request.configurationSource))
    }
    if plan.request.scope == "local" {
      throw .plugin(
        PluginError(.refused, "cannot downgrade network scope for overlay networks"))
    }
    let driver = try checked { () throws(DefinitionError) in
      try plan.resolveDriver(among: view.drivers)
    }
    try checked { () throws(DefinitionError) in try plan.check(driver) }
    plan.makeGlobal()
    try checked(plan.checkAddressDriver)
    let chosen = plan.subnets.filter { !$0.subnet.isUnspecified }
    let allocation = try allocate(
      chosen, families: Set(chosen.map(\.family)), in: .global,
      withoutGateway: Set(AddressFamily.allCases))
    try checked(plan.checkFamilies)
    try chooseMTU(for: &plan)
    let network = plan.network(
      id: identities.networkID(), created: now(), driver: driver.name,
      subnets: allocation.configurations)
    _ = try view.driver(of: network)
    return network
  }

  // What a datagram adds to a frame: Ethernet, VXLAN, UDP and IP.
  private static func overhead(_ family: AddressFamily) -> UInt32 { family == .ipv4 ? 50 : 70 }

  private func chooseMTU(for plan: inout CreatePlan) throws(ServiceError) {
    let given = plan.request.options[OverlayOptions.mtuKey]
    guard given == nil || given == "0" || AutomaticMTU.isWanted(plan.request.options),
      let host = try view.membership()?.host, let mtu = try mtu(of: host.address)
    else { return }
    let least: UInt32 = plan.families.contains(.ipv6) ? 1280 : 68
    plan.chooseMTU(
      max(mtu, Self.overhead(host.address.family) + least)
        - Self.overhead(host.address.family))
  }

  /// Refuses a network whose frames are too large for this host's link to others.
  func checkMTU(of network: Network, on host: ClusterHost) throws(ServiceError) {
    let options = try checked { () throws(OptionError) in try OverlayOptions(network) }
    guard let wanted = options.mtu, let mtu = try mtu(of: host.address) else { return }
    let needed = wanted + Self.overhead(host.address.family)
    if needed > mtu {
      throw .overlayMTU(wanted, network: network.name, address: host.address, mtu: mtu)
    }
  }

  /// The MTU of the link that has an address.
  private func mtu(of address: IPAddress) throws(ServiceError) -> UInt32? {
    let interfaces = try kernel.interfaces(in: .host)
    return interfaces.links.first { link in
      interfaces.addresses(of: link).contains { $0.address == address }
    }?.mtu
  }

  /// Records a network that exists in the store; returns whether that changed anything.
  @discardableResult
  func adopt(_ network: Network) throws(ServiceError) -> Bool {
    let known = try view.network(network.id)
    if known == network { return false }
    if let known {
      let update = NetworkUpdate(old: known, new: network, endpoints: [])
      try stage(update)
      try apply(update)
      try settle(update)
    } else {
      try stage(network)
      try commit(network)
    }
    return true
  }
}
