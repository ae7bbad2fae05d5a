import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Applies recorded networks to the kernel as devices and firewall elements, and tears them down.
extension Transaction {
  /// Creates a network in the kernel.
  func apply(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    guard let device = desired.device else { return }
    let (steps, _) = try deviceSteps(device, of: network)
    try secure(desired, adding: desired.firewall)
    try perform(steps)
    if let tunnel = desired.tunnel { try apply(tunnel, of: network) }
  }

  /// Creates or repairs a network's tunnel, with its tables; the bridge exists.
  private func apply(_ tunnel: DesiredTunnel, of network: Network) throws(ServiceError) {
    let named = try kernel.link(tunnel.device.name)
    let link =
      named == nil
      ? try kernel.links(in: .host).first { $0.owner == tunnel.device.owner } : named
    let observed =
      try link.flatMap { (link) throws(ServiceError) in
        link.kind == .vxlan ? try kernel.tunnel(of: link) : nil
      }
    let differences = tunnel.differences(
      from: link, observed, bridge: try kernel.link(tunnel.bridge)?.index)
    for difference in differences {
      if case .deviceTaken(let conflict) = difference {
        throw .device(conflict, network: network.id, name: network.name)
      }
      try perform(difference.steps)
    }
  }

  /// Prepares the firewall and the host for a network's traffic.
  private func secure(
    _ desired: DesiredNetwork, adding elements: [FirewallElement]
  ) throws(ServiceError) {
    let unforwarded = try recordForwarding(desired.forwarding)
    if desired.policy != nil {
      let tunnelGuard = desired.tunnel == nil ? [] : view.tunnelGuard
      try extendFirewall(elements + tunnelGuard + closing(unforwarded))
    }
    for family in unforwarded { try enableForwarding(family) }
  }

  /// Repairs a network that should already be in the kernel: its device may have been renamed or
  /// deleted, by hand or by a reboot, or its table flushed.
  func applyOrRepair(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    try checkParent(of: desired)
    guard let device = desired.device else { return }
    let link = try ownLink(of: device)
    if let link, link.owner == device.owner { try perform(device.renamingSteps(of: link)) }
    if let link, link.isUp, link.owner == device.owner {
      // A network that is created on demand is applied only once it has an endpoint.
      try secure(
        desired, adding: network.isPredefined || network.isOverlay ? desired.firewall : [])
      if let tunnel = desired.tunnel { try apply(tunnel, of: network) }
    } else {
      try checkRoutes(of: network)
      try apply(desired, of: network)
      try reattachEndpoints(of: network)
    }
  }

  // A bridge that was deleted by hand has released its ports.
  private func reattachEndpoints(of network: Network) throws(ServiceError) {
    let driver = try view.driver(of: network)
    for endpoint in try pruningDeadEndpoints(of: network) {
      let desired = try driver.desired(endpoint)
      guard let desired else { continue }
      try perform(desired.attachmentSteps)
      // The settings of the device that published ports need were lost with it.
      let ports = try view.desiredPorts(ofContainer: endpoint.container.id)
      try changePorts(
        of: endpoint.container, from: DesiredPorts(firewall: ports.firewall), to: ports)
    }
  }

  /// Removes a network from the kernel and the records. After a failure the record remains for
  /// another attempt.
  func tearDown(_ network: Network) throws(ServiceError) {
    try removeFromKernel(try view.desiredNetwork(of: network), of: network, isUndone: true)
    try discardWithWaiting(network)
  }

  // Nothing of these endpoints is in the kernel.
  private func discardWithWaiting(_ network: Network) throws(ServiceError) {
    for endpoint in try view.endpoints(of: network.id) where endpoint.container.isStopped {
      try detachAttached(endpoint)
    }
    try discard(network)
  }

  /// Removes a network. If the kernel refuses, the network is left as it was.
  func remove(_ network: Network) throws(ServiceError) {
    try withdraw(network)
    do throws(ServiceError) {
      try discardWithWaiting(network)
    } catch {
      throw error.recordingFailed(after: .removal(network: network.name))
    }
    report(.destroy, network)
  }

  /// Removes a network from the kernel; its record stays as that of one that is being removed. If
  /// the kernel refuses, the network is left as it was.
  func withdraw(_ network: Network) throws(ServiceError) {
    let desired = try view.desiredNetwork(of: network)
    if desired.policy != nil { try repairFirewall() }
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
  }

  private func restore(_ desired: DesiredNetwork, of network: Network) throws(ServiceError) {
    try apply(desired, of: network)
    try commit(network)
  }

  /// Removes a network from the kernel: the firewall elements first, so that the kernel's delay
  /// after deleting them overlaps with the deletion of the link.
  func removeFromKernel(
    _ desired: DesiredNetwork, of network: Network, isUndone: Bool = false
  ) throws(ServiceError) {
    guard let device = desired.device else { return try removeMarkedLinks(of: network) }
    let link = try ownLink(of: device)
    // A link of this name that belongs to another state directory's network keeps its elements.
    let belongsToOther = link?.owner.map { $0 != device.owner } ?? false
    if desired.policy != nil, !belongsToOther, try kernel.isFirewallInstalled() {
      try perform([.updateFirewall(adding: [], removing: desired.firewall)])
    }
    if let tunnel = desired.tunnel, let end = try ownLink(of: tunnel.device) {
      try perform(tunnel.device.removalSteps(from: end))
    } else if network.isOverlay {
      // The host may have left the cluster.
      try removeTunnel(of: network)
    }
    if try !isNeeded(device, besides: network) { try perform(device.removalSteps(from: link)) }
    if desired.policy != nil || !desired.forwarding.isEmpty {
      try releaseHost(afterRemovalOf: network, isUndone: isUndone)
    }
  }

  private func removeTunnel(of network: Network) throws(ServiceError) {
    for link in try kernel.links(in: .host)
    where link.owner == .tunnel(network.id.description) {
      try perform([.deleteLink(link.name, .host)])
    }
  }

  // All that is known of a network with an unknown driver is its mark.
  private func removeMarkedLinks(of network: Network) throws(ServiceError) {
    guard view.drivers.driverType(of: network) == nil else { return }
    let links = try kernel.links(in: .host)
    for link in links where link.owner == .network(network.id.description) {
      try perform([.deleteLink(link.name, .host)])
    }
  }

  /// Whether another network shares a device.
  private func isNeeded(
    _ device: NetworkDevice, besides network: Network
  ) throws(ServiceError) -> Bool {
    guard device.isShared else { return false }
    return try index.first { (other) throws(ServiceError) in
      guard other.id != network.id, try isApplied(other) else { return false }
      // What a network with an invalid option needs is unknown, so it counts.
      guard let desired = try? view.desiredNetwork(of: other) else { return true }
      return desired.device?.owner == device.owner
    } != nil
  }

  // A renamed device is found by its alias.
  private func ownLink(of device: NetworkDevice) throws(ServiceError) -> ObservedLink? {
    let named = try kernel.link(device.name)
    if let named, named.mayBelong(to: device.owner) { return named }
    return try kernel.links(in: .host).first { $0.owner == device.owner } ?? named
  }

  /// The steps that create or adjust a device, and the addresses it already has.
  func deviceSteps(
    _ device: NetworkDevice, of network: Network
  ) throws(ServiceError) -> (steps: [KernelStep], addresses: [IPPrefix]) {
    let link = try kernel.link(device.name)
    let present =
      try link.map { (link) throws(ServiceError) in try kernel.addresses(of: link) }
      ?? []
    do throws(DeviceConflict) {
      return (try device.steps(from: link, addresses: present), present)
    } catch {
      throw .device(error, network: network.id, name: network.name)
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
    let driver: (any NetworkDriver)?
    do throws(ServiceError) {
      driver = try view.knownDriver(of: network)
    } catch {
      // What a network with an invalid option needs is unknown, so it counts.
      return view.hasNetwork(network.id)
    }
    guard let driver, let device = driver.desiredNetwork.device, view.hasNetwork(network.id) else {
      return false
    }
    guard driver.isCreatedOnDemand else { return true }
    // An administrator's bridge is there, whether the network is used or not.
    if device.adoptsExisting { return try view.hasEndpoints(network.id) }
    let link = try kernel.link(device.name)
    return link?.owner == device.owner
  }
}
