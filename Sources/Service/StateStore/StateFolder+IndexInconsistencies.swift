import AddressPools
import Addressing
import LinuxSystem
package import NetworkModel

/// Compares derived files with the documents. What may derive from an unreadable document is
/// ignored, and so is what pending commands have or have not written yet. Unreadable directories
/// are reported elsewhere.
extension StateFolder {
  /// The inconsistencies of these networks, and with `isOfAll` of the shared index of containers
  /// and ports. Without the lock, a running change may appear as one.
  package func indexInconsistencies(
    of networks: [Network], isOfAll: Bool
  ) throws(StateError) -> [IndexInconsistency] {
    let unfinished = try unfinished()
    var stale: [IndexInconsistency] = []
    for network in networks {
      stale += (try? indexInconsistencies(of: network, beside: unfinished)) ?? []
    }
    return isOfAll ? stale + (try sharedInconsistencies(beside: unfinished)) : stale
  }

  private func indexInconsistencies(
    of network: Network, beside unfinished: PendingChanges
  ) throws(StateError) -> [IndexInconsistency] {
    let recorded = try readEndpoints(of: network.id)
    let missingEntries = recorded.endpoints.filter { endpoint in
      endpoint.container.recordedIDs.contains {
        !root.contains(Layout.entry(endpoint, of: $0))
      }
    }.map { IndexInconsistency.missingContainerEntry($0) }
    guard recorded.damaged.isEmpty, unfinished.damaged.isEmpty,
      !unfinished.updates.contains(where: { $0.old.id == network.id }),
      root.contains(Layout.leases(network.id)), let found = try? leases(of: network.id)
    else { return missingEntries }
    let (least, most) = (
      NetworkLeases(of: network, recorded.endpoints),
      NetworkLeases(of: network, recorded.endpoints + unfinished.endpoints)
    )
    guard found.isOfTheSubnets(of: least) else {
      return missingEntries + [.otherSubnets(network.id)]
    }
    let free = zip(least.subnets, found.subnets).flatMap { $0.addresses(freeIn: $1) }
    let lost = zip(found.subnets, most.subnets).map { $0.count(freeIn: $1) }.filter { $0 > 0 }
    return missingEntries + free.map { .freeAddress($0, network.id) }
      + lost.map { .lostAddresses($0, network.id) }
  }

  private func sharedInconsistencies(
    beside unfinished: PendingChanges
  ) throws(StateError) -> [IndexInconsistency] {
    var stale: [IndexInconsistency] = []
    var published: Set<PortReservation> = []
    var unknown: Set<ContainerID> = []
    for container in try names(in: Layout.containers).compactMap({ ContainerID($0) }) {
      stale += (try? unexpectedEntries(of: container)) ?? []
      do throws(StateError) {
        published.formUnion(try ports(of: container)?.reservations ?? [])
      } catch {
        unknown.insert(container)
      }
    }
    let found = Set(try portReservations().reservations)
    stale += published.subtracting(found).sorted().map { .missingReservation($0) }
    guard unfinished.damaged.isEmpty else { return stale }
    let unexpected = found.subtracting(published).subtracting(
      unfinished.ports.flatMap(\.reservations))
    return stale
      + unexpected.filter { !unknown.contains($0.container) }.sorted().map {
        .unexpectedReservation($0)
      }
  }

  private func unexpectedEntries(of container: ContainerID) throws(StateError)
    -> [IndexInconsistency]
  {
    try names(in: Layout.container(container)).compactMap { name in
      let parts = name.split(separator: ".").map(String.init)
      guard parts.count == 2, let network = NetworkID(parts[0]), let id = EndpointID(parts[1]),
        !isOnRecord(id, network, of: container),
        ![true, false].contains(where: {
          root.contains(Layout.unfinished(endpoint: id, hasPlugin: $0))
        })
      else { return nil }
      return .unexpectedContainerEntry(file: "\(Layout.container(container))/\(name)", network)
    }
  }
}

extension StateFolder {
  // One that cannot be read is reported elsewhere.
  private func isOnRecord(
    _ id: EndpointID, _ network: NetworkID, of container: ContainerID
  ) -> Bool {
    guard root.contains(Layout.endpoint(id, of: network)) else { return false }
    let endpoint = (try? endpoint(id, of: network)) ?? nil
    return endpoint?.container.recordedIDs.contains(container) ?? true
  }
}

extension NetworkLeases {
  /// Derives leases from a network's definition and its endpoints.
  package init(of network: Network, _ endpoints: [Endpoint]) {
    self.init(of: network)
    for endpoint in endpoints where endpoint.network == network.id {
      for address in endpoint.interface?.addresses ?? [] { try? lease(address.address) }
    }
  }
}

extension NetworkLeases {
  fileprivate func isOfTheSubnets(of other: NetworkLeases) -> Bool {
    subnets.elementsEqual(other.subnets) { $0.subnet == $1.subnet && $0.range == $1.range }
  }
}

extension Set<PortReservation> {
  // Building a name costs as much as a hundred comparisons of names, so each is built once.
  fileprivate func sorted() -> [PortReservation] {
    map { (name: $0.file.name, reservation: $0) }
      .sorted { $0.name < $1.name }.map(\.reservation)
  }
}

extension ContainerPorts {
  var reservations: [PortReservation] {
    ports.map { PortReservation($0, of: container.id) }
  }
}

extension PortChange {
  fileprivate var reservations: [PortReservation] {
    ports.map { PortReservation($0, of: container.id) }
  }
}
