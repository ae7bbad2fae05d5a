import LinuxSystem
package import NetworkModel

/// Networks, from their documents and their cache.
///
/// The documents are not meant to be edited, but people restore backups and edit files. A document
/// that was added, removed or replaced changes its directory, which every command notices. In-place
/// edits are detected by `ls` and by lookups of that network, by old or new name, but not by
/// `create`, which trusts the cache when it checks names and subnets (checking every file would
/// double its run time with a thousand networks). `verify` reports conflicts.
extension StateFolder {
  /// The network with this identity; nil when there is none.
  package func network(_ id: NetworkID) throws(StateError) -> Network? {
    try network(in: Layout.network(id))
  }

  /// Whether there is a network with this identity.
  package func hasNetwork(_ id: NetworkID) -> Bool { root.contains(Layout.network(id)) }

  /// Every network as its document describes it, and the errors of damaged documents.
  package func listing() throws(StateError) -> NetworkListing {
    let listing = try index().listing
    var damaged = listing.damaged + (try unfinished().damaged)
    do throws(StateError) { _ = try host() } catch { damaged.append(error) }
    return NetworkListing(networks: listing.networks, damaged: damaged)
  }

  /// The index to find networks by anything but their identity.
  package func index() throws(StateError) -> NetworkIndex {
    if let cache = cache() { return NetworkIndex(.cache(cache, self)) }
    return NetworkIndex(.documents(try documents()))
  }

  /// The cache, if it is readable and no document was added or removed since.
  func cache() -> NetworkCache? {
    guard let documents = root.stamp(of: Layout.networks),
      let bytes = (try? contents(of: NetworkCache.fileName)) ?? nil
    else { return nil }
    return NetworkCache(bytes, boot: boot, documents: documents)
  }

  /// All networks from their documents.
  func documents() throws(StateError) -> NetworkDocuments {
    // Before anything else is read, so that a concurrent change is noticed by the next comparison.
    var documents = NetworkDocuments(in: root.stamp(of: Layout.networks))
    for name in try names(in: Layout.networks) where name.hasSuffix(".json") {
      add("\(Layout.networks)/\(name)", to: &documents)
    }
    return documents
  }

  /// All networks of a cache, except that changed documents are read again.
  func documents(by cache: NetworkCache) -> NetworkDocuments {
    var documents = NetworkDocuments(in: cache.documents, capacity: cache.count)
    for row in 0..<cache.count {
      let file = Layout.network(cache.idText(at: row))
      if let stamp = root.stamp(of: file), stamp == cache.stamp(at: row),
        let network = cache.network(at: row)
      {
        documents.append(network, as: stamp)
      } else {
        add(file, to: &documents)
      }
    }
    return documents
  }

  private func add(_ file: String, to documents: inout NetworkDocuments) {
    guard let stamp = root.stamp(of: file) else { return }
    do throws(StateError) {
      guard let network = try network(in: file) else { return }
      documents.append(network, as: stamp)
    } catch {
      documents.damaged.append(error)
    }
  }

  private func network(in file: String) throws(StateError) -> Network? {
    guard let bytes = try contents(of: file) else { return nil }
    let network = try NetworkDocument.decode(bytes[...], file: file)
    let own = Layout.network(network.id)
    // It would be a second network with the same identity.
    if file != own { throw .misnamed(file: file, isCopy: root.contains(own)) }
    return network
  }
}
