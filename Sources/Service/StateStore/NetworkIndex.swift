public import Addressing
public import NetworkModel

/// All networks as they were at one moment, found by name, by the beginning of their identity or
/// all together.
public struct NetworkIndex: Sendable {
  enum Source: Sendable {
    case catalog(Catalog, StateFolder)
    case documents(NetworkListing)
  }

  let source: Source

  init(_ source: Source) {
    self.source = source
  }

  /// Every network.
  public func listing() throws(StateError) -> NetworkListing {
    switch source {
    case .catalog(let catalog, let folder):
      guard let networks = catalog.networks() else { return try folder.readDocuments() }
      return NetworkListing(networks: networks, damaged: [])
    case .documents(let listing):
      return listing
    }
  }

  /// Whether any network satisfies `condition`; no more are looked at than needed.
  public func contains<Failure: Error>(
    where condition: (Network) throws(Failure) -> Bool, orThrow failure: (StateError) -> Failure
  ) throws(Failure) -> Bool {
    if case .catalog(let catalog, _) = source {
      var row = 0
      while row < catalog.count, let network = catalog.network(at: row) {
        if try condition(network) { return true }
        row += 1
      }
      if row == catalog.count { return false }
    }
    let listing: NetworkListing
    do throws(StateError) { listing = try self.listing() } catch { throw failure(error) }
    for network in listing.networks where try condition(network) { return true }
    return false
  }

  /// The identity of the network with exactly this name; nil when there is none.
  public func id(named name: String) throws(StateError) -> NetworkID? {
    switch source {
    case .catalog(let catalog, _):
      return catalog.id(named: name).flatMap { NetworkID($0) }
    case .documents(let listing):
      if let network = listing.networks.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        return network.id
      }
      try listing.checkIntact()
      return nil
    }
  }

  /// The identities that begin with `prefix`, in order.
  public func ids(beginningWith prefix: String) -> [NetworkID] {
    switch source {
    case .catalog(let catalog, _):
      return catalog.ids(beginningWith: prefix).compactMap { NetworkID($0) }.sorted()
    case .documents(let listing):
      return listing.networks.map(\.id).filter { $0.description.hasPrefix(prefix) }.sorted()
    }
  }

  /// The subnets of all networks.
  public func subnets() throws(StateError) -> [IPPrefix] {
    let documents: NetworkListing
    switch source {
    case .catalog(let catalog, let folder):
      if let subnets = catalog.subnets() { return subnets }
      documents = try folder.readDocuments()
    case .documents(let listing):
      documents = listing
    }
    try documents.checkIntact()
    return documents.networks.flatMap { $0.subnets.map(\.subnet) }
  }
}

/// All networks, and what kept some of them from being read.
public struct NetworkListing: Sendable {
  /// The networks in no particular order.
  public let networks: [Network]
  /// One error for each document that is damaged; the others are not affected.
  public let damaged: [StateError]

  /// Takes every member.
  public init(networks: [Network], damaged: [StateError]) {
    self.networks = networks
    self.damaged = damaged
  }

  /// Refuses to conclude anything from the absence of what a damaged document may hold.
  func checkIntact() throws(StateError) {
    if let error = damaged.first { throw error }
  }
}
