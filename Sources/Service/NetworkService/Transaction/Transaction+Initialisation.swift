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
    // Only a network with IPv6 needs it before the host's record does.
    var block: IPPrefix?
    for name in PredefinedNetwork.allCases {
      if try view.network(named: name.rawValue, in: index) != nil {
        isNew = false
        continue
      }
      switch name {
      case .bridge:
        if configuration.defaultBridge.hasIPv6 { block = randomLocalBlock() }
        try recordConfiguredBridge(block)
      case .host, .none:
        let network = Network(
          id: identities.networkID(), name: name.rawValue, created: now(),
          driver: name == .host ? .host : .null,
          ipam: IPAMConfiguration(options: nil, subnets: nil))
        try record(network, NetworkLeases())
      }
    }
    try save(
      HostRecord(
        localIPv6Block: block ?? randomLocalBlock(), boot: view.boot,
        namespace: try kernel.hostNamespace().number,
        // If only host.json was lost, recorded networks may be missing from the kernel.
        isRestored: isNew))
  }

  // One that the configuration does not allow now is left out; every later command tries again.
  private func recordConfiguredBridge(_ block: IPPrefix?) throws(ServiceError) {
    do throws(ServiceError) {
      try recordDefaultBridge(block)
    } catch {
      if configuration.defaultBridgeDigest.isEmpty { throw error }
      switch error {
      case .definition, .device: return
      default: throw error
      }
    }
  }

  // RFC 4193: fd00::/8 with 40 random bits.
  private func randomLocalBlock() -> IPPrefix {
    guard let pool = AddressPool.uniqueLocal(globalID: identities.word()) else {
      preconditionFailure("every global ID has its block")
    }
    return pool.base
  }
}
