public import NetworkModel

extension LockedState {
  /// Makes the catalog anew if documents that somebody edited are in it as they were.
  public func renewCatalog() throws(StateError) {
    let index = try folder.index()
    let documents = index.documents
    if case .catalog(let catalog, _) = index.source, catalog.isOf(documents) { return }
    if documents.damaged.isEmpty { Self.replaceCatalog(of: folder, by: documents) }
  }

  /// Makes anew from the documents what was found stale of these networks and of what all share.
  public func mend(_ stale: [StaleRecord], of networks: [Network]) throws(StateError) {
    var leases: Set<NetworkID> = []
    for record in stale {
      switch record {
      case .otherSubnets(let id), .freeAddress(_, let id), .lostAddresses(_, let id):
        leases.insert(id)
      case .missingMembership(let endpoint):
        try makeFolder(Layout.container(endpoint.container.id))
        try mark(Layout.membership(endpoint))
      case .surplusMembership(let file, _):
        try remove(file)
        try removeFolder(Layout.folder(of: file))
      case .missingMarker(let marker): try mark(Layout.marker(marker))
      case .surplusMarker(let marker): try remove(Layout.marker(marker))
      }
    }
    let unfinished = try folder.unfinished().endpoints
    for network in networks where leases.contains(network.id) {
      let endpoints = try folder.endpoints(of: network.id) + unfinished
      try save(LeaseBook(of: network, endpoints), of: network.id)
    }
  }
}
