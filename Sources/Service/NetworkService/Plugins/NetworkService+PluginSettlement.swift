import Addressing
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore

/// What plugins have of networks and endpoints that are on record as pending is given back here,
/// and then the record is deleted. That may be done any number of times.
extension NetworkService {
  /// Holds the lock of a network while plugins are asked on its behalf.
  func locking<Result>(
    _ network: NetworkID, _ body: () throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    let lock = try view().lock(network)
    let result = Swift.Result<Result, ServiceError>(catching: body)
    withExtendedLifetime(lock) {}
    return try result.get()
  }

  /// Gives back what interrupted commands left. What another process works on is left alone, and so
  /// is what a plugin has that is away.
  func recoverPluginChanges() {
    plugins.areRecovered = true
    settlePending(.recoveringAll)
  }

  /// Gives back what this command has begun to remove, and tells plugins of gateways.
  func finishPluginWork() {
    if !plugins.formerGateways.isEmpty || !plugins.newGateways.isEmpty {
      let (former, new) = (plugins.formerGateways, plugins.newGateways)
      (plugins.formerGateways, plugins.newGateways) = ([], [])
      revoke(former)
      program(new)
    }
    if plugins.stagedEndpoints.isEmpty { return }
    let staged = plugins.stagedEndpoints
    plugins.stagedEndpoints = []
    guard let changes = pendingChanges() else { return }
    for endpoint in changes.endpoints where staged.contains(endpoint.id) {
      attempt { () throws(ServiceError) in
        if plugins.isRemovalRequested {
          try locking(endpoint.network) { () throws(ServiceError) in
            settleIfPending(endpoint.id, .removing)
          }
        } else if let lock = try view().lockIfFree(endpoint.network) {
          settleIfPending(endpoint.id, .removing)
          withExtendedLifetime(lock) {}
        }
      }
    }
  }

  /// Gives back what is pending, of one network that is locked already, or of all that no process has
  /// locked.
  func settlePending(_ settlement: PluginSettlement, ofLocked network: NetworkID? = nil) {
    guard let changes = pendingChanges() else { return }
    let networks = Set(changes.endpoints.map(\.network)).union(changes.networks.map(\.id))
    for id in networks.sorted() where network == nil || network == id {
      if network != nil {
        settlePending(settlement, of: id)
        continue
      }
      attempt { () throws(ServiceError) in
        guard let lock = try view().lockIfFree(id) else { return }
        settlePending(settlement, of: id)
        withExtendedLifetime(lock) {}
      }
    }
  }

  // Another process may have finished it just before the network was locked.
  private func settlePending(_ settlement: PluginSettlement, of network: NetworkID) {
    guard let changes = pendingChanges() else { return }
    for endpoint in changes.endpoints where endpoint.network == network {
      settle(endpoint, settlement)
    }
    for pending in changes.networks where pending.id == network { settle(pending, settlement) }
  }

  private func settleIfPending(_ id: EndpointID, _ settlement: PluginSettlement) {
    guard let endpoint = pendingChanges()?.endpoints.first(where: { $0.id == id }) else { return }
    settle(endpoint, settlement)
  }

  func pendingChanges() -> PendingChanges? {
    attempt { () throws(ServiceError) in try view().pluginChanges() }
  }

  /// Runs something that the command does not depend on; nil if it fails.
  @discardableResult
  func attempt<Result>(_ body: () throws(ServiceError) -> Result) -> Result? {
    do throws(ServiceError) {
      return try body()
    } catch {
      noticeList.append(.ignored(error))
      return nil
    }
  }

  // MARK: Endpoints

  /// Gives back what plugins have of an endpoint, and takes it out of the container.
  func settle(_ endpoint: Endpoint, _ settlement: PluginSettlement) {
    do throws(ServiceError) {
      try giveBack(endpoint, settlement)
    } catch {
      noticeList.append(.unfinished(change(of: endpoint), error))
    }
  }

  private func change(of endpoint: Endpoint) -> UnfinishedChange {
    (try? view())?.change(of: endpoint)
      ?? .endpoint(endpoint, network: endpoint.network.short)
  }

  // Once for each plugin, whatever it has.
  private func report(
    _ change: UnfinishedChange, _ absence: (plugin: String, error: PluginError)
  ) {
    if plugins.absences.updateValue(absence.error, forKey: absence.plugin) == nil {
      noticeList.append(.unfinished(change, .plugin(absence.error)))
    }
  }

  private func giveBack(
    _ endpoint: Endpoint, _ settlement: PluginSettlement
  ) throws(ServiceError) {
    guard let plugin = endpoint.plugin else { return }
    var returns = PluginReturns(settlement, noticeList)
    let network = try view().networkOrPending(endpoint.network)
    if let network, network.isOverlay {
      return try giveBackToAgent(endpoint, of: network, settlement)
    }
    let driver = network.flatMap { network in
      network.plugin == nil ? nil : returns.client(network.driver.rawValue, plugins)
    }
    let id = PluginEndpointID(endpoint.id, on: endpoint.network)
    let gateways = try step { (transaction) throws(ServiceError) in
      try transaction.gatewayChange(without: endpoint)
    }
    if let driver, [.joined, .programmed, .attached].contains(plugin.phase) {
      let isGateway =
        plugin.phase == .programmed || plugin.phase == .attached && gateways.isGateway
      if isGateway && network?.isInternal != true {
        returns.call(driver) { (driver) throws(PluginError) in
          try driver.revokeExternalConnectivity(id)
        }
      }
      returns.call(driver) { (driver) throws(PluginError) in try driver.leave(id) }
    }
    try step { (transaction) throws(ServiceError) in
      try transaction.detachLocally(endpoint, hasDriverPlugin: network?.plugin != nil)
    }
    if [.programmed, .attached].contains(plugin.phase) { program(gateways.successors) }
    if let driver, plugin.phase != .leasing {
      let isDone = returns.call(driver) { (driver) throws(PluginError) in
        try driver.deleteEndpoint(id)
      }
      if !isDone, settlement.followsInterruption, plugin.phase == .asked,
        returns.absence == nil, isRecent(plugin.begun)
      {
        return
      }
    }
    if !plugin.leases.isEmpty, let name = network?.addressPlugin,
      let addresses = returns.client(name, plugins)
    {
      for lease in plugin.leases {
        returns.call(addresses) { (addresses) throws(PluginError) in
          try addresses.releaseAddress(lease)
        }
      }
    }
    if let absence = returns.absence { return report(change(of: endpoint), absence) }
    try step { (transaction) throws(ServiceError) in
      if let path = plugin.sandboxKey { try transaction.unmountSandbox(path, of: endpoint) }
      try transaction.discard(endpoint)
      if let network, let event = settlement.event(removing: .disconnect) {
        transaction.report(event, network, of: endpoint.container)
      }
    }
  }

  /// Tells plugins which endpoints have become gateways; an error is only reported.
  func program(_ endpoints: [Endpoint]) {
    tellPlugins(of: endpoints) { (driver, id, endpoint) throws(PluginError) in
      try driver.programExternalConnectivity(id, PluginPorts(endpoint.plugin?.ports ?? []))
    }
  }

  /// Tells plugins which endpoints are no longer gateways; an error is only reported.
  func revoke(_ endpoints: [Endpoint]) {
    tellPlugins(of: endpoints) { (driver, id, _) throws(PluginError) in
      try driver.revokeExternalConnectivity(id)
    }
  }

  private func tellPlugins(
    of endpoints: [Endpoint],
    _ call: (PluginClient, PluginEndpointID, Endpoint) throws(PluginError) -> Void
  ) {
    for endpoint in endpoints {
      guard let network = try? view().networkOrPending(endpoint.network), network.plugin != nil,
        !network.isInternal
      else { continue }
      do throws(PluginError) {
        let driver = try plugins.client(network.driver.rawValue)
        try call(driver, PluginEndpointID(endpoint.id, on: network.id), endpoint)
      } catch {
        noticeList.append(.plugin(network.driver.rawValue, error))
      }
    }
  }

  private func isRecent(_ moment: Timestamp) -> Bool {
    let limit = PluginSettlement.effectTime.components.seconds * 1_000_000_000
    return (0..<limit).contains(now().nanoseconds - moment.nanoseconds)
  }

  // MARK: Networks

  /// Gives back what plugins have of a network, and takes it out of the kernel.
  func settle(_ network: Network, _ settlement: PluginSettlement) {
    do throws(ServiceError) {
      try giveBack(network, settlement)
    } catch {
      noticeList.append(.unfinished(.network(network), error))
    }
  }

  private func giveBack(
    _ network: Network, _ settlement: PluginSettlement
  ) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      try transaction.removeFromKernel(
        try transaction.view.desiredNetwork(of: network), of: network)
    }
    if network.isOverlay { return try giveBackToAgent(network, settlement) }
    var returns = PluginReturns(settlement, noticeList)
    let isMade = network.plugin.map { $0.phase != .planned } ?? false
    if isMade && settlement.deletesNetworkFirst {
      let isDone = delete(network, &returns)
      if !isDone, settlement.followsInterruption, network.plugin?.phase == .asked,
        returns.absence == nil, isRecent(network.created)
      {
        return
      }
    }
    if let name = network.addressPlugin, let client = returns.client(name, plugins) {
      for subnet in network.ipam.subnets ?? [] { release(subnet, of: network, client, &returns) }
    }
    if isMade && !settlement.deletesNetworkFirst { delete(network, &returns) }
    if let absence = returns.absence { return report(.network(network), absence) }
    try step { (transaction) throws(ServiceError) in
      try transaction.discard(network)
      if let event = settlement.event(removing: .destroy) { transaction.report(event, network) }
    }
  }

  @discardableResult
  private func delete(_ network: Network, _ returns: inout PluginReturns) -> Bool {
    guard let driver = returns.client(network.driver.rawValue, plugins) else { return false }
    return returns.call(driver) { (driver) throws(PluginError) in
      try driver.deleteNetwork(network.id)
    }
  }

  private func release(
    _ subnet: SubnetConfiguration, of network: Network, _ client: PluginClient,
    _ returns: inout PluginReturns
  ) {
    guard let pool = subnet.pool else {
      // It was asked for, and the answer is unknown. The same request gets the same pool.
      returns.call(client) { (client) throws(PluginError) in
        let pool = try client.requestPool(
          PluginPoolRequest(
            addressSpace: try client.defaultAddressSpace(
              isGlobal: network.scope == AddressSpace.globalScope),
            family: subnet.family, subnet: subnet.subnet, range: subnet.range,
            options: network.ipam.options ?? [:]))
        try client.releasePool(pool.id)
        try? client.releasePool(pool.id)
      }
      return
    }
    let auxiliary = subnet.auxiliaryAddresses.sorted { $0.key < $1.key }.map(\.value)
    for address in [subnet.gateway].compactMap(\.self) + auxiliary {
      returns.call(client) { (client) throws(PluginError) in
        try client.releaseAddress(PluginEndpoint.Lease(pool: pool, address: address))
      }
    }
    returns.call(client) { (client) throws(PluginError) in try client.releasePool(pool) }
  }
}

extension StateView {
  /// A network, also one that is being created or removed.
  func networkOrPending(_ id: NetworkID) throws(ServiceError) -> Network? {
    if let network = try network(id) { return network }
    return try unfinished().networks.first { $0.id == id }
  }
}
