import AddressPools
import Addressing
import LinuxSystem
public import NetworkModel

/// Compares what is made from documents with the documents. What may have been made from one that
/// cannot be read is left alone, and what unfinished commands have made already or not yet. Folders
/// that cannot be read are for others to name.
extension StateFolder {
  /// What is stale of these networks, and with `isOfAll` of what all share: whose connections and ports
  /// are whose. Without the lock, what a command is changing just now may seem so.
  public func staleRecords(
    of networks: [Network], isOfAll: Bool
  ) throws(StateError) -> [StaleRecord] {
    let unfinished = try unfinished()
    var stale: [StaleRecord] = []
    for network in networks {
      stale += (try? staleRecords(of: network, beside: unfinished)) ?? []
    }
    return isOfAll ? stale + (try sharedStaleRecords(beside: unfinished)) : stale
  }

  private func staleRecords(
    of network: Network, beside unfinished: Unfinished
  ) throws(StateError) -> [StaleRecord] {
    let recorded = try readEndpoints(of: network.id)
    let memberships = recorded.endpoints.filter { !root.contains(Layout.membership($0)) }
      .map { StaleRecord.missingMembership($0) }
    guard recorded.damaged.isEmpty, unfinished.damaged.isEmpty,
      root.contains(Layout.leases(network.id)), let found = try? leases(of: network.id)
    else { return memberships }
    let (least, most) = (
      LeaseBook(of: network, recorded.endpoints),
      LeaseBook(of: network, recorded.endpoints + unfinished.endpoints)
    )
    guard found.isOfTheSubnets(of: least) else {
      return memberships + [.otherSubnets(network.id)]
    }
    let free = zip(least.subnets, found.subnets).flatMap { $0.addresses(freeIn: $1) }
    let lost = zip(found.subnets, most.subnets).map { $0.count(freeIn: $1) }.filter { $0 > 0 }
    return memberships + free.map { .freeAddress($0, network.id) }
      + lost.map { .lostAddresses($0, network.id) }
  }

  private func sharedStaleRecords(
    beside unfinished: Unfinished
  ) throws(StateError) -> [StaleRecord] {
    var stale: [StaleRecord] = []
    var published: Set<PortMarker> = []
    var unknown: Set<ContainerID> = []
    for container in try names(in: Layout.containers).compactMap({ ContainerID($0) }) {
      stale += (try? surplusMemberships(of: container)) ?? []
      do throws(StateError) {
        published.formUnion(try ports(of: container)?.markers ?? [])
      } catch {
        unknown.insert(container)
      }
    }
    let found = Set(try takenPorts().markers)
    stale += published.subtracting(found).sorted().map { .missingMarker($0) }
    guard unfinished.damaged.isEmpty else { return stale }
    let surplus = found.subtracting(published).subtracting(
      unfinished.ports.flatMap(\.ports.markers))
    return stale
      + surplus.filter { !unknown.contains($0.container) }.sorted().map { .surplusMarker($0) }
  }

  private func surplusMemberships(of container: ContainerID) throws(StateError) -> [StaleRecord] {
    try names(in: Layout.container(container)).compactMap { name in
      let parts = name.split(separator: ".").map(String.init)
      guard parts.count == 2, let network = NetworkID(parts[0]), let id = EndpointID(parts[1]),
        !root.contains(Layout.endpoint(id, of: network)),
        !root.contains(Layout.unfinished(endpoint: id))
      else { return nil }
      return .surplusMembership(file: "\(Layout.container(container))/\(name)", network)
    }
  }
}

extension LeaseBook {
  /// What the definition of a network sets aside, and what its endpoints have.
  init(of network: Network, _ endpoints: [Endpoint]) {
    self.init(of: network)
    for endpoint in endpoints where endpoint.network == network.id {
      for address in endpoint.interface?.addresses ?? [] { try? lease(address.address) }
    }
  }
}

extension LeaseBook {
  fileprivate func isOfTheSubnets(of other: LeaseBook) -> Bool {
    subnets.elementsEqual(other.subnets) { $0.subnet == $1.subnet && $0.range == $1.range }
  }
}

extension Set<PortMarker> {
  // Making a name costs as much as a hundred comparisons of names.
  fileprivate func sorted() -> [PortMarker] {
    map { (name: $0.name, marker: $0) }.sorted { $0.name < $1.name }.map(\.marker)
  }
}

extension ContainerPorts {
  fileprivate var markers: [PortMarker] { ports.map { PortMarker($0, of: container.id) } }
}
