import EngineAPI
import HTTPMessage
package import LinuxSystem
import OrderedJSON

/// Containers of Docker or Podman, found through the API of the engine (`GET /containers/ID/json`).
package struct EngineFinder: ContainerFinder {
  package let kind: ContainerKind
  private let socket: RuntimeSocket
  /// The runtime's own records, which tell whether a process is still the one that was started: an
  /// engine whose monitor was killed goes on to report a dead process.
  private let records: [OCIRecords]

  package init(_ kind: ContainerKind, socket: RuntimeSocket, records: [OCIRecords]) {
    self.kind = kind
    self.socket = socket
    self.records = records
  }

  /// How many containers may each be in the namespace of the next.
  private static let longestChain = 8

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    var reference = name
    var first: FoundContainer?
    for _ in 0..<Self.longestChain {
      guard let (container, host) = try inspect(reference) else { return first }
      // Containers in one namespace are one: that which the namespace was made for, unless that has
      // ended before the others.
      guard container.isRunning else { return first ?? container }
      guard let host else { return container }
      first = first ?? container
      reference = host
    }
    throw .unintelligible(socket.path)
  }

  package var asksOthers: Bool { true }

  /// Every container of the engine, running or not.
  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    guard let (response, user) = try socket.get("/containers/json?all=true", until: deadline) else {
      return []
    }
    guard response.status == 200 else { throw socket.refusal(response) }
    guard let list = try? JSONValue(parsing: response.body).array else {
      throw .unintelligible(socket.path)
    }
    return list.compactMap { value in
      guard let container = value.object, let id = container["Id"]?.string,
        let name = container["Names"]?.array?.first?.string
      else { return nil }
      return ListedContainer(
        kind, name: name.withoutSlash, id: id,
        isRunning: ["running", "paused"].contains(container["State"]?.string),
        state: container["State"]?.string, user: user)
    }
  }

  /// A container, and the one in whose namespace it is.
  private func inspect(
    _ reference: String
  ) throws(FinderError) -> (FoundContainer, host: String?)? {
    // Engines accept no other names, and a slash would ask for something else.
    guard reference.isName(with: "_-."),
      let (document, user) = try socket.documentIfFound("/containers/\(reference)/json")
    else { return nil }
    do throws(DocumentError) {
      let id = try document.string("Id")
      let state = try document.object("State")
      let configuration = try document.optionalObject("HostConfig")
      let mode = try configuration?.optionalString("NetworkMode") ?? ""
      let name = try document.string("Name")
      let mark = "container:"
      let process: Int32 = try state.integer("Pid")
      let location = location(of: id, process: process)
      let hasEnded = process != 0 && location == .stopped
      let container = FoundContainer(
        kind, name: name.withoutSlash, id: id,
        location: location, user: user,
        state: hasEnded ? nil : try state.optionalString("Status"),
        exitCode: hasEnded ? nil : try state.optionalInteger("ExitCode"),
        startedAt: try state.optionalString("StartedAt"), hasEndedUnnoticed: hasEnded,
        sharing: mode == "host" ? .ofHost : mode.hasPrefix(mark) ? .ofAnother : .none,
        hasHook: kind == .docker ? configuration.map(hasDevice) : HookFile.isInstalled,
        nameMounts: user == nil
          ? records.lazy.compactMap { $0.configuration(of: id)?.nameMounts }.first : nil)
      return (container, mode.hasPrefix(mark) ? String(mode.dropFirst(mark.count)) : nil)
    } catch {
      throw .unintelligible(socket.path)
    }
  }

  package func hasRemoved(_ id: String) throws(FinderError) -> Bool? {
    guard id.isName(with: "") else { return nil }
    return try socket.get("/containers/\(id)/json").map { $0.response.status == 404 }
  }

  // Docker has no other hooks than those of a container's devices.
  private func hasDevice(_ configuration: ObjectReader) -> Bool {
    let devices = configuration.object["DeviceRequests"]?.array?.flatMap {
      $0.object?["DeviceIDs"]?.array ?? []
    }
    return devices?.contains { $0.string?.hasPrefix("netctl.io/net=") == true } ?? false
  }

  private func location(of id: String, process number: Int32) -> FoundContainer.Location {
    guard let process = ProcessIdentity(ofLive: number) else { return .stopped }
    let record = records.lazy.compactMap { try? $0.process(of: id) }.first
    if let record, record.id == number, record != process { return .stopped }
    return .process(process)
  }
}

extension String {
  /// The name of a container, which Docker shows with a slash before it.
  var withoutSlash: String { hasPrefix("/") ? String(dropFirst()) : self }
}

/// The file that makes Podman call netctl's hook.
enum HookFile {
  /// Whether it is in one of the directories of hooks. Podman may be configured for others.
  static var isInstalled: Bool {
    ["/usr/share", "/etc"].contains { Directory.exists("\($0)/containers/oci/hooks.d/netctl.json") }
  }
}
