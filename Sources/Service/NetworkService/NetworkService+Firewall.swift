import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// netctl's table as the records want it.
extension NetworkService {
  /// Rebuilds netctl's table when it is gone or not what netctl made, and somebody needs it.
  func repairFirewall(
    adding elements: [FirewallElement] = [], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() }) { return }
    try rebuildFirewall(adding: elements, in: state)
  }

  /// Makes netctl's table anew, if somebody needs it.
  func rebuildFirewall(
    adding elements: [FirewallElement], in state: borrowing LockedState
  ) throws(ServiceError) {
    let all = try recordedFirewall(in: state).union(elements)
    if !all.isEmpty { try perform([.installFirewall(all.sorted())]) }
  }

  /// Adds elements to netctl's table. A table that is gone or of another version is rebuilt from
  /// the records.
  func extendFirewall(
    _ elements: [FirewallElement], in state: borrowing LockedState
  ) throws(ServiceError) {
    if try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() }) {
      if !elements.isEmpty { try perform([.updateFirewall(adding: elements, removing: [])]) }
      return
    }
    try rebuildFirewall(adding: elements, in: state)
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
    let listing = state.index.listing
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
}
