import AddressPools
import Addressing
import Configuration
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The network `bridge`, which follows the configuration.
extension Transaction {
  /// Makes the network anew if the configuration is not the one that it was made from. Throws
  /// `defaultNetworkInUse` while containers are connected to it.
  func followConfiguration() throws(ServiceError) {
    if view.defaultBridgeDigest == configuration.defaultBridgeDigest { return }
    let old = try view.network(named: PredefinedNetwork.bridge.rawValue, in: index)
    if let old {
      let live = try pruningDeadEndpoints(of: old)
      if !live.isEmpty { throw .defaultNetworkInUse(live) }
    }
    try recordDefaultBridge(try host().localIPv6Block, replacing: old)
  }

  /// Records the network as the configuration has it, if it has one, in place of `old`; `block` is
  /// what automatic IPv6 subnets are cut from.
  func recordDefaultBridge(
    _ block: IPPrefix?, replacing old: Network? = nil
  ) throws(ServiceError) {
    let new =
      configuration.hasDefaultBridge ? try defaultBridge(block, replacing: old) : nil
    if let old {
      try stageRemoval(old)
      try discard(old)
    }
    if let (network, leases) = new { try record(network, leases) }
    // Last, so that an interruption leaves the rest to the next command.
    try saveDefaultBridgeDigest()
  }

  /// Records a network of which the kernel holds nothing yet.
  func record(_ network: Network, _ leases: NetworkLeases) throws(ServiceError) {
    try stage(network)
    try save(leases, of: network.id)
    try commit(network)
  }

  private func defaultBridge(
    _ block: IPPrefix?, replacing old: Network?
  ) throws(ServiceError) -> (Network, NetworkLeases) {
    let bridge = configuration.defaultBridge
    let id = identities.networkID()
    let present = bridge.isForeign ? try addresses(ofForeign: bridge.name, for: id) : []
    let known = try view.subnets(in: index).filter { subnet in
      old?.subnets.contains { $0.subnet == subnet.prefix } != true
    }
    let pools = localPools(block)
    let routed = try kernel.routedSubnets()
    var allocation = SubnetAllocation(
      pools: [:], known: known, space: .local, routed: [], withoutGateway: [])
    // Those that are chosen come first, as in other networks.
    var requests: [SubnetConfiguration] = bridge.families.sorted().compactMap { family in
      requested(family, present)
    }
    for family in bridge.families.sorted() where !requests.contains(where: { $0.family == family })
    {
      requests.append(
        try automaticSubnet(pools[family] ?? [], family, known, avoiding: routed))
    }
    for request in requests {
      let request = try adding(bridge.gateways[request.family], to: request)
      try checked { () throws(DefinitionError) in
        try allocation.allocate([request], families: [request.family])
      }
    }
    if allocation.overlap != nil { throw .definition(.poolOverlap) }
    var network = Network(
      id: id, name: PredefinedNetwork.bridge.rawValue, created: now(),
      driver: .bridge, families: bridge.families,
      ipam: IPAMConfiguration(options: nil, subnets: allocation.configurations),
      options: bridge.options(uplinkMTU: bridge.mtu == nil ? try uplinkMTU() : 0))
    let driver = try view.driver(of: network)
    try checked { () throws(NetworkProblem) in try driver.checkSubnets() }
    let wanted = driver.desiredNetwork.device?.addresses ?? []
    network.preexistingAddresses = wanted.filter(present.contains)
    return (network, NetworkLeases(subnets: allocation.leases))
  }

  private func adding(
    _ gateway: IPAddress?, to subnet: SubnetConfiguration
  ) throws(ServiceError) -> SubnetConfiguration {
    guard let gateway, gateway != subnet.gateway else { return subnet }
    let key = subnet.family.gatewayKey
    guard subnet.subnet.contains(gateway) else {
      throw .definition(.auxiliaryAddressOutside(name: key, gateway, subnet: subnet.subnet))
    }
    var subnet = subnet
    subnet.auxiliaryAddresses[key] = gateway
    return subnet
  }

  // What the file or the administrator's bridge has.
  private func requested(
    _ family: AddressFamily, _ present: [IPPrefix]
  ) -> SubnetConfiguration? {
    let bridge = configuration.defaultBridge
    let range = bridge.ranges[family]
    let own = present.filter { $0.family == family && !$0.address.isLinkLocalUnicast }
    if let address = bridge.addresses[family]
      ?? own.first(where: { range?.contains($0.address) == true })
      ?? own.first(where: { address in range.map(address.contains) == true }) ?? own.first
    {
      return SubnetConfiguration(
        subnet: address.masked, range: range, gateway: address.address)
    }
    return range.map { SubnetConfiguration(subnet: $0, range: $0) }
  }

  private func automaticSubnet(
    _ pools: [AddressPool], _ family: AddressFamily, _ known: [NetworkSubnet],
    avoiding routed: RoutedSubnets
  ) throws(ServiceError) -> SubnetConfiguration {
    let taken = known.filter { $0.space == .local }.map(\.prefix)
    if let free = usableSubnet(in: pools, besides: taken, avoiding: routed) {
      return SubnetConfiguration(subnet: free)
    }
    // This network may never be used, so it must not prevent the creation of others.
    guard let free = firstFreeSubnet(in: pools, taken: taken, avoiding: []) else {
      throw .definition(pools.isEmpty ? .noPool(family) : .poolsExhausted(routes: []))
    }
    let routes = blockingRoutes(among: routed.all, connected: routed.connected, in: pools)
    notices.append(.defaultNetworkRouted(free, routes: routes))
    return SubnetConfiguration(subnet: free)
  }

  private func usableSubnet(
    in pools: [AddressPool], besides taken: [IPPrefix], avoiding routed: RoutedSubnets
  ) -> IPPrefix? {
    firstFreeSubnet(
      in: pools, taken: taken, avoiding: routed.all, connected: routed.connected)
  }

  // MARK: Routes in the way

  /// Gives the network another subnet if routes of the host have come in the way of its automatic
  /// one, or were from the beginning; returns whether it did. A network with endpoints, or whose
  /// bridge exists, stays as it is.
  func moveFromRoutes(_ network: Network) throws(ServiceError) -> Bool {
    guard network.name == PredefinedNetwork.bridge.rawValue, configuration.hasDefaultBridge,
      try !view.hasEndpoints(network.id),
      let device = try view.desiredNetwork(of: network).device, try kernel.link(device.name) == nil
    else { return false }
    let routed = try kernel.routedSubnets()
    if automaticSubnets(of: network).allSatisfy({ routed.obstructing($0).isEmpty }) { return false }
    let pools = localPools(try host().localIPv6Block)
    let taken = try view.subnets(in: index).filter { $0.space == .local }.map(\.prefix)
    let own = network.subnets.map(\.subnet)
    for subnet in automaticSubnets(of: network) {
      let others = taken.filter { !own.contains($0) }
      let free = usableSubnet(
        in: pools[subnet.family] ?? [], besides: others, avoiding: routed)
      if free == nil { return false }
    }
    try recordDefaultBridge(try host().localIPv6Block, replacing: network)
    return true
  }

  /// Refuses to make the bridge of a network whose automatic subnet is a network of the host's, or
  /// is routed elsewhere as a whole: it would take that over, or be unreachable.
  func checkRoutes(of network: Network) throws(ServiceError) {
    guard network.name == PredefinedNetwork.bridge.rawValue else { return }
    let routed = try kernel.routedSubnets()
    let routes = Set(automaticSubnets(of: network).flatMap(routed.taking)).sorted()
    if routes.isEmpty { return }
    let known = try view.subnets(in: index).map(\.prefix)
    throw .definition(
      .poolsExhausted(routes: routes, remedy: remedy(besides: known + routed.all)))
  }

  // Others are the administrator's choice.
  private func automaticSubnets(of network: Network) -> [IPPrefix] {
    let bridge = configuration.defaultBridge
    guard !bridge.isForeign else { return [] }
    return network.subnets.map(\.subnet).filter { subnet in
      bridge.addresses[subnet.family] == nil && bridge.ranges[subnet.family] == nil
    }
  }

  private func addresses(
    ofForeign name: String, for network: NetworkID
  ) throws(ServiceError) -> [IPPrefix] {
    // Not by an alternative name, which rules do not know.
    guard let name = try? InterfaceName(name), let link = try kernel.link(name), link.name == name
    else {
      throw .definition(.bridgeNotFound(name))
    }
    if link.kind != .bridge {
      throw .device(.otherKind(name, wanted: .bridge), network: network, name: "bridge")
    }
    return try kernel.addresses(of: link)
  }

  /// The MTU of the link that the host's default route leads to; Docker's default without one.
  func uplinkMTU() throws(ServiceError) -> UInt32 {
    for route in try kernel.routing(in: .host).defaultRoutes {
      guard let name = route.interface, let link = try kernel.link(name), link.mtu > 0 else {
        continue
      }
      return link.mtu
    }
    return DefaultBridge().mtu ?? 0
  }

  /// The pools for automatic subnets of networks of local scope; `block` is the host's own.
  func localPools(_ block: IPPrefix?) -> [AddressFamily: [AddressPool]] {
    let own = [block.flatMap { AddressPool(base: $0, size: 64) }].compactMap(\.self)
    let configured = configuration.localIPv6Pools
    return [.ipv4: configuration.localPools, .ipv6: configured.isEmpty ? own : configured]
  }
}

extension AddressFamily {
  /// The auxiliary address that is the gateway of containers (Docker).
  fileprivate var gatewayKey: String {
    switch self {
    case .ipv4: "DefaultGatewayIPv4"
    case .ipv6: "DefaultGatewayIPv6"
    }
  }
}
