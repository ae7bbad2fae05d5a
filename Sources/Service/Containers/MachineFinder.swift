package import LinuxSystem
import OrderedJSON

/// Containers that are registered with systemd-machined.
package struct MachineFinder: ContainerFinder {
  package let kind = ContainerKind.machine
  private let socket: RuntimeSocket
  private let folder: RecordFolder

  /// Takes the socket that systemd-machined has had since version 257, and the directory where it
  /// keeps its records, which is read where there is no socket.
  package init(socket: RuntimeSocket, folder: RecordFolder) {
    self.socket = socket
    self.folder = folder
  }

  private static let timeout = Duration.seconds(1)
  private static let largestReply = 64 * 1024

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    guard name.isFileName else { return nil }
    let deadline = Deadline(after: Self.timeout)
    if let stream = try socket.connect(until: deadline) {
      return try container(name, in: try ask(stream, for: name, until: deadline), stream.peer)
    }
    return try recordedContainer(name)
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    guard let root = try folder.open() else { return [] }
    var listed: [ListedContainer] = []
    for name in try folder.names(in: root) {
      if let found = try? recordedContainer(name) { listed.append(ListedContainer(found)) }
    }
    return listed
  }

  // Varlink: a JSON object and a zero byte, in both directions.
  private func ask(
    _ stream: borrowing LocalStream, for name: String, until deadline: Deadline
  ) throws(FinderError) -> ObjectReader {
    let request: JSONValue = .object(
      JSONObject([
        ("method", .string("io.systemd.Machine.List")),
        ("parameters", .object(JSONObject([("name", .string(name))]))),
      ]))
    var reply: [UInt8] = []
    do throws(Errno) {
      try stream.send(request.bytes() + [0], until: deadline)
      while !reply.contains(0) {
        let bytes = try stream.receive(upTo: 4096, until: deadline)
        reply += bytes
        if bytes.isEmpty || reply.count > Self.largestReply { break }
      }
    } catch {
      throw error == .timedOut ? .unresponsive(socket.path) : .inaccessible(socket.path, error)
    }
    let document = Array(reply.prefix { $0 != 0 })
    guard document.count < reply.count, let value = try? JSONValue(parsing: document),
      let reader = try? ObjectReader(value)
    else { throw .unintelligible(socket.path) }
    return reader
  }

  private func container(
    _ name: String, in reply: ObjectReader, _ peer: UInt32
  ) throws(FinderError) -> FoundContainer? {
    if let error = reply.object["error"]?.string {
      if error == "io.systemd.Machine.NoSuchMachine" { return nil }
      throw .refused(socket.path, message: error)
    }
    do throws(DocumentError) {
      let leader = try reply.object("parameters").object("leader")
      return found(name, leader: try leader.integer("pid"), user: peer == 0 ? nil : peer)
    } catch {
      throw .unintelligible(socket.path)
    }
  }

  // Beside the files there are symbolic links by unit, which cannot be opened here.
  private func recordedContainer(_ name: String) throws(FinderError) -> FoundContainer? {
    guard let root = try folder.open(), !root.isSymbolicLink(name),
      let contents = try folder.contents(name, in: root)
    else { return nil }
    for line in String(decoding: contents, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("LEADER="), let leader = Int32(line.dropFirst("LEADER=".count)) {
        return found(name, leader: leader, user: nil)
      }
    }
    throw .unintelligible(folder.path + "/" + name)
  }

  private func found(_ name: String, leader: Int32, user: UInt32?) -> FoundContainer {
    FoundContainer(
      .machine, name: name, location: FoundContainer.Location(ProcessIdentity(ofLive: leader)),
      user: user)
  }
}
