import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Between the records and the kernel: networks become devices and firewall elements, and go again.
extension NetworkService {
  /// Makes the kernel hold a network.
  func realise(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let (steps, _) = try bridgeSteps(bridge, of: network)
    let unforwarded = try recordForwarding(desired.forwarding, in: state)
    try extendFirewall(desired.firewall + unforwarded.map { .closed($0) }, in: state)
    for family in unforwarded { try switchForwardingOn(family, in: state) }
    try perform(steps)
  }

  /// Makes sure of a network that should be in the kernel already: its bridge may have been deleted
  /// by hand or by a reboot, its table flushed.
  func ensure(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    guard let bridge = desired.bridge else { return }
    let link = try observed { () throws(KernelError) in try ownLink(of: bridge) }
    if let link, link.owner == bridge.owner { try perform(bridge.renamingSteps(of: link)) }
    if let link, link.isUp, link.owner == bridge.owner {
      let unforwarded = try recordForwarding(desired.forwarding, in: state)
      // A network that exists on demand counts as realised only once it has an endpoint.
      let own = network.isPredefined ? desired.firewall : []
      try extendFirewall(own + unforwarded.map { .closed($0) }, in: state)
      for family in unforwarded { try switchForwardingOn(family, in: state) }
    } else {
      try realise(desired, of: network, in: state)
      try returnPorts(to: bridge, of: network, in: state)
    }
  }

  // A bridge that was deleted by hand has let go of its ports.
  private func returnPorts(
    to bridge: BridgeDevice, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    for endpoint in try livingEndpoints(of: network, in: state) {
      let desired = try optioned { () throws(OptionError) in
        try driver.desiredEndpoint(endpoint)
      }
      guard let desired else { continue }
      try perform(
        [.attachPort(desired.hostName, bridge: bridge.name)] + desired.portSteps)
      // What published ports need of the bridge went with it.
      let ports = try desiredPorts(ofContainer: endpoint.container.id, in: state.folder)
      try changePorts(
        of: endpoint.container, from: DesiredPorts(firewall: ports.firewall), to: ports,
        in: state)
    }
  }

  /// Takes a network out of the kernel and out of the records. After a failure the record stays for
  /// another attempt.
  func dissolve(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let desired = try optioned { () throws(OptionError) in
      try network.makeDriver().desiredNetwork
    }
    try removeFromKernel(desired, of: network, in: state)
    try stored { () throws(StateError) in try state.forget(network) }
  }

  /// Removes a network. When the kernel refuses, it is there as before.
  func remove(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    let desired = try optioned { () throws(OptionError) in
      try network.makeDriver().desiredNetwork
    }
    if desired.bridge != nil { try repairFirewall(in: state) }
    try stored { () throws(StateError) in try state.beginRemoval(network) }
    do throws(ServiceError) {
      try removeFromKernel(desired, of: network, in: state)
    } catch {
      // The host's record is the last that is written, when nothing is left in the kernel.
      if error.isOfWriting { throw error.after(.removal(network: network.name)) }
      // What cannot be restored now is removed by the next command.
      attempt { () throws(ServiceError) in
        try restore(desired, of: network, in: state)
      }
      throw error
    }
    do throws(StateError) {
      try state.forget(network)
    } catch {
      throw refusal(error).after(.removal(network: network.name))
    }
  }

  private func restore(
    _ desired: DesiredNetwork, of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    try realise(desired, of: network, in: state)
    try stored { () throws(StateError) in try state.finish(network) }
  }

  /// Takes a network out of the kernel: the firewall first, so that the wait of its deletion runs
  /// while the link is deleted.
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

  // A bridge that somebody gave another name is found by its mark.
  private func ownLink(of bridge: BridgeDevice) throws(KernelError) -> ObservedLink? {
    let named = try kernel.link(bridge.name, in: .host)
    if let named, named.belongs(to: bridge.owner) { return named }
    return try kernel.links(in: .host).first { $0.owner == bridge.owner } ?? named
  }

  /// The steps to a bridge, and the addresses that it has already.
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

  /// The networks that the kernel should hold.
  func realisedNetworks(
    in state: borrowing LockedState
  ) throws(ServiceError) -> [Network] {
    let listing = state.index.listing
    var networks: [Network] = []
    for network in listing.networks where try isRealised(network, in: state) {
      networks.append(network)
    }
    return networks
  }

  /// Whether the kernel should hold a network that was on record when the lock was taken.
  func isRealised(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    guard network.driver == .bridge, !network.isConfigurationOnly,
      state.folder.hasNetwork(network.id)
    else { return false }
    let driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    guard driver.isRealisedOnDemand, let bridge = driver.desiredNetwork.bridge else { return true }
    let link = try observed { () throws(KernelError) in try kernel.link(bridge.name, in: .host) }
    return link?.owner == bridge.owner
  }
}
