import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// netctl's nftables table as the records require it.
extension NetworkService {
  /// Rebuilds netctl's table if it is missing or modified while it is needed.
  func repairFirewall(
    adding elements: [FirewallElement] = [], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try isFirewallInstalled() { return }
    try rebuildFirewall(adding: elements, in: state)
  }

  /// Whether netctl's table is installed. Once it was, this asks no more: the kernel lists every
  /// chain for it.
  func isFirewallInstalled() throws(ServiceError) -> Bool {
    if knowsFirewallIsInstalled { return true }
    knowsFirewallIsInstalled = try observed { () throws(KernelError) in
      try kernel.isFirewallInstalled()
    }
    return knowsFirewallIsInstalled
  }

  /// Rebuilds netctl's table if it is needed.
  func rebuildFirewall(
    adding elements: [FirewallElement], in state: borrowing LockedState
  ) throws(ServiceError) {
    let all = try recordedFirewall(in: state).union(elements)
    if all.isEmpty { return }
    try perform([.installFirewall(all.sorted())])
    knowsFirewallIsInstalled = true
  }

  /// Adds elements to netctl's table. A missing or outdated table is rebuilt from the records.
  func extendFirewall(
    _ elements: [FirewallElement], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try isFirewallInstalled() {
      if !elements.isEmpty { try perform([.updateFirewall(adding: elements, removing: [])]) }
      return
    }
    try rebuildFirewall(adding: elements, in: state)
  }

  /// The elements that the records require.
  private func recordedFirewall(
    in state: borrowing LockedState
  ) throws(ServiceError) -> Set<FirewallElement> {
    var all: Set<FirewallElement> = []
    for network in try appliedNetworks(in: state) {
      all.formUnion(
        try optioned { () throws(OptionError) in try network.makeDriver().desiredNetwork.firewall })
    }
    all.formUnion(try portsOnRecord(in: state.folder).desired.firewall)
    all.formUnion(try elementsOfDamagedNetworks(in: state))
    let host = try host(state)
    if host.boot == boot { all.formUnion(host.forwarding.map { .noTransit($0) }) }
    return all
  }

  // The contents of a damaged document are unknown: until it is repaired, its network is isolated
  // in both directions.
  private func elementsOfDamagedNetworks(
    in state: borrowing LockedState
  ) throws(ServiceError) -> [FirewallElement] {
    let listing = state.index.listing
    if listing.damaged.isEmpty { return [] }
    let known = Set(listing.networks.map { LinkOwner.network($0.id.description) })
    let links = try observed { () throws(KernelError) in try kernel.links(in: .host) }
    return links.flatMap { link -> [FirewallElement] in
      guard case .network? = link.owner, let owner = link.owner, !known.contains(owner),
        let bridge = try? InterfaceName(link.name)
      else { return [] }
      return [.bridge(bridge), .intraNetwork(bridge), .internal(bridge)]
        + AddressFamily.allCases.map { .ingress($0, bridge, .drop) }
    }
  }
}
