import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Applies recorded networks to the kernel as devices and firewall elements, and tears them down.
extension Transaction {
  /// Creates a network in the kernel.
  func apply(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let (steps, _) = try bridgeSteps(bridge, of: network)
    let unforwarded = try recordForwarding(desired.forwarding)
    try extendFirewall(desired.firewall + unforwarded.map { .noTransit($0) })
    for family in unforwarded { try enableForwarding(family) }
    try perform(steps)
  }

  /// Repairs a network that should already be in the kernel: its bridge may have been renamed or
  /// deleted, by hand or by a reboot, or its table flushed.
  func applyOrRepair(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let link = try ownLink(of: bridge)
    if let link, link.owner == bridge.owner { try perform(bridge.renamingSteps(of: link)) }
    if let link, link.isUp, link.owner == bridge.owner {
      let unforwarded = try recordForwarding(desired.forwarding)
      // A network that is created on demand is applied only once it has an endpoint.
      let own = network.isPredefined ? desired.firewall : []
      try extendFirewall(own + unforwarded.map { .noTransit($0) })
      for family in unforwarded { try enableForwarding(family) }
    } else {
      try apply(desired, of: network)
      try reattachPorts(to: bridge, of: network)
    }
  }

  // A bridge that was deleted by hand has released its ports.
  private func reattachPorts(to bridge: BridgeDevice, of network: Network) throws(ServiceError) {
    let driver = try network.configuredDriver()
    for endpoint in try pruningDeadEndpoints(of: network) {
      let desired = try driver.desired(endpoint)
      guard let desired else { continue }
      try perform([.attachPort(desired.hostName, bridge: bridge.name)] + desired.portSteps)
      // The bridge settings that published ports need were lost with it.
      let ports = try view.desiredPorts(ofContainer: endpoint.container.id)
      try changePorts(
        of: endpoint.container, from: DesiredPorts(firewall: ports.firewall), to: ports)
    }
  }

  /// Removes a network from the kernel and the records. After a failure the record remains for
  /// another attempt.
  func tearDown(_ network: Network) throws(ServiceError) {
    let desired = try network.configuredDriver().desiredNetwork
    try removeFromKernel(desired, of: network)
    try discard(network)
  }

  /// Removes a network. If the kernel refuses, the network is left as it was.
  func remove(_ network: Network) throws(ServiceError) {
    let desired = try network.configuredDriver().desiredNetwork
    if desired.bridge != nil { try repairFirewall() }
    try stageRemoval(network)
    do throws(ServiceError) {
      try removeFromKernel(desired, of: network)
    } catch {
      // The host record is written last, when nothing is left in the kernel.
      if error.isWriteFailure {
        throw error.recordingFailed(after: .removal(network: network.name))
      }
      // What cannot be restored now is removed by the next command.
      attempt { () throws(ServiceError) in try restore(desired, of: network) }
      throw error
    }
    do throws(ServiceError) {
      try discard(network)
    } catch {
      throw error.recordingFailed(after: .removal(network: network.name))
    }
  }

  private func restore(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    try apply(desired, of: network)
    try commit(network)
  }

  /// Removes a network from the kernel: the firewall elements first, so that the kernel's delay
  /// after deleting them overlaps with the deletion of the link.
  func removeFromKernel(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let link = try ownLink(of: bridge)
    // A bridge of this name that belongs to another state directory's network keeps its elements.
    let belongsToOther = link?.owner.map { $0 != bridge.owner } ?? false
    if !belongsToOther, try kernel.isFirewallInstalled() {
      try perform([.updateFirewall(adding: [], removing: desired.firewall)])
    }
    try perform(bridge.removalSteps(from: link))
    try releaseHost(afterRemovalOf: network)
  }

  // A renamed bridge is found by its alias.
  private func ownLink(of bridge: BridgeDevice) throws(ServiceError) -> ObservedLink? {
    let named = try kernel.link(bridge.name)
    if let named, named.mayBelong(to: bridge.owner) { return named }
    return try kernel.links(in: .host).first { $0.owner == bridge.owner } ?? named
  }

  /// The steps that create or adjust a bridge, and the addresses it already has.
  func bridgeSteps(
    _ bridge: BridgeDevice, of network: Network
  ) throws(ServiceError) -> (steps: [KernelStep], addresses: [IPPrefix]) {
    let link = try kernel.link(bridge.name)
    let present =
      try link.map { (link) throws(ServiceError) in try kernel.addresses(of: link) }
      ?? []
    do throws(BridgeConflict) {
      return (try bridge.steps(from: link, addresses: present), present)
    } catch {
      throw .bridge(error, network: network.id, name: network.name)
    }
  }

  /// The networks that should exist in the kernel.
  func appliedNetworks() throws(ServiceError) -> [Network] {
    let listing = index.listing
    var networks: [Network] = []
    for network in listing.networks where try isApplied(network) {
      networks.append(network)
    }
    return networks
  }

  /// Whether a network that was on record when the lock was taken should exist in the kernel.
  func isApplied(_ network: Network) throws(ServiceError) -> Bool {
    guard network.driver == .bridge, !network.isConfigurationOnly,
      view.hasNetwork(network.id)
    else { return false }
    // What a network with an invalid option needs is unknown, so it counts.
    guard let driver = try? network.configuredDriver() else { return true }
    guard driver.isCreatedOnDemand, let bridge = driver.desiredNetwork.bridge else { return true }
    let link = try kernel.link(bridge.name)
    return link?.owner == bridge.owner
  }
}
