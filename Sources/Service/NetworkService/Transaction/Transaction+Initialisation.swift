import AddressPools
import Addressing
import Configuration
import Drivers
import KernelModel
import NetworkModel
import StateStore

extension Transaction {
  /// Records the networks that exist on every host, unless another command just has.
  func initialise() throws(ServiceError) {
    if view.isInitialised { return }
    // Left by a command that was interrupted here.
    for network in try discardingUnwrittenChanges().networks where network.isPredefined {
      try discard(network)
    }
    var isNew = true
    for name in PredefinedNetwork.allCases {
      if try view.network(named: name.rawValue, in: index) != nil {
        isNew = false
        continue
      }
      let (network, leases) = try predefined(name)
      try stage(network)
      try save(leases, of: network.id)
      try commit(network)
    }
    try save(
      HostRecord(
        localIPv6Block: randomLocalBlock(), boot: view.boot,
        namespace: try kernel.hostNamespace().number,
        // If only host.json was lost, recorded networks may be missing from the kernel.
        isRestored: isNew))
  }

  private func predefined(
    _ name: PredefinedNetwork
  ) throws(ServiceError) -> (Network, NetworkLeases) {
    let id = identities.networkID()
    switch name {
    case .bridge: return try defaultBridge(id)
    case .host, .none:
      let network = Network(
        id: id, name: name.rawValue, created: now(),
        driver: name == .host ? .host : .null,
        ipam: IPAMConfiguration(options: nil, subnets: nil))
      return (network, NetworkLeases())
    }
  }

  private func defaultBridge(_ id: NetworkID) throws(ServiceError) -> (Network, NetworkLeases) {
    let pools = configuration.localPools
    let routes = try kernel.routedSubnets()
    let free = firstFreeSubnet(in: pools, taken: [], avoiding: routes)
    // This network may never be used, so it must not prevent the creation of others.
    let subnet = free ?? pools[0].base
    if free == nil {
      notices.append(.defaultNetworkRouted(subnet, routes: obstacles(among: routes, in: pools)))
    }
    var leases = SubnetLeases(subnet: subnet)
    guard let gateway = try? leases.leaseGateway() else {
      preconditionFailure("a pool has room for a gateway")
    }
    let network = Network(
      id: id, name: PredefinedNetwork.bridge.rawValue, created: now(), driver: .bridge,
      ipam: IPAMConfiguration(
        options: nil, subnets: [SubnetConfiguration(subnet: subnet, gateway: gateway)]),
      options: configuration.defaultBridge.options)
    return (network, NetworkLeases(subnets: [leases]))
  }

  // RFC 4193: fd00::/8 with 40 random bits.
  private func randomLocalBlock() -> IPPrefix {
    guard let pool = AddressPool.uniqueLocal(globalID: identities.word()) else {
      preconditionFailure("every global ID has its block")
    }
    return pool.base
  }
}
