import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Makes the kernel match the records, for all networks or the named ones. What already matches
  /// is not touched. Shared state is repaired first; `body` then runs the operation network by
  /// network. Returns the failures, by reference or network name; everything else is done.
  public func reload(
    _ references: [String], _ body: (inout ReloadOperation) -> Void
  ) throws(ServiceError) -> [NetworkFailure] {
    if !references.isEmpty {
      return try transaction { (transaction) throws(ServiceError) in
        let (chosen, failures) = transaction.view.resolve(references, in: transaction.index)
        if chosen.isEmpty { return failures }
        var operation = try transaction.beginReload(chosen, failures)
        body(&operation)
        return operation.failures
      }
    }
    defer { finishPluginWork() }
    return try reloadAll(body)
  }

  private func reloadAll(
    _ body: (inout ReloadOperation) -> Void
  ) throws(ServiceError) -> [NetworkFailure] {
    let transaction = try openTransaction()
    let failures = transaction.unrecovered.map { change, error in
      NetworkFailure(network: nil, error: .unfinished(change, error))
    }
    var operation = try transaction.beginReload(nil, failures)
    body(&operation)
    // If that cannot be written, the next command finds everything already in place.
    transaction.attempt { () throws(ServiceError) in try transaction.recordRestoration() }
    return operation.failures
  }
}

extension Transaction {
  /// Repairs the shared state for the networks with these identities, or for all with nil; the
  /// returned operation does the rest while the lock is held.
  func beginReload(
    _ chosen: Set<NetworkID>?, _ earlierFailures: [NetworkFailure] = []
  ) throws(ServiceError) -> ReloadOperation {
    // Read from the documents, since the index predates the recovery from an interrupted command.
    let listing = try view.listing()
    var failures = earlierFailures
    failures += repairIndexes(
      of: listing.networks.filter { chosen?.contains($0.id) ?? true }, isOfAll: chosen == nil)
    var comparison = try view.compare(listing)
    let vanished = comparison.vanished.filter { chosen?.contains($0.network) ?? true }
    if !vanished.isEmpty {
      failures += removeVanished(vanished, of: listing)
      comparison = try view.compare(listing)
    }
    try rewriteNames(
      of: listing.networks.filter { chosen?.contains($0.id) ?? true }, isOfAll: chosen == nil)
    let members = comparison.networks.filter { chosen?.contains($0.network.id) ?? true }
    let found = members.map { comparison.differences(of: $0.desired) }
    let unforwarded = try recordForwarding(Set(found.joined().compactMap(\.unforwardedFamily)))
    try repairFirewallElements(comparison, members.map(\.desired.network), unforwarded)
    for family in unforwarded { try enableForwarding(family) }
    failures += damage(in: comparison, of: chosen)
    failures += comparison.unknown.filter { chosen?.contains($0.id) ?? true }.map {
      NetworkFailure(network: nil, error: .unknownDriver($0.driver, network: $0.name))
    }
    let sharedDifferencesByLink = Dictionary(
      grouping: comparison.sharedDifferences, by: \.affectedLink)
    let disentangled = disentangleNames(found, comparison, &failures)
    let networksToSkip = comparison.networksWithheld(among: listing.networks, view.drivers)
    // Networks that share a device have its differences in common, and it is repaired once.
    var planned: Set<Difference> = disentangled
    let steps = zip(members, found).map { (member, differences) in
      // Includes what published ports need of its links.
      let needed = member.desired.links.flatMap { sharedDifferencesByLink[$0] ?? [] }
      return ReloadOperation.Step(
        network: member.network, device: member.desired.network.device?.name,
        differences: differences.filter { $0.steps.isEmpty || planned.insert($0).inserted }
          + needed,
        mayBeCreated: !networksToSkip.contains(member.network.id))
    }
    return ReloadOperation(steps, on: kernel, failures: failures)
  }

  // Links of several networks may have swapped names, including with networks that are not being
  // reloaded. Returns the differences that are already fixed.
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
  private func removeVanished(
    _ vanished: [Endpoint], of listing: NetworkListing
  ) -> [NetworkFailure] {
    var failures: [NetworkFailure] = []
    for endpoint in vanished {
      do throws(ServiceError) {
        try detachAttached(endpoint)
      } catch {
        let network = listing.networks.first { $0.id == endpoint.network }
        failures.append(NetworkFailure(network: network?.name, error: error))
      }
    }
    return failures
  }

  // Unreadable documents and what they describe are left alone.
  private func damage(
    in comparison: HostComparison, of chosen: Set<NetworkID>?
  ) -> [NetworkFailure] {
    let own = comparison.unreadable.filter { chosen?.contains($0.network.id) ?? true }
    var failures = own.map {
      NetworkFailure(network: $0.network.name, error: .state($0.error))
    }
    failures += comparison.unusable.filter { chosen?.contains($0.network.id) ?? true }
      .map { NetworkFailure(network: $0.network.name, error: .option($0.error)) }
    guard chosen == nil else { return failures }
    let known = Set(own.map(\.error))
    for error in comparison.damaged where !known.contains(error) {
      failures.append(NetworkFailure(network: nil, error: .state(error)))
    }
    return failures
  }

  private func repairFirewallElements(
    _ comparison: HostComparison, _ networks: [DesiredNetwork], _ unforwarded: [AddressFamily]
  ) throws(ServiceError) {
    let noTransit = unforwarded.map { FirewallElement.noTransit($0) }
    let firewall = comparison.observed.firewall
    let wanted = Set(networks.flatMap(\.firewall) + noTransit)
      .union(comparison.desired.ports.firewall)
      .union(comparison.desired.noTransit.map { .noTransit($0) })
    guard firewall.isInstalled else {
      return try rebuildFirewall(adding: Array(wanted))
    }
    let missing = wanted.subtracting(firewall.elements)
    let unexpected = comparison.observed.unexpectedElements(comparedWith: comparison.desired)
    // netctl can remove only the elements it understands.
    if firewall.unrecognizedCount > 0 {
      let all = firewall.elements.subtracting(unexpected).union(wanted)
      return try perform([.installFirewall(all.sorted())])
    }
    guard !missing.isEmpty || !unexpected.isEmpty else { return }
    try perform([.updateFirewall(adding: missing.sorted(), removing: unexpected.sorted())])
  }
}

extension Difference {
  /// Whether a link has been renamed.
  fileprivate var isRenaming: Bool {
    if case .renamed = self { true } else { false }
  }

  /// The family that the host does not forward.
  fileprivate var unforwardedFamily: AddressFamily? {
    if case .forwardingOff(let family) = self { family } else { nil }
  }

  /// The link that lacks a setting which published ports need.
  fileprivate var affectedLink: InterfaceName? {
    switch self {
    case .loopbackClosed(let access): access.bridge
    case .hairpinOff(let name): name
    default: nil
    }
  }
}

extension DesiredNetworkState {
  /// The network's links on the host.
  fileprivate var links: [InterfaceName] {
    (network.device.map { [$0.name] } ?? []) + endpoints.compactMap(\.endpoint.link.hostName)
  }
}

/// The network by network part of a reload; only valid while the lock is held, hence non-copyable.
public struct ReloadOperation: ~Copyable, BatchOperation {
  fileprivate struct Step {
    let network: Network
    let device: InterfaceName?
    let differences: [Difference]
    let mayBeCreated: Bool
  }

  private let kernel: KernelView
  private var waiting: ArraySlice<Step>
  /// The number of networks to compare.
  public let count: Int
  /// The failures so far.
  public private(set) var failures: [NetworkFailure]

  fileprivate init(_ steps: [Step], on kernel: KernelView, failures: [NetworkFailure]) {
    self.kernel = kernel
    waiting = steps[...]
    count = steps.count
    self.failures = failures
  }

  /// Repairs the next network.
  public mutating func next() -> Bool {
    guard let step = waiting.popFirst() else { return false }
    do throws(ServiceError) {
      try take(step)
    } catch {
      failures.append(NetworkFailure(network: step.network.name, error: error))
    }
    return true
  }

  /// Repairs one network in the kernel.
  private func take(_ step: ReloadOperation.Step) throws(ServiceError) {
    if !step.mayBeCreated { throw .definition(.poolOverlap) }
    for difference in step.differences {
      switch difference {
      case .deviceTaken(let conflict):
        throw .device(conflict, network: step.network.id, name: step.network.name)
      case .parentMissing(let name):
        throw .definition(.driver(.parentNotFound(name.description)))
      case .containerClosed(let error): throw .kernel(error)
      default: continue
      }
    }
    // Steps name links. While another link has the name of a renamed one, they would change that.
    var lost: Set<Difference.LinkName> = []
    var first: ServiceError?
    for difference in step.differences {
      if let link = difference.link, lost.contains(link) { continue }
      do throws(ServiceError) {
        try kernel.perform(difference.steps)
      } catch {
        guard case .renamed = difference, let link = difference.link,
          step.device.map({ !link.isOnHost($0) }) ?? true
        else { throw error }
        lost.insert(link)
        first = first ?? error
      }
    }
    if let first { throw first }
  }
}
