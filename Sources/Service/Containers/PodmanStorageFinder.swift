package import LinuxSystem
import OrderedJSON

/// Containers of Podman where no engine listens: the storage knows their names and IDs, and the OCI
/// runtime their processes.
package struct PodmanStorageFinder: ContainerFinder {
  package let kind = ContainerKind.podman
  private let storage: RecordFolder?
  private let records: [OCIRecords]

  /// Takes the storage directory, if any, and the state directories of the runtimes.
  package init(storage: RecordFolder?, records: [OCIRecords]) {
    self.storage = storage
    self.records = records
  }

  /// What the storage knows of a container.
  private struct Entry {
    let id: String
    let names: [String]
    /// The directory of the storage that has it.
    let folder: String
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    let entries = try entries()
    // As Podman does: a name or full ID first, then a unique beginning of an ID.
    let exact = entries.filter { $0.id == name || $0.names.contains(name) }
    let matches = exact.isEmpty ? entries.filter { $0.id.hasPrefix(name) } : exact
    guard let entry = matches.first else { return nil }
    if matches.count > 1 { throw .ambiguous(matches.map { "podman:\($0.names.first ?? $0.id)" }) }
    return try found(try host(of: entry, among: entries) ?? entry)
  }

  package func hasRemoved(_ id: String) throws(FinderError) -> Bool? {
    guard let storage, try storage.open() != nil else { return nil }
    return try !entries().contains { $0.id == id }
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    var listed: [ListedContainer] = []
    for entry in try entries() { listed.append(ListedContainer(try found(entry))) }
    return listed
  }

  /// The container in whose namespace another runs: containers in one namespace are one.
  private func host(of entry: Entry, among entries: [Entry]) throws(FinderError) -> Entry? {
    let configuration = records.lazy.compactMap { $0.configuration(of: entry.id) }.first
    guard let joined = configuration?.joinedProcess, try process(of: entry)?.isAlive == true else {
      return nil
    }
    for other in entries {
      if let process = try process(of: other), process.id == joined, process.isAlive {
        return other
      }
    }
    return nil
  }

  private func found(_ entry: Entry) throws(FinderError) -> FoundContainer {
    let process = try process(of: entry)
    let location = FoundContainer.Location(process)
    let configuration = records.lazy.compactMap { $0.configuration(of: entry.id) }.first
    return FoundContainer(
      .podman, name: entry.names.first ?? entry.id, id: entry.id, location: location,
      user: storage?.user,
      state: process == nil && !hasBeenStarted(entry) ? "created" : nil,
      hasEndedUnnoticed: process != nil && location == .stopped,
      sharing: configuration?.sharing ?? .none, hasHook: HookFile.isInstalled,
      nameMounts: configuration?.nameMounts)
  }

  // Podman writes the configuration of the runtime at each start.
  private func hasBeenStarted(_ entry: Entry) -> Bool {
    guard let storage, let root = (try? storage.open()) ?? nil,
      let folder = (try? storage.open(entry.folder, in: root)) ?? nil,
      let container = (try? storage.open(entry.id, in: folder)) ?? nil,
      let data = (try? storage.open("userdata", in: container)) ?? nil
    else { return false }
    return (try? data.names())?.contains("config.json") == true
  }

  // Podman has the record deleted when it notices the end.
  private func process(of entry: Entry) throws(FinderError) -> ProcessIdentity? {
    for folder in records {
      if let process = try folder.process(of: entry.id) { return process }
    }
    return nil
  }

  private func entries() throws(FinderError) -> [Entry] {
    guard let storage, let root = try storage.open() else { return [] }
    var entries: [Entry] = []
    // The directory is called after the storage driver, such as `overlay-containers`.
    for name in try storage.names(in: root) where name.hasSuffix("-containers") {
      guard let folder = try storage.open(name, in: root),
        let list = try storage.value("containers.json", in: folder, at: name)
      else { continue }
      for value in list.array ?? [] {
        guard let id = value.object?["id"]?.string else { continue }
        let names = value.object?["names"]?.array?.compactMap(\.string) ?? []
        entries.append(Entry(id: id, names: names, folder: name))
      }
    }
    return entries
  }
}
