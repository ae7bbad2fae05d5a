package import LinuxSystem

/// Containers of LXC, asked through the command socket of each container's monitor, which is in the
/// host's network namespace.
package struct LXCFinder: ContainerFinder {
  package let kind: ContainerKind
  private let path: String

  /// Takes the directory of the containers, which is part of the sockets' abstract names.
  package init(_ kind: ContainerKind, path: String) {
    self.kind = kind
    self.path = path
  }

  private static let timeout = Duration.seconds(1)

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    try container(name, until: Deadline(after: Self.timeout))
  }

  private func container(
    _ name: String, until deadline: Deadline
  ) throws(FinderError) -> FoundContainer? {
    guard name.isFileName else { return nil }
    let socket = "\(path)/\(name)/command"
    do throws(Errno) {
      let stream = try LocalStream.connect(to: .abstract(socket), until: deadline)
      // Anybody may listen under an abstract name.
      if stream.peer != 0 { return nil }
      try stream.send(Self.request, until: deadline)
      var reply: [UInt8] = []
      while reply.count < Self.replySize {
        let bytes = try stream.receive(upTo: Self.replySize - reply.count, until: deadline)
        if bytes.isEmpty { throw .badMessage }
        reply += bytes
      }
      return FoundContainer(kind, name: name, location: Self.location(in: reply))
    } catch {
      switch error {
      case .connectionRefused, .noSuchFileOrDirectory, .fileNameTooLong: return nil
      case .timedOut: throw .unresponsive("@" + socket)
      case .badMessage: throw .unintelligible("@" + socket)
      default: throw .inaccessible("@" + socket, error)
      }
    }
  }

  package var asksOthers: Bool { true }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    let folder = RecordFolder(path)
    guard let root = try folder.open() else { return [] }
    var listed: [ListedContainer] = []
    for name in try folder.names(in: root) where root.isDirectory(name) {
      let found =
        try container(name, until: deadline)
        ?? FoundContainer(kind, name: name, location: .stopped)
      listed.append(ListedContainer(found))
    }
    return listed
  }

  // struct lxc_cmd_req: the command (LXC_CMD_GET_INIT_PID), the length of its data, and a pointer.
  private static let request: [UInt8] = [4, 0, 0, 0] + [UInt8](repeating: 0, count: 12)
  private static let replySize = 16

  // struct lxc_cmd_rsp: the result, the length of its data, and the process ID as a pointer.
  private static func location(in reply: [UInt8]) -> FoundContainer.Location {
    let isError = reply[..<4].contains { $0 != 0 }
    var number: UInt64 = 0
    for byte in reply[8...].reversed() { number = number << 8 | UInt64(byte) }
    guard !isError, let process = Int32(exactly: number) else { return .stopped }
    return FoundContainer.Location(ProcessIdentity(ofLive: process))
  }
}
