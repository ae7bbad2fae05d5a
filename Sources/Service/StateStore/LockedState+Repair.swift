package import NetworkModel

extension LockedState {
  /// Rebuilds the cache if it is older than a document that was edited by hand.
  package func renewCache() throws(StateError) {
    let index = try folder.index()
    let documents = index.documents
    if case .cache(let cache, _) = index.source, cache.isOf(documents) { return }
    if documents.damaged.isEmpty { Self.replaceCache(of: folder, by: documents) }
  }

  /// Rebuilds inconsistent files from the documents.
  package func repair(_ stale: [IndexInconsistency], of networks: [Network]) throws(StateError) {
    var leases: Set<NetworkID> = []
    for record in stale {
      switch record {
      case .otherSubnets(let id), .freeAddress(_, let id), .lostAddresses(_, let id):
        leases.insert(id)
      case .missingContainerEntry(let endpoint): try makeEntries(of: endpoint)
      case .unexpectedContainerEntry(let file, _):
        try remove(file)
        try removeFolder(Layout.folder(of: file))
      case .missingReservation(let reservation):
        try reserve([reservation.port], for: reservation.container)
      case .unexpectedReservation(let reservation):
        try release([reservation.port], of: reservation.container)
      }
    }
    let unfinished = try folder.unfinished().endpoints
    for network in networks where leases.contains(network.id) {
      let endpoints = try folder.endpoints(of: network.id) + unfinished
      try save(NetworkLeases(of: network, endpoints), of: network.id)
    }
  }
}
