import Addressing
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Makes the kernel equal to the records: all networks, or those that are named. What is right
  /// already is not touched. Gives what could not be done, by what was named or the network's name;
  /// the rest is done.
  public func reload(_ references: [String]) throws(ServiceError) -> [NetworkFailure] {
    try transaction { (state) throws(ServiceError) in
      var (chosen, failures) = choose(references, in: state.index, of: state.folder)
      if references.isEmpty {
        failures += try reload(nil, in: state)
      } else if !chosen.isEmpty {
        failures += try reload(chosen, in: state)
      }
      return failures
    }
  }

  /// Does the same for networks by their identities; nil for all.
  func reload(
    _ chosen: Set<NetworkID>?, in state: borrowing LockedState
  ) throws(ServiceError) -> [NetworkFailure] {
    let folder = state.folder
    let isChosen = { (id: NetworkID) in chosen?.contains(id) ?? true }
    // The documents, for the index is from before an interrupted command was undone.
    let listing = try stored { () throws(StateError) in try folder.listing() }
    let names = Dictionary(
      listing.networks.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var failures: [NetworkFailure] = []
    var comparison = try compare(listing, in: folder)
    let vanished = comparison.vanished.filter { isChosen($0.network) }
    for endpoint in vanished {
      do throws(ServiceError) {
        try detachAttached(endpoint, in: state)
      } catch {
        failures.append(NetworkFailure(network: names[endpoint.network], error: error))
      }
    }
    if !vanished.isEmpty { comparison = try compare(listing, in: folder) }
    let members = comparison.networks.filter { isChosen($0.network.id) }
    let found = members.map { comparison.differences(of: $0.desired) }
    let unforwarded = try recordForwarding(
      Set(found.joined().compactMap(\.unforwardedFamily)), in: state)
    try mendFirewall(
      comparison, members.map(\.desired.network), unforwarded, in: state)
    for family in unforwarded { try switchForwardingOn(family) }
    failures += damage(in: comparison, of: chosen)
    let ways = Dictionary(grouping: comparison.sharedDifferences, by: \.publishingLink)
    for ((network, member), differences) in zip(members, found) {
      do throws(ServiceError) {
        for case .bridgeTaken(let conflict) in differences {
          throw .bridge(conflict, network: network.id, name: network.name)
        }
        // What published ports need of a bridge goes with the bridge.
        let needed = member.network.bridge.flatMap { ways[$0.name] } ?? []
        try perform((differences + needed).flatMap(\.steps))
      } catch {
        failures.append(NetworkFailure(network: network.name, error: error))
      }
    }
    return failures
  }

  // What cannot be read is left as it is.
  private func damage(
    in comparison: HostComparison, of chosen: Set<NetworkID>?
  ) -> [NetworkFailure] {
    let own = comparison.unreadable.filter { chosen?.contains($0.network.id) ?? true }
    var failures = own.map {
      NetworkFailure(network: $0.network.name, error: .state($0.error))
    }
    guard chosen == nil else { return failures }
    let known = Set(own.map(\.error))
    for error in comparison.damaged where !known.contains(error) {
      failures.append(NetworkFailure(network: nil, error: .state(error)))
    }
    return failures
  }

  private func mendFirewall(
    _ comparison: HostComparison, _ networks: [DesiredNetwork], _ unforwarded: [AddressFamily],
    in state: borrowing LockedState
  ) throws(ServiceError) {
    let closed = unforwarded.map { FirewallElement.closed($0) }
    let firewall = comparison.observed.firewall
    let wanted = Set(networks.flatMap(\.firewall) + closed)
      .union(comparison.desired.ports.firewall)
      .union(comparison.desired.closed.map { .closed($0) })
    guard firewall.isInstalled else {
      return try repairFirewall(adding: Array(wanted), in: state)
    }
    let missing = wanted.subtracting(firewall.elements)
    let surplus = comparison.observed.surplus(beside: comparison.desired)
    // What netctl cannot read it cannot remove by itself.
    if firewall.strangerCount > 0 {
      let all = firewall.elements.subtracting(surplus).union(wanted)
      return try perform([.installFirewall(all.sorted())])
    }
    guard !missing.isEmpty || !surplus.isEmpty else { return }
    try perform([.updateFirewall(adding: missing.sorted(), removing: surplus.sorted())])
  }
}

extension Difference {
  /// The family that the host does not forward.
  fileprivate var unforwardedFamily: AddressFamily? {
    if case .forwardingOff(let family) = self { family } else { nil }
  }

  /// The link that is not as published ports need it.
  fileprivate var publishingLink: InterfaceName? {
    if case .loopbackClosed(let access) = self { access.bridge } else { nil }
  }
}
