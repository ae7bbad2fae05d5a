import Addressing
import NetworkModel
import RemoteDrivers

/// The subnets of a new network from a plugin. Each request is on record before it is made, so that
/// an interruption loses nothing that the protocol can find again.
struct PluginAddresses {
  private let client: PluginClient
  private let plan: CreatePlan
  private let withoutGateway: Set<AddressFamily>
  /// The destinations of the host's routes, which automatic subnets avoid.
  private let routed: [IPPrefix]
  /// Saves the network with what the plugin has given so far.
  private let record: (Network) throws(ServiceError) -> Void
  /// Automatic subnets that overlap routes. They are kept until another is found, or the plugin
  /// would give out the same again.
  private var rejected: [PluginPool] = []
  private(set) var subnets: [PluginSubnet] = []

  private static let rejectionLimit = 64

  init(
    _ client: PluginClient, _ plan: CreatePlan, withoutGateway: Set<AddressFamily>,
    routed: [IPPrefix], record: @escaping (Network) throws(ServiceError) -> Void
  ) {
    self.client = client
    self.plan = plan
    self.withoutGateway = withoutGateway
    self.routed = routed
    self.record = record
  }

  /// Requests all subnets of a network with their gateways and auxiliary addresses.
  mutating func request(for network: inout Network) throws(ServiceError) {
    defer { releaseRejected() }
    network.ipam.subnets = []
    _ = try addressSpace()
    for family in plan.families.sorted() {
      let requests = plan.subnets.filter { $0.family == family }
      for request in requests { try self.request(family, request, for: &network) }
      if requests.isEmpty { try self.request(family, nil, for: &network) }
    }
  }

  private func addressSpace() throws(ServiceError) -> String {
    try asking(for: "failed to get default address space") { () throws(PluginError) in
      try client.defaultAddressSpace(isGlobal: plan.isGlobal)
    }
  }

  private mutating func request(
    _ family: AddressFamily, _ wanted: SubnetConfiguration?, for network: inout Network
  ) throws(ServiceError) {
    let space = try addressSpace()
    let request = PluginPoolRequest(
      addressSpace: space, family: family, subnet: wanted?.subnet, range: wanted?.range,
      options: plan.request.addressOptions)
    var subnets = network.ipam.subnets ?? []
    if let wanted {
      network.ipam.subnets =
        subnets + [SubnetConfiguration(subnet: wanted.subnet, range: wanted.range)]
      try record(network)
    }
    let pool: PluginPool
    do throws(ServiceError) {
      pool = try requestPool(request)
    } catch {
      if case .plugin(let error) = error, !error.mayHaveTakenEffect {
        network.ipam.subnets = subnets
      }
      throw error
    }
    subnets.append(SubnetConfiguration(subnet: pool.prefix, range: wanted?.range, pool: pool.id))
    network.ipam.subnets = subnets
    try record(network)
    let gateway = try requestGateway(wanted?.gateway, of: pool, family, for: &network)
    let auxiliary = wanted?.auxiliaryAddresses ?? [:]
    for (name, address) in auxiliary.sorted(by: { $0.key < $1.key }) {
      try requestAuxiliary(name, address, of: pool, for: &network)
    }
    self.subnets.append(
      PluginSubnet(
        pool.prefix, addressSpace: space, gateway: gateway,
        auxiliaryAddresses: network.ipam.subnets?.last?.auxiliaryAddresses ?? [:]))
  }

  private mutating func requestPool(
    _ request: PluginPoolRequest
  ) throws(ServiceError) -> PluginPool {
    while true {
      let pool = try asking { () throws(PluginError) in try client.requestPool(request) }
      let isAvoidable =
        request.subnet == nil && !plan.isGlobal && pool.prefix.length > 0
        && rejected.count < Self.rejectionLimit
      guard isAvoidable, routed.contains(where: { $0.overlaps(pool.prefix) }) else { return pool }
      rejected.append(pool)
    }
  }

  private mutating func releaseRejected() {
    for pool in rejected { try? client.releasePool(pool.id) }
    rejected = []
  }

  private func requestGateway(
    _ wanted: IPAddress?, of pool: PluginPool, _ family: AddressFamily,
    for network: inout Network
  ) throws(ServiceError) -> IPPrefix? {
    if wanted == nil, let gateway = pool.gateway {
      try set(gateway.address, for: &network)
      return gateway
    }
    if wanted == nil && withoutGateway.contains(family) { return nil }
    if let wanted { try set(wanted, for: &network) }
    do throws(PluginError) {
      let gateway = try client.requestAddress(
        wanted, of: pool.id, options: PluginClient.gatewayOptions)
      try? set(gateway.address, for: &network)
      return gateway
    } catch {
      if !error.mayHaveTakenEffect { network.ipam.subnets?.withLast { $0.gateway = nil } }
      throw .plugin(error.of("failed to allocate gateway (\(wanted?.description ?? ""))"))
    }
  }

  private func set(_ gateway: IPAddress, for network: inout Network) throws(ServiceError) {
    network.ipam.subnets?.withLast { $0.gateway = gateway }
    try record(network)
  }

  private func requestAuxiliary(
    _ name: String, _ wanted: IPAddress, of pool: PluginPool, for network: inout Network
  ) throws(ServiceError) {
    network.ipam.subnets?.withLast { $0.auxiliaryAddresses[name] = wanted }
    try record(network)
    do throws(PluginError) {
      let given = try client.requestAddress(wanted, of: pool.id).address
      network.ipam.subnets?.withLast { $0.auxiliaryAddresses[name] = given }
    } catch {
      if !error.mayHaveTakenEffect {
        network.ipam.subnets?.withLast { $0.auxiliaryAddresses[name] = nil }
      }
      throw .plugin(error.of("failed to allocate secondary ip address (\(name):\(wanted))"))
    }
  }
}

extension [SubnetConfiguration] {
  fileprivate mutating func withLast(_ change: (inout SubnetConfiguration) -> Void) {
    if !isEmpty { change(&self[count - 1]) }
  }
}
