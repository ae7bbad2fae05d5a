import LinuxSystem
package import NetworkModel

/// The state directory, locked for writing.
///
/// Only complete records are in their final place. Before the kernel is touched, and for as long as
/// it may hold part of what a record describes, the record is under `unfinished/`; whatever a crash
/// leaves there must be removed from the kernel and deleted. Networks survive a reboot, and so do
/// the endpoints of containers that their runtime starts again; others do not.
package struct LockedState: ~Copyable {
  /// The same directory, for reading.
  package let folder: StateFolder
  /// The networks as they were when the lock was taken.
  package private(set) var index: NetworkIndex
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

  /// Records that a network is about to be created in the kernel.
  package func stage(_ network: Network) throws(StateError) {
    let file = Layout.unfinished(network: network.id)
    try replace(file, with: NetworkDocument.encode(network), durable: true)
  }

  /// Records that a network is complete.
  package func commit(_ network: Network) throws(StateError) {
    let file = Layout.network(network.id)
    try moveNetwork(Layout.unfinished(network: network.id), to: file) {
      folder.root.stamp(of: file).map { NetworkCache.record(of: network, as: $0) }
    }
  }

  /// Records that a network is about to be removed from the kernel.
  package func stageRemoval(_ network: Network) throws(StateError) {
    try moveNetwork(Layout.network(network.id), to: Layout.unfinished(network: network.id)) {
      NetworkCache.removal(of: network.id)
    }
  }

  /// Deletes the record of a network that is no longer in the kernel.
  package func discard(_ network: Network) throws(StateError) {
    // An interrupted replacement leaves its temporary file.
    for file in [Layout.leases(network.id), Layout.leases(network.id) + Directory.temporarySuffix] {
      try remove(file)
    }
    try removeFolder(Layout.endpoints(of: network.id))
    if network.usesPlugins { try remove(Layout.lock(of: network.id)) }
    if network.isOverlay { try discardRemoteEndpoints(of: network.id) }
    try remove(Layout.unfinished(network: network.id))
  }

  // MARK: Changes of networks

  /// Records that a network is about to be changed in the kernel.
  package func stage(_ update: NetworkUpdate) throws(StateError) {
    try replace(
      Layout.unfinished(update: update.old.id), with: UpdateDocument.encode(update), durable: true)
  }

  /// Replaces the documents of the network and its endpoints by the new ones; the change is still
  /// pending. An endpoint that was detached meanwhile stays so.
  package func apply(_ update: NetworkUpdate) throws(StateError) {
    for endpoint in update.endpoints {
      let file = Layout.endpoint(endpoint.new.id, of: update.new.id)
      guard folder.root.contains(file) else { continue }
      try replace(file, with: EndpointDocument.encode(endpoint.new))
    }
    let (network, file) = (update.new, Layout.network(update.new.id))
    try changeNetworks { () throws(StateError) in
      try replace(file, with: NetworkDocument.encode(network), durable: true)
      try sync(Layout.networks)
    } recording: {
      folder.root.stamp(of: file).map {
        NetworkCache.removal(of: network.id) + NetworkCache.record(of: network, as: $0)
      }
    }
  }

  /// Deletes the record of a change that is complete or undone.
  package func settle(_ update: NetworkUpdate) throws(StateError) {
    try remove(Layout.unfinished(update: update.old.id))
  }

  /// Reads the index again, after documents were changed.
  package mutating func renewIndex() throws(StateError) {
    index = try Self.repairedIndex(folder)
  }

  // MARK: Endpoints

  /// Records that an endpoint is about to be created in the kernel.
  package func stage(_ endpoint: Endpoint) throws(StateError) {
    let file = Layout.unfinished(endpoint: endpoint)
    try replace(file, with: EndpointDocument.encode(endpoint), durable: false)
    try makeEntries(of: endpoint)
  }

  func makeEntries(of endpoint: Endpoint) throws(StateError) {
    for container in endpoint.container.recordedIDs {
      try makeFolder(Layout.container(container))
      try touch(Layout.entry(endpoint, of: container))
    }
  }

  private func removeEntry(_ endpoint: Endpoint, of container: ContainerID) throws(StateError) {
    try remove(Layout.entry(endpoint, of: container))
    try removeFolder(Layout.container(container))
  }

  /// Records that an endpoint is complete.
  package func commit(_ endpoint: Endpoint) throws(StateError) {
    try makeFolder(Layout.endpoints(of: endpoint.network))
    try move(
      Layout.unfinished(endpoint: endpoint),
      to: Layout.endpoint(endpoint.id, of: endpoint.network))
  }

  /// Records that an endpoint is about to be removed from the kernel.
  package func stageRemoval(_ endpoint: Endpoint) throws(StateError) {
    try move(
      Layout.endpoint(endpoint.id, of: endpoint.network),
      to: Layout.unfinished(endpoint: endpoint))
  }

  /// Deletes the record of an endpoint that is no longer in the kernel.
  package func discard(_ endpoint: Endpoint) throws(StateError) {
    for container in endpoint.container.recordedIDs {
      try removeEntry(endpoint, of: container)
    }
    try removeFolder(Layout.endpoints(of: endpoint.network))
    try remove(Layout.unfinished(endpoint: endpoint))
  }

  /// Replaces the record of an endpoint, which is not in the kernel, by what it is while its
  /// container is stopped.
  package func replace(_ endpoint: Endpoint, by waiting: Endpoint) throws(StateError) {
    let file = Layout.endpoint(endpoint.id, of: endpoint.network)
    try replace(file, with: EndpointDocument.encode(waiting))
    try removeEntries(of: endpoint, except: waiting)
  }

  /// Deletes the record of an endpoint that could not be attached, and waits again.
  package func discard(_ endpoint: Endpoint, besides waiting: Endpoint) throws(StateError) {
    try removeEntries(of: endpoint, except: waiting)
    try remove(Layout.unfinished(endpoint: endpoint))
  }

  private func removeEntries(of endpoint: Endpoint, except waiting: Endpoint) throws(StateError) {
    let kept = waiting.container.recordedIDs
    for container in endpoint.container.recordedIDs where !kept.contains(container) {
      try removeEntry(endpoint, of: container)
    }
  }

  // MARK: Ports

  /// Records that ports are about to be added to a container in the kernel, and reserves them.
  package func stage(_ change: PortChange) throws(StateError) {
    try stageRemoval(change)
    try reserve(change.ports, for: change.container.id)
  }

  /// Records that ports of a container are about to be removed from the kernel.
  package func stageRemoval(_ change: PortChange) throws(StateError) {
    try replace(
      Layout.unfinished(ports: change.container.id), with: PortsDocument.encode(change))
  }

  /// Replaces the ports of a container; the corresponding change is still pending.
  package func save(_ ports: ContainerPorts) throws(StateError) {
    let container = ports.container.id
    if ports.ports.isEmpty {
      try remove(Layout.ports(of: container))
      try removeFolder(Layout.container(container))
    } else {
      try makeFolder(Layout.container(container))
      try replace(Layout.ports(of: container), with: PortsDocument.encode(ports))
    }
  }

  /// Deletes the record of a change; releases the ports that the container does not have.
  package func settle(_ change: PortChange, having ports: [PublishedPort]) throws(StateError) {
    let container = change.container.id
    // Most changes add or remove all of their ports.
    let withdrawn = ports.isEmpty ? Set(change.ports) : Set(change.ports).subtracting(ports)
    if !withdrawn.isEmpty { try release(withdrawn, of: container) }
    try remove(Layout.unfinished(ports: container))
  }

  // MARK: The rest

  /// Replaces the leases of a network.
  package func save(_ leases: NetworkLeases, of network: NetworkID) throws(StateError) {
    try replace(Layout.leases(network), with: LeaseDocument.encode(leases))
  }

  /// Replaces the host record.
  package func save(_ host: HostRecord) throws(StateError) {
    try replace(Layout.host, with: HostDocument.encode(host), durable: true)
  }

  /// Replaces the digest of the settings that the network `bridge` was recorded with; there is no
  /// file for Docker's defaults.
  package func saveDefaultBridgeDigest(_ digest: String) throws(StateError) {
    if digest.isEmpty {
      try remove(Layout.defaultBridge)
    } else {
      try replace(
        Layout.defaultBridge, with: DefaultBridgeDocument.encode(digest), durable: true)
    }
  }

  /// The pending changes of interrupted commands, which must be undone in the kernel and deleted.
  /// Deletes those that were interrupted while they were written: the kernel was not touched.
  package func discardingUnwrittenChanges() throws(StateError) -> PendingChanges {
    let names = try folder.names(in: Layout.unfinished)
    for name in names where name.hasSuffix(Directory.temporarySuffix) {
      // It was interrupted while being written; the kernel had not been touched yet.
      try remove("\(Layout.unfinished)/\(name)")
    }
    return folder.unfinished(named: names)
  }

  // The cache is rebuilt after an interruption, a new boot, or when documents were added or removed
  // by hand; while a document is damaged, there is none.
  private static func repairedIndex(_ folder: StateFolder) throws(StateError) -> NetworkIndex {
    let index = try folder.index()
    if case .cache(let cache, _) = index.source, cache.garbage <= cache.count + 64 {
      return index
    }
    let documents = index.documents
    guard documents.damaged.isEmpty else { return index }
    replaceCache(of: folder, by: documents)
    return NetworkIndex(.documents(documents))
  }

  static func replaceCache(of folder: StateFolder, by documents: NetworkDocuments) {
    guard folder.isInitialised, let file = NetworkCache.file(of: documents, boot: folder.boot)
    else {
      return
    }
    // Without it, lookups are slower but correct.
    try? folder.root.replace(NetworkCache.fileName, with: file)
  }

  /// Moves the document of a network and appends a matching record to the cache.
  private func moveNetwork(
    _ file: String, to newFile: String, recording record: () -> [UInt8]?
  ) throws(StateError) {
    try changeNetworks(
      { () throws(StateError) in try moveDurably(file, to: newFile) }, recording: record)
  }

  /// Changes the document of a network and appends a matching record to the cache. A cache that
  /// might no longer match is deleted.
  private func changeNetworks(
    _ change: () throws(StateError) -> Void, recording record: () -> [UInt8]?
  ) throws(StateError) {
    let cache = try openCache()
    do throws(StateError) {
      try change()
    } catch {
      discardCache()
      throw error
    }
    do throws(Errno) {
      guard let record = record() else { throw .noSuchFileOrDirectory }
      try cache?.append(record)
    } catch {
      discardCache()
    }
  }

  /// Marks the cache invalid until a record is appended; nil when there is no usable one.
  private func openCache() throws(StateError) -> NetworkCacheWriter? {
    guard folder.root.contains(NetworkCache.fileName) else { return nil }
    do throws(Errno) {
      if let cache = (try? NetworkCacheWriter.open(in: folder)) ?? nil { return cache }
      try folder.root.remove(NetworkCache.fileName)
      return nil
    } catch {
      throw .unwritable(file: NetworkCache.fileName, error)
    }
  }

  private func discardCache() {
    try? folder.root.remove(NetworkCache.fileName)
  }
}

extension LockedState {
  /// Creates an empty file; only its name carries information.
  func touch(_ file: String) throws(StateError) {
    try change(file) { () throws(Errno) in
      try folder.root.write([], to: file, durable: false)
    }
  }

  func replace(
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

  /// Moves a file between two directories so that it survives a power loss; if that fails, the file
  /// is left where it was.
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

  // A directory that still contains other records stays.
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
