import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Applies recorded networks to the kernel as devices and firewall elements, and tears them down.
extension NetworkService {
  /// Creates a network in the kernel.
  func apply(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let (steps, _) = try bridgeSteps(bridge, of: network)
    let unforwarded = try recordForwarding(desired.forwarding, in: state)
    try extendFirewall(desired.firewall + unforwarded.map { .noTransit($0) }, in: state)
    for family in unforwarded { try enableForwarding(family, in: state) }
    try perform(steps)
  }

  /// Restores a network that should already be in the kernel: its bridge may have been deleted, by
  /// hand or by a reboot, or its table flushed.
  func ensure(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let link = try observed { () throws(KernelError) in try ownLink(of: bridge) }
    if let link, link.owner == bridge.owner { try perform(bridge.renamingSteps(of: link)) }
    if let link, link.isUp, link.owner == bridge.owner {
      let unforwarded = try recordForwarding(desired.forwarding, in: state)
      // A network that is created on demand is applied only once it has an endpoint.
      let own = network.isPredefined ? desired.firewall : []
      try extendFirewall(own + unforwarded.map { .noTransit($0) }, in: state)
      for family in unforwarded { try enableForwarding(family, in: state) }
    } else {
      try apply(desired, of: network, in: state)
      try reattachPorts(to: bridge, of: network, in: state)
    }
  }

  // A bridge that was deleted by hand has released its ports.
  private func reattachPorts(
    to bridge: BridgeDevice, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    for endpoint in try pruningDeadEndpoints(of: network, in: state) {
      let desired = try optioned { () throws(OptionError) in
        try driver.desiredEndpoint(endpoint)
      }
      guard let desired else { continue }
      try perform(
        [.attachPort(desired.hostName, bridge: bridge.name)] + desired.portSteps)
      // The bridge settings that published ports need were lost with it.
      let ports = try desiredPorts(ofContainer: endpoint.container.id, in: state.folder)
      try changePorts(
        of: endpoint.container, from: DesiredPorts(firewall: ports.firewall), to: ports,
        in: state)
    }
  }

  /// Removes a network from the kernel and the records. After a failure the record remains for
  /// another attempt.
  func tearDown(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let desired = try optioned { () throws(OptionError) in
      try network.makeDriver().desiredNetwork
    }
    try removeFromKernel(desired, of: network, in: state)
    try stored { () throws(StateError) in try state.discard(network) }
  }

  /// Removes a network. If the kernel refuses, the network is left as it was.
  func remove(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let desired = try optioned { () throws(OptionError) in
      try network.makeDriver().desiredNetwork
    }
    if desired.bridge != nil { try repairFirewall(in: state) }
    try stored { () throws(StateError) in try state.stageRemoval(network) }
    do throws(ServiceError) {
      try removeFromKernel(desired, of: network, in: state)
    } catch {
      // The host record is written last, when nothing is left in the kernel.
      if error.isWriteFailure {
        throw error.recordingFailed(after: .removal(network: network.name))
      }
      // What cannot be restored now is removed by the next command.
      attempt { () throws(ServiceError) in
        try restore(desired, of: network, in: state)
      }
      throw error
    }
    do throws(StateError) {
      try state.discard(network)
    } catch {
      throw serviceError(error).recordingFailed(after: .removal(network: network.name))
    }
  }

  private func restore(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    try apply(desired, of: network, in: state)
    try stored { () throws(StateError) in try state.commit(network) }
  }

  /// Removes a network from the kernel: the firewall elements first, so that the kernel's delay
  /// after deleting them overlaps with the deletion of the link.
  func removeFromKernel(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    try observed { () throws(KernelError) in
      if try kernel.isFirewallInstalled() {
        try kernel.perform(.updateFirewall(adding: [], removing: desired.firewall))
      }
      try kernel.perform(bridge.removalSteps(from: try ownLink(of: bridge)))
    }
    try releaseHost(afterRemovalOf: network, in: state)
  }

  // A renamed bridge is found by its alias.
  private func ownLink(of bridge: BridgeDevice) throws(KernelError) -> ObservedLink? {
    let named = try kernel.link(bridge.name, in: .host)
    if let named, named.mayBelong(to: bridge.owner) { return named }
    return try kernel.links(in: .host).first { $0.owner == bridge.owner } ?? named
  }

  /// The steps that create or adjust a bridge, and the addresses it already has.
  func bridgeSteps(
    _ bridge: BridgeDevice, of network: Network
  ) throws(ServiceError) -> (steps: [KernelStep], addresses: [IPPrefix]) {
    let (link, present) = try observed { () throws(KernelError) in
      let link = try kernel.link(bridge.name, in: .host)
      let addresses = try link.map { (link) throws(KernelError) in
        try kernel.addresses(ofLink: link.index, in: .host)
      }
      return (link, addresses ?? [])
    }
    do throws(BridgeConflict) {
      return (try bridge.steps(from: link, addresses: present), present)
    } catch {
      throw .bridge(error, network: network.id, name: network.name)
    }
  }

  /// The networks that should exist in the kernel.
  func appliedNetworks(
    in state: borrowing LockedState
  ) throws(ServiceError) -> [Network] {
    let listing = state.index.listing
    var networks: [Network] = []
    for network in listing.networks where try isApplied(network, in: state) {
      networks.append(network)
    }
    return networks
  }

  /// Whether a network that was on record when the lock was taken should exist in the kernel.
  func isApplied(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    guard network.driver == .bridge, !network.isConfigurationOnly,
      state.folder.hasNetwork(network.id)
    else { return false }
    let driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    guard driver.isCreatedOnDemand, let bridge = driver.desiredNetwork.bridge else { return true }
    let link = try observed { () throws(KernelError) in try kernel.link(bridge.name, in: .host) }
    return link?.owner == bridge.owner
  }
}
