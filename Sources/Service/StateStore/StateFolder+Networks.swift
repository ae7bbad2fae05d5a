import LinuxSystem
public import NetworkModel

/// Networks, by their documents and by the catalog of them.
///
/// Others should not change a document, but people restore backups and edit files. That one was
/// added, removed or replaced shows in the folder, and is seen by every command. That one was edited
/// in its place shows in that one alone: it is seen by who lists networks and by who means this one,
/// by its old name or by its new one. Who only compares with all others, as `create` does its subnet
/// and its name, takes their word for what they were: a look at each document would take it as long
/// as all the rest it does for a thousand networks, and `verify` names networks that collide.
extension StateFolder {
  /// The network with this identity; nil when there is none.
  public func network(_ id: NetworkID) throws(StateError) -> Network? {
    try network(in: Layout.network(id))
  }

  /// Whether there is a network with this identity.
  public func hasNetwork(_ id: NetworkID) -> Bool { root.contains(Layout.network(id)) }

  /// Every network as its document has it, and what is wrong with the documents.
  public func listing() throws(StateError) -> NetworkListing {
    let listing = try index().listing
    var damaged = listing.damaged + (try unfinished().damaged)
    do throws(StateError) { _ = try host() } catch { damaged.append(error) }
    return NetworkListing(networks: listing.networks, damaged: damaged)
  }

  /// What finds networks by anything but their identity.
  public func index() throws(StateError) -> NetworkIndex {
    if let catalog = catalog() { return NetworkIndex(.catalog(catalog, self)) }
    return NetworkIndex(.documents(try documents()))
  }

  /// The catalog, when it can be read and no document has come or gone behind its back.
  func catalog() -> Catalog? {
    guard let documents = root.stamp(of: Layout.networks),
      let bytes = (try? contents(of: Catalog.fileName)) ?? nil
    else { return nil }
    return Catalog(bytes, boot: boot, documents: documents)
  }

  /// All networks from their documents.
  func documents() throws(StateError) -> NetworkDocuments {
    // Before anything is read, so that a change in between is one for the next who compares.
    var documents = NetworkDocuments(in: root.stamp(of: Layout.networks))
    for name in try names(in: Layout.networks) where name.hasSuffix(".json") {
      add("\(Layout.networks)/\(name)", to: &documents)
    }
    return documents
  }

  /// All networks of a catalog, those from their documents that are not what they were.
  func documents(by catalog: Catalog) -> NetworkDocuments {
    var documents = NetworkDocuments(in: catalog.documents, capacity: catalog.count)
    for row in 0..<catalog.count {
      let file = Layout.network(catalog.idText(at: row))
      if let stamp = root.stamp(of: file), stamp == catalog.stamp(at: row),
        let network = catalog.network(at: row)
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
