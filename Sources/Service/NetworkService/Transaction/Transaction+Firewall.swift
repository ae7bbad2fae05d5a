import Addressing
import Configuration
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// netctl's nftables tables as the records require them.
extension Transaction {
  /// Rebuilds netctl's tables if one is missing or modified while they are needed.
  func repairFirewall(adding elements: [FirewallElement] = []) throws(ServiceError) {
    if try kernel.isFirewallInstalled() { return }
    try rebuildFirewall(adding: elements)
  }

  /// Rebuilds netctl's tables if they are needed.
  func rebuildFirewall(adding elements: [FirewallElement]) throws(ServiceError) {
    let all = try recordedFirewall().union(elements)
    if !all.isEmpty { try perform([.installFirewall(all.sorted())]) }
  }

  /// Adds elements to netctl's tables. Missing or outdated tables are rebuilt from the records.
  func extendFirewall(_ elements: [FirewallElement]) throws(ServiceError) {
    if try kernel.isFirewallInstalled() {
      if !elements.isEmpty { try perform([.updateFirewall(adding: elements, removing: [])]) }
      return
    }
    try rebuildFirewall(adding: elements)
  }

  /// What keeps a host that forwards these families from routing for anything but networks; nothing
  /// for those that the configuration leaves open.
  func closing(_ families: [AddressFamily]) -> [FirewallElement] {
    configuration.closedFamilies(among: Set(families)).sorted().map { .noTransit($0) }
  }

  /// The elements that the records require.
  private func recordedFirewall() throws(ServiceError) -> Set<FirewallElement> {
    var all: Set<FirewallElement> = []
    for network in try appliedNetworks() {
      // One with an invalid option is isolated below.
      all.formUnion((try? view.desiredNetwork(of: network))?.firewall ?? [])
    }
    if try hasTunnels() { all.formUnion(view.tunnelGuard) }
    all.formUnion(try view.portsOnRecord().desired.firewall)
    all.formUnion(try elementsOfDamagedNetworks())
    all.formUnion(closing(try host().forwarding.sorted()))
    return all
  }

  // What a network needs is unknown while its document is damaged or has an invalid option, or its
  // driver is not known: until that changes, the network is isolated in both directions.
  private func elementsOfDamagedNetworks() throws(ServiceError) -> [FirewallElement] {
    let listing = index.listing
    let usable = listing.networks.filter { (try? view.knownDriver(of: $0)) != nil }
    if listing.damaged.isEmpty && usable.count == listing.networks.count { return [] }
    let known = Set(usable.map { LinkOwner.network($0.id.description) })
    let links = try kernel.links(in: .host)
    return links.flatMap { link -> [FirewallElement] in
      guard case .network? = link.owner, let owner = link.owner, !known.contains(owner) else {
        return []
      }
      return NetworkPolicy(bridge: link.name).elements
    }
  }
}
