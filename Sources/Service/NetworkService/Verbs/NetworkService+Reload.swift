import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Makes the kernel match the records, for all networks or the named ones; containers that were
  /// started again are connected again, all or the named ones. What already matches is not touched.
  /// Shared state is repaired first; `body` then runs the operation network by network. Returns the
  /// failures, by reference or network name; everything else is done.
  public func reload(
    _ references: [String], _ body: (inout ReloadOperation) -> Void
  ) throws(ServiceError) -> [NetworkFailure] {
    try kernel.checkPrivileges()
    let restarts = try restarts(of: references)
    let host = try kernel.hostNamespace()
    if !references.isEmpty {
      let networks = references.filter { !restarts.references.contains($0) }
      return try transaction { (transaction) throws(ServiceError) in
        var (chosen, failures) = transaction.view.resolve(networks, in: transaction.index)
        failures += restarts.failures
        if !chosen.isEmpty {
          let bridge = try transaction.view.network(
            named: PredefinedNetwork.bridge.rawValue, in: transaction.index)
          if let bridge, chosen.contains(bridge.id) { failures += defaultNetworkFailures }
          var operation = try transaction.beginReload(chosen, failures)
          body(&operation)
          transaction.report(operation.repaired)
          failures = operation.failures
        }
        return failures + transaction.reconnect(restarts, on: host)
      }
    }
    defer { finishPluginWork() }
    return try reloadAll(restarts, on: host, body)
  }

  private func reloadAll(
    _ restarts: Restarts, on host: NetworkNamespaceID,
    _ body: (inout ReloadOperation) -> Void
  ) throws(ServiceError) -> [NetworkFailure] {
    let transaction = try openTransaction()
    let failures = transaction.unrecovered.map { change, error in
      NetworkFailure(network: nil, error: .unfinished(change, error))
    }
    var operation = try transaction.beginReload(nil, failures + defaultNetworkFailures)
    body(&operation)
    transaction.report(operation.repaired)
    let unconnected = transaction.reconnect(restarts, on: host)
    // If that cannot be written, the next command finds everything already in place.
    transaction.attempt { () throws(ServiceError) in try transaction.recordRestoration() }
    return operation.failures + unconnected
  }
}

extension NetworkService {
  private var defaultNetworkFailures: [NetworkFailure] {
    defaultNetworkProblem.map {
      [NetworkFailure(network: PredefinedNetwork.bridge.rawValue, error: $0)]
    } ?? []
  }
}

extension Transaction {
  /// Records which networks were repaired.
  func report(_ repaired: [Network]) {
    record(repaired.map { event(.reload, $0) })
  }

  // Containers that were removed are connected no more.
  fileprivate func reconnect(
    _ restarts: Restarts, on host: NetworkNamespaceID
  ) -> [NetworkFailure] {
    var failures: [NetworkFailure] = []
    func attempt(_ body: () throws(ServiceError) -> Void) {
      do throws(ServiceError) {
        try body()
      } catch {
        failures.append(NetworkFailure(network: nil, error: error))
      }
    }
    for container in restarts.containers {
      attempt { () throws(ServiceError) in
        _ = try pruningDeadEndpoints(of: container)
        try releasePortsIfGone(container.id)
      }
    }
    for (container, handle) in restarts.running {
      attempt { () throws(ServiceError) in
        try reconnect(container, handle, on: host)
        try settle(container, handle)
      }
    }
    return failures
  }

  /// Repairs the shared state for the networks with these identities, or for all with nil; the
  /// returned operation does the rest while the lock is held.
  func beginReload(
    _ chosen: Set<NetworkID>?, _ earlierFailures: [NetworkFailure] = []
  ) throws(ServiceError) -> ReloadOperation {
    // Read from the documents, since the index predates the recovery from an interrupted command.
    let listing = try view.listing()
    let isChosen = { (id: NetworkID) in chosen?.contains(id) ?? true }
    let networks = listing.networks.filter { isChosen($0.id) }
    var failures = earlierFailures
    failures += repairIndexes(of: networks, isOfAll: chosen == nil)
    var comparison = try view.compare(listing)
    let vanished = comparison.vanished.filter { isChosen($0.network) }
    if !vanished.isEmpty {
      failures += removeVanished(vanished, of: listing)
      comparison = try view.compare(listing)
    }
    try rewriteNames(of: networks, isOfAll: chosen == nil)
    failures += notices.takeNameFiles().map { files, errno in
      NetworkFailure(network: nil, error: .nameFiles(files, errno))
    }
    let compared = comparison.networks.filter { isChosen($0.network.id) }
    let found = compared.map { comparison.differences(of: $0.desired) }
    let unforwarded = try recordForwarding(Set(found.joined().compactMap(\.unforwardedFamily)))
    try repairFirewallElements(comparison, compared.map(\.desired.network), unforwarded)
    for family in unforwarded { try enableForwarding(family) }
    failures += damage(in: comparison, of: chosen)
    failures += comparison.unknown.filter { isChosen($0.id) }.map {
      NetworkFailure(network: nil, error: .unknownDriver($0.driver, network: $0.name))
    }
    let sharedDifferencesByLink = Dictionary(
      grouping: comparison.sharedDifferences, by: \.affectedLink)
    let disentangled = disentangleNames(found, comparison, &failures)
    let networksToSkip = comparison.networksToSkip(among: listing.networks, view.drivers)
    // Networks that share a device have its differences in common, and it is repaired once.
    var planned: Set<Difference> = disentangled
    let steps = zip(compared, found).map { (compared, differences) in
      // Includes what published ports need of its links.
      let needed = compared.desired.links.flatMap { sharedDifferencesByLink[$0] ?? [] }
      return ReloadOperation.Step(
        network: compared.network, device: compared.desired.network.device?.name,
        differences: differences.filter { $0.steps.isEmpty || planned.insert($0).inserted }
          + needed,
        isPartlyRepaired: compared.desired.network.firewall.contains {
          !comparison.observed.firewall.isInstalled
            || !comparison.observed.firewall.elements.contains($0)
        },
        mayBeCreated: !networksToSkip.contains(compared.network.id))
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
        try removeDead(endpoint)
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
    let noTransit = closing(unforwarded)
    let firewall = comparison.observed.firewall
    let wanted = Set(networks.flatMap(\.firewall) + noTransit)
      .union(comparison.desired.ports.firewall).union(comparison.desired.tunnelGuard)
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
    if !missing.isEmpty || !unexpected.isEmpty {
      try perform([.updateFirewall(adding: missing.sorted(), removing: unexpected.sorted())])
    }
    // The configuration may have done away with the firewall of networks that are still there.
    if comparison.desired.isComplete, comparison.desired.firewall.isEmpty, wanted.isEmpty,
      try !kernel.isFirewallNeeded()
    {
      try perform([.removeFirewall])
      kernel.forgetFirewall()
    }
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

  /// Why a network with this difference cannot be repaired; nil if it can, as far as this matters.
  fileprivate func refusal(of network: Network) -> ServiceError? {
    switch self {
    case .deviceTaken(let conflict): .device(conflict, network: network.id, name: network.name)
    case .parentMissing(let name): .definition(.driver(.parentNotFound(name.description)))
    case .namespaceInaccessible(let error): .kernel(error)
    case .deviceMissing, .deviceUnfinished, .renamed, .down, .addressMissing, .mtu, .macvlanMode,
      .hardwareAddress, .hairpinOff, .loopbackClosed, .sysctl, .notAPort, .notIsolated, .notLocked,
      .portLearns, .hostLinkMissing, .interfaceMissing, .interfaceMoved, .containerEndMissing,
      .routeMissing, .returnPathMissing, .firewallMissing, .elementMissing, .elementUnexpected,
      .unrecognizedElements, .forwardingOff, .familyMissing, .unknownLink, .bridgeTrafficFiltered,
      .nameTaken, .tunnelMissing, .tunnelDetached, .stationMissing, .stationUnexpected:
      nil
    }
  }

  /// The link that lacks a setting which published ports need.
  fileprivate var affectedLink: InterfaceName? {
    switch self {
    case .loopbackClosed(let access): access.bridge
    case .hairpinOff(let name): name
    case .deviceMissing, .deviceUnfinished, .deviceTaken, .renamed, .down, .addressMissing, .mtu,
      .macvlanMode, .hardwareAddress, .sysctl, .notAPort, .notIsolated, .notLocked, .portLearns,
      .hostLinkMissing, .interfaceMissing, .interfaceMoved, .namespaceInaccessible,
      .parentMissing, .containerEndMissing, .routeMissing, .returnPathMissing, .firewallMissing,
      .elementMissing, .elementUnexpected, .unrecognizedElements, .forwardingOff, .familyMissing,
      .unknownLink, .bridgeTrafficFiltered, .nameTaken, .tunnelMissing, .tunnelDetached,
      .stationMissing, .stationUnexpected:
      nil
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
    /// Whether something of the network was repaired along with what networks share.
    let isPartlyRepaired: Bool
    let mayBeCreated: Bool
  }

  private let kernel: KernelView
  private var waiting: ArraySlice<Step>
  /// The number of networks to compare.
  public let count: Int
  /// The failures so far.
  public private(set) var failures: [NetworkFailure]
  /// The networks that were not as recorded, and are now.
  private(set) var repaired: [Network] = []

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
      try repair(step)
      if !step.differences.isEmpty || step.isPartlyRepaired { repaired.append(step.network) }
    } catch {
      failures.append(NetworkFailure(network: step.network.name, error: error))
    }
    return true
  }

  /// Repairs one network in the kernel.
  private func repair(_ step: ReloadOperation.Step) throws(ServiceError) {
    if !step.mayBeCreated { throw .definition(.poolOverlap) }
    if let error = step.differences.lazy.compactMap({ $0.refusal(of: step.network) }).first {
      throw error
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
