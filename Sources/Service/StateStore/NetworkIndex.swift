public import Addressing
public import NetworkModel

/// All networks as they were at one moment, found by name, by the beginning of their identity or
/// all together.
public struct NetworkIndex: Sendable {
  enum Source: Sendable {
    case catalog(Catalog, StateFolder)
    case documents(NetworkDocuments)
  }

  let source: Source

  init(_ source: Source) {
    self.source = source
  }

  /// Every network as its document has it, and what is wrong with the documents.
  public var listing: NetworkListing { documents.listing }

  var documents: NetworkDocuments {
    switch source {
    case .catalog(let catalog, let folder): folder.documents(by: catalog)
    case .documents(let documents): documents
    }
  }

  /// The first network that satisfies `condition`; no more are looked at than needed.
  public func first<Failure: Error>(
    where condition: (Network) throws(Failure) -> Bool
  ) throws(Failure) -> Network? {
    if case .catalog(let catalog, _) = source {
      var row = 0
      while row < catalog.count, let network = catalog.network(at: row) {
        if try condition(network) { return network }
        row += 1
      }
      if row == catalog.count { return nil }
    }
    for network in listing.networks where try condition(network) { return network }
    return nil
  }

  /// The network with exactly this name; nil when there is none.
  public func network(named name: String) throws(StateError) -> Network? {
    let listing: NetworkListing
    switch source {
    case .catalog(let catalog, let folder):
      guard let id = catalog.id(named: name).flatMap({ NetworkID($0) }) else { return nil }
      if let network = try folder.network(id), network.isNamed(name) { return network }
      // Another document may say now what that one said.
      listing = self.listing
    case .documents(let documents):
      listing = documents.listing
    }
    if let network = listing.network(named: name) { return network }
    try listing.checkIntact()
    return nil
  }

  /// The identities that begin with `prefix`, in order.
  public func ids(beginningWith prefix: String) -> [NetworkID] {
    switch source {
    case .catalog(let catalog, _):
      return catalog.ids(beginningWith: prefix).compactMap { NetworkID($0) }.sorted()
    case .documents(let documents):
      return documents.networks.map(\.id).filter { $0.description.hasPrefix(prefix) }
        .sorted()
    }
  }

  /// The subnets of all networks.
  public func subnets() throws(StateError) -> [NetworkSubnet] {
    if case .catalog(let catalog, _) = source, let subnets = catalog.subnets() { return subnets }
    let listing = self.listing
    try listing.checkIntact()
    return listing.networks.flatMap { network in
      network.subnets.map { NetworkSubnet(prefix: $0.subnet, space: network.addressSpace) }
    }
  }
}

/// A subnet that a network has.
public struct NetworkSubnet: Hashable, Sendable {
  /// The subnet.
  public let prefix: IPPrefix
  /// The space it was taken from.
  public let space: AddressSpace

  /// Takes every member.
  public init(prefix: IPPrefix, space: AddressSpace) {
    self.prefix = prefix
    self.space = space
  }
}
