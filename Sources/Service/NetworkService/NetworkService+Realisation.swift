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
    for family in unforwarded { try switchForwardingOn(family) }
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
      for family in unforwarded { try switchForwardingOn(family) }
    } else {
      try realise(desired, of: network, in: state)
      try returnPorts(to: bridge, of: network, in: state)
    }
  }

  /// Rebuilds netctl's table when it is gone or not what netctl made, and somebody needs it.
  func repairFirewall(
    adding elements: [FirewallElement] = [], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() }) { return }
    let all = try recordedFirewall(in: state).union(elements)
    if !all.isEmpty { try perform([.installFirewall(all.sorted())]) }
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
        [.attachPort(desired.hostName, bridge: bridge.name)]
          + (desired.isIsolated ? [.isolatePort(desired.hostName)] : []))
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
      // What cannot be restored now is removed by the next command.
      try? restore(desired, of: network, in: state)
      throw error
    }
    try stored { () throws(StateError) in try state.forget(network) }
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

  // MARK: Firewall

  /// Adds elements to netctl's table. A table that is gone or of another version is rebuilt from
  /// the records.
  private func extendFirewall(
    _ elements: [FirewallElement], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() }) {
      if !elements.isEmpty { try perform([.updateFirewall(adding: elements, removing: [])]) }
      return
    }
    try perform([.installFirewall(try recordedFirewall(in: state).union(elements).sorted())])
  }

  /// What the table should hold by the records.
  private func recordedFirewall(
    in state: borrowing LockedState
  ) throws(ServiceError) -> Set<FirewallElement> {
    var all: Set<FirewallElement> = []
    for network in try realisedNetworks(in: state) {
      all.formUnion(
        try optioned { () throws(OptionError) in try network.makeDriver().desiredNetwork.firewall })
    }
    all.formUnion(try portsOnRecord(in: state.folder).desired.firewall)
    all.formUnion(try elementsOfDamagedNetworks(in: state))
    let host = try host(state)
    if host.boot == boot { all.formUnion(host.forwarding.map { .closed($0) }) }
    return all
  }

  // What a document says that cannot be read is not known: until it is mended nothing of its network
  // is reached, and its containers reach nothing.
  private func elementsOfDamagedNetworks(
    in state: borrowing LockedState
  ) throws(ServiceError) -> [FirewallElement] {
    let listing = try stored { () throws(StateError) in try state.index.listing() }
    if listing.damaged.isEmpty { return [] }
    let known = Set(listing.networks.map { LinkOwner.network($0.id.description) })
    let links = try observed { () throws(KernelError) in try kernel.links(in: .host) }
    return links.flatMap { link -> [FirewallElement] in
      guard case .network? = link.owner, let owner = link.owner, !known.contains(owner),
        let bridge = try? InterfaceName(link.name)
      else { return [] }
      return [.bridge(bridge), .own(bridge), .internal(bridge)]
        + AddressFamily.allCases.map { .ingress($0, bridge, .drop) }
    }
  }

  private func realisedNetworks(
    in state: borrowing LockedState
  ) throws(ServiceError) -> [Network] {
    let listing = try stored { () throws(StateError) in try state.index.listing() }
    var networks: [Network] = []
    for network in listing.networks where try isRealised(network, in: state) {
      networks.append(network)
    }
    return networks
  }

  /// Whether the kernel should hold a network that was on record when the lock was taken.
  private func isRealised(
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

  // MARK: Forwarding

  /// Finds the families that need forwarding and do not have it, and records that netctl is about
  /// to switch it on for them.
  func recordForwarding(
    _ families: Set<AddressFamily>, in state: borrowing LockedState
  ) throws(ServiceError) -> [AddressFamily] {
    var missing: [AddressFamily] = []
    for family in families.sorted() {
      let value = try observed { () throws(KernelError) in
        try kernel.sysctl(family.forwardingSysctl, in: .host)
      }
      if value == "0" { missing.append(family) }
    }
    guard !missing.isEmpty else { return [] }
    var host = try host(state)
    if host.boot != boot { (host.boot, host.forwarding) = (boot, []) }
    host.forwarding.formUnion(missing)
    let record = host
    try stored { () throws(StateError) in try state.save(record) }
    return missing
  }

  // The element `closed` keeps the host from becoming a router for anybody but netctl's networks,
  // and stands before this is done.
  func switchForwardingOn(_ family: AddressFamily) throws(ServiceError) {
    if family == .ipv6 { try keepRouterAdvertisements() }
    try perform([.writeSysctls([Sysctl(family.forwardingSysctl, "1")], .host)])
  }

  // A forwarding host ignores router advertisements on interfaces that have accept_ra=1, and would
  // lose its own IPv6 routes; 2 means the same as 1 while it does not forward.
  private func keepRouterAdvertisements() throws(ServiceError) {
    let directory = ["net", "ipv6", "conf"]
    let names = try observed { () throws(KernelError) in
      try kernel.sysctlNames(directory, in: .host)
    }
    for name in names where name != "all" {
      let path = directory + [name, "accept_ra"]
      let value = try observed { () throws(KernelError) in try kernel.sysctl(path, in: .host) }
      if value == "1" {
        try perform([.writeSysctls([Sysctl(path, "2", isOptional: true)], .host)])
      }
    }
  }

  /// Takes back what the remaining networks do not need: forwarding of a family, unless it was on
  /// before netctl; the table after the last network, unless an administrator's rules are in it.
  private func releaseHost(
    afterRemovalOf network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    var host = try host(state)
    var unneeded = host.boot == boot ? host.forwarding : []
    var isLast = true
    _ = try state.index.contains(
      where: { (other) throws(ServiceError) in
        guard other.id != network.id, try isRealised(other, in: state) else { return false }
        isLast = false
        unneeded.subtract(
          try optioned { () throws(OptionError) in
            try other.makeDriver().desiredNetwork.forwarding
          })
        return unneeded.isEmpty
      }, orThrow: refusal)
    let families = unneeded.sorted()
    // The table keeps others from being forwarded, so it goes last.
    try perform([.writeSysctls(families.map { Sysctl($0.forwardingSysctl, "0") }, .host)])
    try releaseFirewall(families, isLast: isLast)
    guard !families.isEmpty else { return }
    host.forwarding.subtract(families)
    let record = host
    try stored { () throws(StateError) in try state.save(record) }
  }

  private func releaseFirewall(
    _ families: [AddressFamily], isLast: Bool
  ) throws(ServiceError) {
    guard isLast || !families.isEmpty else { return }
    try observed { () throws(KernelError) in
      guard try kernel.isFirewallInstalled() else { return }
      if isLast, try !kernel.isFirewallNeeded() {
        try kernel.perform(.removeFirewall)
      } else if !families.isEmpty {
        try kernel.perform(.updateFirewall(adding: [], removing: families.map { .closed($0) }))
      }
    }
  }

  func host(_ state: borrowing LockedState) throws(ServiceError) -> HostRecord {
    let folder = state.folder
    guard let host = try stored({ () throws(StateError) in try folder.host() }) else {
      preconditionFailure("the host's record is written before the folder counts as initialised")
    }
    return host
  }
}
