package import LinuxSystem
package import NetworkModel

/// A change of the records that other processes made.
package enum RecordChange: Hashable, Sendable {
  /// The document of a network came, changed or went.
  case network(NetworkID)
  /// The document of an attached endpoint came, changed or went.
  case endpoint(EndpointID, NetworkID)
  /// Anything may have changed.
  case everything
  /// A named namespace is gone.
  case namespace
}

/// Tells a long-lived reader of the state directory what to read again (inotify(7)). A change is
/// told as soon as it is made: after a command has ended, all it did is known.
package final class RecordWatch {
  private enum Subject {
    case root
    case networks
    case allEndpoints
    case endpoints(NetworkID)
    case allRemoteEndpoints
    case remoteEndpoints(NetworkID)
    case namespaces
  }

  private let folder: StateFolder
  private let events: FileEvents
  private var subjects: [Int32: Subject] = [:]

  /// Watches the records, and the directory of named namespaces if there is one.
  package init(_ folder: StateFolder, namespaces: String) throws(StateError) {
    self.folder = folder
    do throws(Errno) {
      events = try FileEvents.open()
    } catch {
      throw .unreadable(file: "", error)
    }
    try watchAll()
    watchesNamespaces = (try? watch(namespaces, as: .namespaces)) != nil
  }

  /// Whether the directory of named namespaces is watched.
  package private(set) var watchesNamespaces = false

  /// What another thread can wait with for changes; nil if there are too many open files.
  package var waiting: FileEvents.Waiter? { try? events.waiter() }

  /// The changes since the last call. Never waits.
  package func changes() throws(StateError) -> Set<RecordChange> {
    let found: [FileEvents.Event]
    do throws(Errno) {
      found = try events.read()
    } catch {
      throw .unreadable(file: "", error)
    }
    var changes: Set<RecordChange> = []
    for event in found {
      guard let subject = subjects[event.watch] else {
        if event.watch < 0 { changes.insert(.everything) }
        continue
      }
      if event.isEnd {
        subjects[event.watch] = nil
        if case .endpoints = subject { continue }
        if case .remoteEndpoints = subject { continue }
        if case .namespaces = subject { watchesNamespaces = false }
        changes.insert(.everything)
      } else if let change = try change(of: event, subject) {
        changes.insert(change)
      }
    }
    if changes.contains(.everything) { try watchAll() }
    return changes
  }

  private func change(
    of event: FileEvents.Event, _ subject: Subject
  ) throws(StateError) -> RecordChange? {
    let stem = event.name.hasSuffix(".json") ? String(event.name.dropLast(".json".count)) : nil
    switch subject {
    case .networks: return stem.flatMap { NetworkID($0) }.map { .network($0) }
    case .endpoints(let network):
      return stem.flatMap { EndpointID($0) }.map { .endpoint($0, network) }
    case .namespaces: return event.isPresent ? nil : .namespace
    case .root:
      // A directory was created again, and its old watch is lost.
      return event.isPresent && (Layout.folders + [Layout.overlay]).contains(event.name)
        ? .everything : nil
    case .remoteEndpoints(let network): return .network(network)
    case .allRemoteEndpoints:
      guard event.isPresent, let network = NetworkID(event.name) else { return nil }
      try watchFolder(Layout.remoteEndpoints(of: network), as: .remoteEndpoints(network))
      return .network(network)
    case .allEndpoints:
      guard event.isPresent, let network = NetworkID(event.name) else { return nil }
      // It may have got files before it was watched.
      try watchFolder(Layout.endpoints(of: network), as: .endpoints(network))
      return .everything
    }
  }

  private func watchAll() throws(StateError) {
    try watchFolder("", as: .root)
    try watchFolder(Layout.networks, as: .networks)
    try watchFolder(Layout.endpoints, as: .allEndpoints)
    for network in try folder.networksWithEndpoints() {
      try watchFolder(Layout.endpoints(of: network), as: .endpoints(network))
    }
    try watchFolder(Layout.overlay, as: .allRemoteEndpoints)
    for network in try folder.names(in: Layout.overlay).compactMap({ NetworkID($0) }) {
      try watchFolder(Layout.remoteEndpoints(of: network), as: .remoteEndpoints(network))
    }
  }

  private func watchFolder(_ name: String, as subject: Subject) throws(StateError) {
    do throws(Errno) {
      try watch("\(folder.path)/\(name)", as: subject)
    } catch {
      // One that is gone again is not there to be read either.
      if error != .noSuchFileOrDirectory { throw .unreadable(file: name, error) }
    }
  }

  private func watch(_ path: String, as subject: Subject) throws(Errno) {
    subjects[try events.watch(path)] = subject
  }
}
