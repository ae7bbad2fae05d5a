import AddressPools
import Addressing
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Creates the state directory and records the networks that exist on every host.
  func initialiseState() throws(ServiceError) -> StateFolder {
    let folder = try stored { () throws(StateError) in
      try StateFolder.make(statePath, boot: boot)
    }
    try folder.locked(
      { (state) throws(ServiceError) in
        if folder.isInitialised { return }
        // Left by a command that was interrupted here.
        try stored { () throws(StateError) in
          for network in try state.unfinished().networks where network.isPredefined {
            try state.discard(network)
          }
        }
        var isNew = true
        for name in PredefinedNetwork.allCases {
          if try stored({ () throws(StateError) in try state.index.network(named: name.rawValue) })
            != nil
          {
            isNew = false
            continue
          }
          let (network, leases) = try predefined(name)
          try stored { () throws(StateError) in
            try state.stage(network)
            try state.save(leases, of: network.id)
            try state.commit(network)
          }
        }
        let host = HostRecord(
          localIPv6Block: randomLocalBlock(), boot: boot, namespace: try ownNamespace().number,
          // If only host.json was lost, recorded networks may be missing from the kernel.
          isRestored: isNew)
        try stored { () throws(StateError) in try state.save(host) }
      }, orThrow: serviceError)
    return folder
  }

  private func predefined(
    _ name: PredefinedNetwork
  ) throws(ServiceError) -> (Network, NetworkLeases) {
    let id = NetworkID(using: &random)
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

  // The options that Docker shows for its default bridge.
  private func defaultBridge(_ id: NetworkID) throws(ServiceError) -> (Network, NetworkLeases) {
    let pools = AddressPool.dockerDefaults
    let routes = try observed { () throws(KernelError) in try kernel.routedSubnets() }
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
      options: [
        "com.docker.network.bridge.default_bridge": "true",
        "com.docker.network.bridge.enable_icc": "true",
        "com.docker.network.bridge.enable_ip_masquerade": "true",
        "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
        "com.docker.network.bridge.name": "docker0",
        "com.docker.network.driver.mtu": "1500",
      ])
    return (network, NetworkLeases(subnets: [leases]))
  }

  // RFC 4193: fd00::/8 with 40 random bits.
  private func randomLocalBlock() -> IPPrefix {
    guard let pool = AddressPool.uniqueLocal(globalID: random.next()) else {
      preconditionFailure("every global ID has its block")
    }
    return pool.base
  }
}
