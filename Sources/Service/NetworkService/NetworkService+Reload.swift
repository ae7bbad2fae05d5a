import Addressing
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Makes the kernel equal to the records: all networks, or those that are named. What is right
  /// already is not touched. What the networks share is done first; `body` takes the steps, one for
  /// each network. Gives what could not be done, by what was named or the network's name; the rest is
  /// done.
  public func reload(
    _ references: [String], _ body: (inout Reloading) -> Void
  ) throws(ServiceError) -> [NetworkFailure] {
    if !references.isEmpty {
      return try transaction { (state) throws(ServiceError) in
        let (chosen, failures) = choose(references, in: state.index, of: state.folder)
        if chosen.isEmpty { return failures }
        var reloading = try reloading(chosen, failures, in: state)
        body(&reloading)
        return reloading.failures
      }
    }
    return try recoveredTransaction { (state, _, unfinished) throws(ServiceError) in
      let failures = unfinished.map { change, error in
        NetworkFailure(network: nil, error: .unfinished(change, error))
      }
      var reloading = try reloading(nil, failures, in: state)
      body(&reloading)
      // Where that cannot be written, the next command finds everything as it should be.
      attempt { () throws(ServiceError) in try recordRestoration(in: state) }
      return reloading.failures
    }
  }

  /// Does what networks share, for those with these identities or with nil for all; the steps of the
  /// result do the rest, while the lock is held.
  func reloading(
    _ chosen: Set<NetworkID>?, _ earlierFailures: [NetworkFailure] = [],
    in state: borrowing LockedState
  ) throws(ServiceError) -> Reloading {
    let folder = state.folder
    // The documents, for the index is from before an interrupted command was undone.
    let listing = try stored { () throws(StateError) in try folder.listing() }
    var failures = earlierFailures
    failures += mendRecords(
      of: listing.networks.filter { chosen?.contains($0.id) ?? true }, isOfAll: chosen == nil,
      in: state)
    var comparison = try compare(listing, in: folder)
    let vanished = comparison.vanished.filter { chosen?.contains($0.network) ?? true }
    if !vanished.isEmpty {
      failures += forget(vanished, of: listing, in: state)
      comparison = try compare(listing, in: folder)
    }
    let members = comparison.networks.filter { chosen?.contains($0.network.id) ?? true }
    let found = members.map { comparison.differences(of: $0.desired) }
    let unforwarded = try recordForwarding(
      Set(found.joined().compactMap(\.unforwardedFamily)), in: state)
    try mendFirewall(
      comparison, members.map(\.desired.network), unforwarded, in: state)
    for family in unforwarded { try switchForwardingOn(family, in: state) }
    failures += damage(in: comparison, of: chosen)
    let ways = Dictionary(grouping: comparison.sharedDifferences, by: \.publishingLink)
    let disentangled = disentangleNames(found, comparison, &failures)
    let bridgeless = zip(members, found).filter { $1.contains(where: \.meansNoWholeBridge) }
    let losers = Collision.losers(
      among: listing.networks, withoutBridge: Set(bridgeless.map(\.0.network.id)))
    let steps = zip(members, found).map { (member, differences) in
      // What published ports need of a link goes with that.
      let needed = member.desired.links.flatMap { ways[$0] ?? [] }
      return Reloading.Step(
        network: member.network,
        differences: differences.filter { !disentangled.contains($0) } + needed,
        mayBeMade: !losers.contains(member.network.id))
    }
    return Reloading(steps, by: self, failures: failures)
  }

  // Links of several networks may have exchanged their names, also with those of networks that are not
  // reloaded. Gives what needs no doing any more.
  private func disentangleNames(
    _ found: [[Difference]], _ comparison: HostComparison, _ failures: inout [NetworkFailure]
  ) -> Set<Difference> {
    guard found.joined().contains(where: \.isRenaming) else { return [] }
    let all = comparison.networks.flatMap { comparison.differences(of: $0.desired) }
    let entangled = all.entangledNames
    do throws(ServiceError) {
      try perform(entangled.disentanglingSteps)
      return Set(entangled)
    } catch {
      failures.append(NetworkFailure(network: nil, error: error))
      return []
    }
  }

  // The namespaces of these endpoints are gone.
  private func forget(
    _ vanished: [Endpoint], of listing: NetworkListing, in state: borrowing LockedState
  ) -> [NetworkFailure] {
    var failures: [NetworkFailure] = []
    for endpoint in vanished {
      do throws(ServiceError) {
        try detachAttached(endpoint, in: state)
      } catch {
        let network = listing.networks.first { $0.id == endpoint.network }
        failures.append(NetworkFailure(network: network?.name, error: error))
      }
    }
    return failures
  }

  /// Makes one network's part of the kernel right.
  fileprivate func take(_ step: Reloading.Step) throws(ServiceError) {
    if !step.mayBeMade { throw .definition(.poolOverlap) }
    for case .bridgeTaken(let conflict) in step.differences {
      throw .bridge(conflict, network: step.network.id, name: step.network.name)
    }
    try perform(step.differences.flatMap(\.steps))
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
      return try rebuildFirewall(adding: Array(wanted), in: state)
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
  /// Whether the network has no bridge, or one without an address that it is to have.
  fileprivate var meansNoWholeBridge: Bool {
    switch self {
    case .bridgeMissing, .addressMissing(_, _, .host): true
    default: false
    }
  }

  /// Whether a link has another name.
  fileprivate var isRenaming: Bool {
    if case .renamed = self { true } else { false }
  }

  /// The family that the host does not forward.
  fileprivate var unforwardedFamily: AddressFamily? {
    if case .forwardingOff(let family) = self { family } else { nil }
  }

  /// The link that is not as published ports need it.
  fileprivate var publishingLink: InterfaceName? {
    switch self {
    case .loopbackClosed(let access): access.bridge
    case .hairpinOff(let name): name
    default: nil
    }
  }
}

extension DesiredMembership {
  /// The links on the host.
  fileprivate var links: [InterfaceName] {
    (network.bridge.map { [$0.name] } ?? []) + endpoints.map(\.endpoint.hostName)
  }
}

/// The part of a reload that is done network by network, as long as the lock is held: nobody can keep
/// it.
public struct Reloading: ~Copyable, SteppedWork {
  fileprivate struct Step {
    let network: Network
    let differences: [Difference]
    let mayBeMade: Bool
  }

  private let service: NetworkService
  private var waiting: ArraySlice<Step>
  /// The networks whose kernel part is looked at, right or not.
  public let count: Int
  /// What could not be done.
  public private(set) var failures: [NetworkFailure]

  fileprivate init(_ steps: [Step], by service: NetworkService, failures: [NetworkFailure]) {
    self.service = service
    waiting = steps[...]
    count = steps.count
    self.failures = failures
  }

  /// Makes the next network's part of the kernel right.
  public mutating func next() -> Bool {
    guard let step = waiting.popFirst() else { return false }
    do throws(ServiceError) {
      try service.take(step)
    } catch {
      failures.append(NetworkFailure(network: step.network.name, error: error))
    }
    return true
  }
}
