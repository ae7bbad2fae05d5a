package import Addressing
package import NetworkModel

/// A consistent snapshot of all networks, to be looked up by name or identity prefix, or listed.
package struct NetworkIndex: Sendable {
  enum Source: Sendable {
    case cache(NetworkCache, StateFolder)
    case documents(NetworkDocuments)
  }

  let source: Source

  init(_ source: Source) {
    self.source = source
  }

  /// Every network as its document describes it, and the errors of damaged documents.
  package var listing: NetworkListing { documents.listing }

  var documents: NetworkDocuments {
    switch source {
    case .cache(let cache, let folder): folder.documents(by: cache)
    case .documents(let documents): documents
    }
  }

  /// The first network that satisfies `condition`; stops reading there.
  package func first<Failure: Error>(
    where condition: (Network) throws(Failure) -> Bool
  ) throws(Failure) -> Network? {
    if case .cache(let cache, _) = source {
      var row = 0
      while row < cache.count, let network = cache.network(at: row) {
        if try condition(network) { return network }
        row += 1
      }
      if row == cache.count { return nil }
    }
    for network in listing.networks where try condition(network) { return network }
    return nil
  }

  /// The network with exactly this name; nil when there is none.
  package func network(named name: String) throws(StateError) -> Network? {
    let listing: NetworkListing
    switch source {
    case .cache(let cache, let folder):
      guard let id = cache.id(named: name).flatMap({ NetworkID($0) }) else { return nil }
      if let network = try folder.network(id), network.isNamed(name) { return network }
      // Another document may now have that name.
      listing = self.listing
    case .documents(let documents):
      listing = documents.listing
    }
    if let network = listing.network(named: name) { return network }
    try listing.checkIntact()
    return nil
  }

  /// The identities that begin with `prefix`, in order.
  package func ids(beginningWith prefix: String) -> [NetworkID] {
    switch source {
    case .cache(let cache, _):
      return cache.ids(beginningWith: prefix).compactMap { NetworkID($0) }.sorted()
    case .documents(let documents):
      return documents.networks.map(\.id).filter { $0.description.hasPrefix(prefix) }
        .sorted()
    }
  }

  /// The subnets of all networks.
  package func subnets() throws(StateError) -> [NetworkSubnet] {
    if case .cache(let cache, _) = source, let subnets = cache.subnets() { return subnets }
    let listing = self.listing
    try listing.checkIntact()
    return listing.networks.flatMap { network in
      network.subnets.map { NetworkSubnet(prefix: $0.subnet, space: network.addressSpace) }
    }
  }
}

/// A subnet of a network.
package struct NetworkSubnet: Hashable, Sendable {
  /// The subnet.
  package let prefix: IPPrefix
  /// Its address space.
  package let space: AddressSpace

  package init(prefix: IPPrefix, space: AddressSpace) {
    self.prefix = prefix
    self.space = space
  }
}
