import LinuxSystem
public import NetworkModel

/// The state folder in the hands of the one process that may change it.
///
/// A record is in its place only while it is complete. Before the kernel is touched, and as long as
/// it may hold part of what a record says, the record stands under `unfinished/`; whatever a crash
/// leaves there has to be taken out of the kernel and forgotten. Networks are durable, endpoints
/// are not: those end with the boot.
public struct LockedState: ~Copyable {
  /// The same folder, for reading.
  public let folder: StateFolder
  /// The networks as they were when the lock was taken.
  public let index: NetworkIndex
  private let lock: FileLock
  private let signals: DeferredSignals

  init(folder: StateFolder, lock: consuming FileLock) throws(StateError) {
    self.signals = DeferredSignals()
    self.folder = folder
    for name in Layout.folders where !folder.root.contains(name) {
      do throws(Errno) {
        try folder.root.makeDirectory(name)
      } catch {
        throw .unwritable(file: name, error)
      }
    }
    self.index = try Self.repairedIndex(folder)
    self.lock = lock
  }

  // MARK: Networks

  /// Records that the kernel is about to hold a network.
  public func begin(_ network: Network) throws(StateError) {
    let file = Layout.unfinished(network: network.id)
    try replace(file, with: NetworkDocument.encode(network), durable: true)
  }

  /// Records that a network is complete.
  public func finish(_ network: Network) throws(StateError) {
    let file = Layout.network(network.id)
    try moveNetwork(Layout.unfinished(network: network.id), to: file) {
      folder.root.stamp(of: file).map { Catalog.record(of: network, as: $0) }
    }
  }

  /// Records that the kernel is about to lose a network.
  public func beginRemoval(_ network: Network) throws(StateError) {
    try moveNetwork(Layout.network(network.id), to: Layout.unfinished(network: network.id)) {
      Catalog.removal(of: network.id)
    }
  }

  /// Forgets a network that the kernel does not hold any more.
  public func forget(_ network: Network) throws(StateError) {
    // A replacement that was interrupted leaves its temporary file.
    for file in [Layout.leases(network.id), Layout.leases(network.id) + Directory.temporarySuffix] {
      try remove(file)
    }
    try removeFolder(Layout.endpoints(of: network.id))
    try remove(Layout.unfinished(network: network.id))
  }

  // MARK: Endpoints

  /// Records that the kernel is about to hold an endpoint.
  public func begin(_ endpoint: Endpoint) throws(StateError) {
    let file = Layout.unfinished(endpoint: endpoint.id)
    try replace(file, with: EndpointDocument.encode(endpoint), durable: false)
    try makeFolder(Layout.container(endpoint.container.id))
    try mark(Layout.membership(endpoint))
  }

  /// Records that an endpoint is complete.
  public func finish(_ endpoint: Endpoint) throws(StateError) {
    try makeFolder(Layout.endpoints(of: endpoint.network))
    try move(
      Layout.unfinished(endpoint: endpoint.id),
      to: Layout.endpoint(endpoint.id, of: endpoint.network))
  }

  /// Records that the kernel is about to lose an endpoint.
  public func beginRemoval(_ endpoint: Endpoint) throws(StateError) {
    try move(
      Layout.endpoint(endpoint.id, of: endpoint.network),
      to: Layout.unfinished(endpoint: endpoint.id))
  }

  /// Forgets an endpoint that the kernel does not hold any more.
  public func forget(_ endpoint: Endpoint) throws(StateError) {
    try remove(Layout.membership(endpoint))
    try removeFolder(Layout.container(endpoint.container.id))
    try removeFolder(Layout.endpoints(of: endpoint.network))
    try remove(Layout.unfinished(endpoint: endpoint.id))
  }

  // MARK: Ports

  /// Records that the kernel is about to get a container's ports, or to lose them.
  public func begin(_ change: PortChange) throws(StateError) {
    let container = change.ports.container.id
    try replace(
      Layout.unfinished(ports: container),
      with: PortsDocument.encode(change.ports, with: change.endpoint), durable: false)
    for port in change.ports.ports { try mark(Layout.marker(PortMarker(port, of: container))) }
  }

  /// Replaces the ports of a container; the change that led to them is still unfinished.
  public func save(_ ports: ContainerPorts) throws(StateError) {
    let container = ports.container.id
    if ports.ports.isEmpty {
      try remove(Layout.ports(of: container))
      try removeFolder(Layout.container(container))
    } else {
      try makeFolder(Layout.container(container))
      try replace(Layout.ports(of: container), with: PortsDocument.encode(ports))
    }
  }

  /// Forgets a change; ports that the container does not have are free for others.
  public func end(_ change: PortChange, having ports: [PublishedPort]) throws(StateError) {
    let container = change.ports.container.id
    for port in Set(change.ports.ports).subtracting(ports) {
      try remove(Layout.marker(PortMarker(port, of: container)))
    }
    try remove(Layout.unfinished(ports: container))
  }

  // MARK: The rest

  /// Replaces the leases of a network.
  public func save(_ leases: LeaseBook, of network: NetworkID) throws(StateError) {
    try replace(Layout.leases(network), with: LeaseDocument.encode(leases))
  }

  /// Forgets all that ended with an earlier boot: endpoints with their leases, and ports. None of it
  /// is read, for power loss may have damaged it.
  public func forgetEarlierBoot() throws(StateError) {
    for folder in [Layout.endpoints, Layout.containers, Layout.ports, Layout.leases] {
      try removeContents(of: folder)
    }
    let networks = Layout.unfinishedNetworkPrefix
    for name in try folder.names(in: Layout.unfinished) where !name.hasPrefix(networks) {
      try remove("\(Layout.unfinished)/\(name)")
    }
  }

  // Folders stand in folders, but nothing in those.
  private func removeContents(of name: String) throws(StateError) {
    for entry in try folder.names(in: name) {
      let path = "\(name)/\(entry)"
      if folder.root.isDirectory(path) {
        for file in try folder.names(in: path) { try remove("\(path)/\(file)") }
        try removeFolder(path)
      } else {
        try remove(path)
      }
    }
  }

  /// Replaces what is remembered of the host.
  public func save(_ host: HostRecord) throws(StateError) {
    try replace(Layout.host, with: HostDocument.encode(host), durable: true)
  }

  /// What an interrupted command left: networks and endpoints that have to be taken out of the
  /// kernel and forgotten.
  public func unfinished() throws(StateError) -> Unfinished {
    for name in try folder.names(in: Layout.unfinished)
    where name.hasSuffix(Directory.temporarySuffix) {
      // Its writing was interrupted; the kernel was not touched yet.
      try remove("\(Layout.unfinished)/\(name)")
    }
    return try folder.unfinished()
  }

  // The catalog is made anew after an interruption, a new boot, or when documents came or went behind
  // its back; while a document is damaged there is none.
  private static func repairedIndex(_ folder: StateFolder) throws(StateError) -> NetworkIndex {
    let index = try folder.index()
    if case .catalog(let catalog, _) = index.source, catalog.garbage <= catalog.count + 64 {
      return index
    }
    let documents = index.documents
    guard documents.damaged.isEmpty else { return index }
    replaceCatalog(of: folder, by: documents)
    return NetworkIndex(.documents(documents))
  }

  static func replaceCatalog(of folder: StateFolder, by documents: NetworkDocuments) {
    guard folder.isInitialised, let file = Catalog.file(of: documents, boot: folder.boot) else {
      return
    }
    // Without it lookups are slower, not wrong.
    try? folder.root.replace(Catalog.fileName, with: file)
  }

  /// Moves the document of a network, and adds a record to the catalog that says the same. A catalog
  /// that may not say the same any more is thrown away.
  private func moveNetwork(
    _ file: String, to newFile: String, recording record: () -> [UInt8]?
  ) throws(StateError) {
    let catalog = try openCatalog()
    do throws(StateError) {
      try moveDurably(file, to: newFile)
    } catch {
      discardCatalog()
      throw error
    }
    do throws(Errno) {
      guard let record = record() else { throw .noEntry }
      try catalog?.append(record)
    } catch {
      discardCatalog()
    }
  }

  /// Declares the catalog broken until a record is appended; nil when there is none that will do.
  private func openCatalog() throws(StateError) -> CatalogWriter? {
    guard folder.root.contains(Catalog.fileName) else { return nil }
    do throws(Errno) {
      if let catalog = (try? CatalogWriter.open(in: folder)) ?? nil { return catalog }
      try folder.root.remove(Catalog.fileName)
      return nil
    } catch {
      throw .unwritable(file: Catalog.fileName, error)
    }
  }

  private func discardCatalog() {
    try? folder.root.remove(Catalog.fileName)
  }
}

extension LockedState {
  /// Makes an empty file, whose name is all that matters.
  func mark(_ file: String) throws(StateError) {
    try change(file) { () throws(Errno) in
      try folder.root.write([], to: file, durable: false)
    }
  }

  private func replace(
    _ file: String, with bytes: [UInt8], durable: Bool = false
  ) throws(StateError) {
    try change(file) { () throws(Errno) in
      try folder.root.replace(file, with: bytes, durable: durable)
    }
  }

  private func move(_ file: String, to newFile: String) throws(StateError) {
    try change(newFile) { () throws(Errno) in
      try folder.root.move(file, to: newFile, in: folder.root)
    }
  }

  /// Moves a file between two folders so that power loss does not undo it; when that cannot be had,
  /// the file is where it was.
  private func moveDurably(_ file: String, to newFile: String) throws(StateError) {
    try move(file, to: newFile)
    do throws(StateError) {
      try sync(Layout.networks)
    } catch {
      try? move(newFile, to: file)
      throw error
    }
  }

  func remove(_ file: String) throws(StateError) {
    try change(file) { () throws(Errno) in try folder.root.remove(file) }
  }

  func makeFolder(_ name: String) throws(StateError) {
    try change(name) { () throws(Errno) in try folder.root.makeDirectory(name) }
  }

  // A folder that still has other records in it stays.
  func removeFolder(_ name: String) throws(StateError) {
    try change(name) { () throws(Errno) in
      do throws(Errno) {
        try folder.root.removeDirectory(name)
      } catch {
        if error != .directoryNotEmpty { throw error }
      }
    }
  }

  private func sync(_ name: String) throws(StateError) {
    try change(name) { () throws(Errno) in try folder.root.directory(name).sync() }
  }

  private func change(
    _ file: String, _ body: () throws(Errno) -> Void
  ) throws(StateError) {
    do throws(Errno) {
      try body()
    } catch {
      throw .unwritable(file: file, error)
    }
  }
}
