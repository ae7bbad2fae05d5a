public import Addressing
public import Configuration
public import Drivers
public import KernelModel
public import NetworkModel
public import RemoteDrivers
public import StateStore

/// Something that `verify` reports.
public enum Finding: Hashable, Sendable {
  /// Something is wrong in the configuration file at this path.
  case configuration(path: String, ConfigurationProblem)
  /// The network `bridge` is not as the configuration has it, for this reason.
  case defaultNetworkKept(ServiceError)
  /// A damaged file in the state directory.
  case damaged(StateError)
  /// A derived file disagrees with the documents; of the network and of the container with these
  /// names, or shared.
  case stale(IndexInconsistency, network: String?, container: String?)
  /// A change is pending, but no command is working on it any more.
  case unfinished(UnfinishedChange)
  /// Two recorded networks conflict.
  case conflict(NetworkConflict)
  /// The network with this name has an invalid option, so that what it needs is unknown.
  case unusable(OptionError, network: String)
  /// The kernel does not match the records; of the network and of the container with these names,
  /// or shared.
  case difference(Difference, network: String?, container: String? = nil)
  /// The same, while another network has addresses of this one, so that `reload` does not correct
  /// it.
  case notRepairable(Difference, network: String, container: String?)
  /// The container is connected according to the records, but its link is gone.
  case vanished(Endpoint, network: String)
  /// The container runs, and waits to be connected to the network with this name.
  case waiting(Endpoint, network: String)
  /// Another table drops a network's forwarded traffic.
  case blockedTraffic(BlockedTraffic)
  /// The host routes packets for the network with this name elsewhere.
  case diversion(Diversion, network: String)
  /// netctl enabled forwarding, so its table drops packets that other software forwards or may want
  /// to: the chains that filter such packets, and the links that they would pass.
  case closedToOthers(AddressFamily, [ForeignForwarder], links: [InterfaceName])
  /// A bridge of the internal network with this name has a port that is not netctl's.
  case foreignPort(InterfaceName, bridge: InterfaceName, network: String)
  /// A hosts file does not have the names that it should; of the container with this name, or of
  /// one that is on no network.
  case staleHostsFile(String, container: String?, isWritable: Bool)
  /// A resolver configuration names the name server, which does not answer the container with this
  /// name.
  case deadResolverFile(String, container: String)
  /// A host process has bound a published port.
  case shadowed(ShadowedPort)
  /// A container has ports that none of its networks publishes.
  case unrouted(ContainerPorts)
  /// The network with this name has a driver that netctl does not have.
  case unknownDriver(DriverName, network: String)
  /// The plugin with this name cannot be asked about the networks with these names.
  case absentPlugin(String, PluginError, networks: [String])
  /// The kernel lacks a feature that networks need.
  case featureMissing(KernelFeature)

  /// Whether it is only informational: networks work regardless.
  public var isNote: Bool {
    switch self {
    case .difference(.bridgeTrafficFiltered, _, _), .unrouted, .closedToOthers, .foreignPort: true
    case .configuration, .defaultNetworkKept, .damaged, .stale, .unfinished, .conflict, .unusable,
      .difference, .notRepairable, .vanished, .waiting, .blockedTraffic, .diversion,
      .staleHostsFile, .deadResolverFile, .shadowed, .unknownDriver, .absentPlugin,
      .featureMissing:
      false
    }
  }
}

extension StateView {
  /// Compares the kernel with the records, for all networks or the named ones; changes nothing and
  /// waits for no lock. Returns the findings and the errors for names that match no network.
  func verify(
    _ references: [String]
  ) throws(ServiceError) -> (findings: [Finding], failures: [NetworkFailure]) {
    let (chosen, failures) = resolve(references, in: try index())
    if chosen.isEmpty && !failures.isEmpty { return ([], failures) }
    return (try findings(of: references.isEmpty ? nil : chosen), failures)
  }

  // Of all networks and what they share, unless some are chosen.
  private func findings(of chosen: Set<NetworkID>?) throws(ServiceError) -> [Finding] {
    let isChosen = { (id: NetworkID) in chosen?.contains(id) ?? true }
    let listing = try self.listing()
    let networks = listing.networks.filter { isChosen($0.id) }
    let comparison = try compare(listing)
    let names = Dictionary(
      listing.networks.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let damage = listing.damaged + listing.networks.flatMap { self.damage(of: $0.id) }
    var findings = damage.map { Finding.damaged($0.inside(path)) }
    findings += try indexInconsistencies(of: networks, isOfAll: chosen == nil).map { record in
      .stale(
        record.inside(path), network: record.network.flatMap { names[$0] },
        container: container(of: record, comparison))
    }
    findings += try unfinishedChanges()
      .filter { chosen == nil || $0.network.map(isChosen) == true }.map { .unfinished($0) }
    findings += NetworkConflict.all(among: listing.networks, drivers)
      .filter { isChosen($0.first.id) || isChosen($0.second.id) }.map { .conflict($0) }
    findings += comparison.unusable.filter { isChosen($0.network.id) }
      .map { .unusable($0.error, network: $0.network.name) }
    let routed = try kernel.routedSubnets()
    let skipped = comparison.networksToSkip(among: listing.networks, drivers)
    for (network, desired) in comparison.networks where isChosen(network.id) {
      findings += try self.findings(
        of: network, desired, comparison, routed: routed.all,
        isSkipped: skipped.contains(network.id))
    }
    findings += comparison.unknown.filter { isChosen($0.id) }
      .map { .unknownDriver($0.driver, network: $0.name) }
    findings += absentPlugins(of: networks)
    findings += try staleHostsFiles(of: networks, isOfAll: chosen == nil)
      .map { .staleHostsFile($0.path, container: $0.container, isWritable: $0.isWritable) }
    findings += try deadResolverFiles(of: networks)
      .map { .deadResolverFile($0.path, container: $0.container) }
    findings += comparison.vanished.filter { isChosen($0.network) }
      .map { .vanished($0, network: names[$0.network] ?? $0.network.short) }
    findings += try restartFindings(names).filter { isChosen($0.endpoint.network) }.map(\.finding)
    if chosen == nil { findings += try sharedFindings(comparison, listing) }
    return findings
  }

  private func absentPlugins(of networks: [Network]) -> [Finding] {
    var names: [String: [String]] = [:]
    for network in networks {
      for plugin in network.pluginNames { names[plugin, default: []].append(network.name) }
    }
    return names.sorted { $0.key < $1.key }.compactMap { plugin, networks in
      plugins.absence(of: plugin).map { .absentPlugin(plugin, $0, networks: networks.sorted()) }
    }
  }

  // What the kernel has otherwise than one network needs it.
  private func findings(
    of network: Network, _ desired: DesiredNetworkState, _ comparison: HostComparison,
    routed: [IPPrefix], isSkipped: Bool
  ) throws(ServiceError) -> [Finding] {
    var findings: [Finding] = comparison.attributedDifferences(of: desired).map {
      isSkipped
        ? .notRepairable($0.difference, network: network.name, container: $0.container)
        : .difference($0.difference, network: network.name, container: $0.container)
    }
    findings += try diversions(from: desired, routed: routed, in: comparison)
      .map { .diversion($0, network: network.name) }
    if network.isInternal {
      findings += comparison.observed.interfaces.foreignPorts(of: desired.network.device)
        .map { .foreignPort($0, bridge: $1, network: network.name) }
    }
    return findings
      + (try kernel.blockedTraffic(to: network, desired.network).map { .blockedTraffic($0) })
  }

  // An endpoint whose container does not run needs nothing.
  private func restartFindings(
    _ names: [NetworkID: String]
  ) throws(ServiceError) -> [(endpoint: Endpoint, finding: Finding)] {
    var findings: [(endpoint: Endpoint, finding: Finding)] = []
    for container in try awaitedContainers() {
      let isRemoved = kernel.isRemoved(container)
      guard isRemoved || kernel.running(container) != nil else { continue }
      for endpoint in try waitingEndpoints(of: container.id) {
        let network = names[endpoint.network] ?? endpoint.network.short
        findings.append(
          (
            endpoint,
            isRemoved
              ? .vanished(endpoint, network: network) : .waiting(endpoint, network: network)
          ))
      }
    }
    return findings
  }

  // One that is connected but missing from the index is named by the record itself.
  private func container(
    of record: IndexInconsistency, _ comparison: HostComparison
  ) -> String? {
    switch record {
    case .freeAddress(let address, _): comparison.container(at: address)
    case .missingReservation(let reservation), .unexpectedReservation(let reservation):
      (try? ports(of: reservation.container))?.container.name
    case .otherSubnets, .lostAddresses, .missingContainerEntry, .unexpectedContainerEntry: nil
    }
  }

  /// The differences between a network's record and the kernel, each with the name of the container
  /// that it concerns.
  func differences(
    of network: Network
  ) throws(ServiceError) -> [(difference: Difference, container: String?)] {
    let listing = NetworkListing(networks: [network], damaged: [])
    let comparison = try compare(listing)
    return comparison.networks.flatMap { comparison.attributedDifferences(of: $0.desired) }
  }

  private func sharedFindings(
    _ comparison: HostComparison, _ listing: NetworkListing
  ) throws(ServiceError) -> [Finding] {
    var findings = comparison.attributedSharedDifferences
      .map { Finding.difference($0.difference, network: nil, container: $0.container) }
    findings += try unknownLinks(comparison, listing)
      .map { .difference($0, network: nil) }
    if comparison.networks.isEmpty { return findings }
    for family in AddressFamily.allCases
    where comparison.observed.sysctls[.bridgedFrames(family)] == "1" {
      findings.append(.difference(.bridgeTrafficFiltered(family), network: nil))
    }
    let (features, required) = (try kernel.features(), requiredFeatures(comparison))
    for feature in KernelFeature.allCases
    where required.contains(feature) && features[feature] == .absent {
      findings.append(.featureMissing(feature))
    }
    findings += try closedFamilies(comparison)
    findings += try unroutedPorts().map { .unrouted($0) }
    return findings + (try shadowedPorts().map { .shadowed($0) })
  }

  private func requiredFeatures(_ comparison: HostComparison) -> Set<KernelFeature> {
    var features: Set<KernelFeature> = []
    for (network, desired) in comparison.networks {
      features.formUnion(drivers.driverType(of: network)?.requiredFeatures ?? [])
      if let feature = desired.network.device?.kind.link.feature { features.insert(feature) }
    }
    return features
  }

  private func closedFamilies(_ comparison: HostComparison) throws(ServiceError) -> [Finding] {
    let devices = Set(comparison.desired.networks.compactMap(\.network.device?.name))
    var findings: [Finding] = []
    for family in comparison.desired.noTransit.sorted() {
      let chains = try kernel.foreignForwarders(family)
      let links = comparison.observed.interfaces.routedLinks(family).filter {
        !devices.contains($0)
      }
      // Forwarding takes at least two links.
      if links.count > 1 || !chains.isEmpty {
        findings.append(.closedToOthers(family, chains, links: links))
      }
    }
    return findings
  }

  // A running command has records that are neither current nor obsolete.
  private func unknownLinks(
    _ comparison: HostComparison, _ listing: NetworkListing
  ) throws(ServiceError) -> [Difference] {
    guard listing.damaged.isEmpty else { return [] }
    var known = Set(listing.networks.map { LinkOwner.network($0.id.description) })
    known.formUnion(comparison.desired.networks.compactMap(\.network.device?.owner))
    known.formUnion(listing.networks.map { .tunnel($0.id.description) })
    for network in listing.networks {
      let ids = try endpointIDs(of: network.id)
      known.formUnion(ids.map { .endpoint($0.description) })
    }
    known.formUnion(
      try unfinishedIdentities()
        .flatMap { [.network($0), .endpoint($0)] })
    return comparison.observed.interfaces.links.compactMap { link in
      guard let owner = link.owner, !known.contains(owner), !link.isOrphaned else { return nil }
      return .unknownLink(link.name, owner)
    }
  }
}

extension ObservedInterfaces {
  /// The ports of a device that are not netctl's.
  fileprivate func foreignPorts(
    of device: NetworkDevice?
  ) -> [(port: InterfaceName, bridge: InterfaceName)] {
    guard let device, let index = link(named: device.name)?.index else { return [] }
    return links.filter { $0.master == index && $0.owner == nil && !$0.isIncomplete }
      .map { ($0.name, device.name) }
  }

  /// Links not managed by netctl that have a routable address of a family.
  func routedLinks(_ family: AddressFamily) -> [InterfaceName] {
    links.filter { link in
      link.owner == nil && link.isUp && link.master == nil
        && addresses(of: link).contains { prefix in
          prefix.family == family && !prefix.address.isLoopback
            && !prefix.address.isLinkLocalUnicast
        }
    }.map(\.name)
  }
}
