import KernelTestSupport
import LinuxSystem
import Netlink
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct NetlinkSocketTests {
  private static let newLink: UInt16 = 16
  private static let getLink: UInt16 = 18
  private static let linkName: UInt16 = 3

  @Test func socketStaysInItsNamespace() throws {
    try withNamespace { there in
      #expect(try run("ip", "link", "add", "br-there", "type", "bridge").status == 0)
      try withNamespace { _ in
        #expect(try run("ip", "link", "add", "br-here", "type", "bridge").status == 0)

        var socket = try there.perform { () throws(NetlinkError) in try NetlinkSocket.open(.route) }

        #expect(try linkNames(&socket) == ["lo", "br-there"])
      }
    }
  }

  @Test func requestsFollowEachOtherOnOneSocket() throws {
    try withNamespace { _ in
      var socket = try NetlinkSocket.open(.route)

      for _ in 0..<100 {
        let refusal = #expect(throws: NetlinkError.self) {
          try socket.get(
            Self.getLink,
            { writer in
              writer.append(zeros: 16)
              writer.attribute(Self.linkName, string: "absent")
            },
            parse: { $0.type })
        }
        #expect(refusal?.errno == .noDevice)
        #expect(try linkNames(&socket) == ["lo"])
      }
    }
  }

  @Test func requestsAtOnceAreAnsweredEach() throws {
    try withNamespace { _ in
      var socket = try NetlinkSocket.open(.route)
      let indexes: [UInt32] = (0..<200).map { $0 % 3 == 0 ? 1 : 1000 + $0 }

      let errors = try socket.requestEach(Self.getLink, for: indexes) { writer, index in
        // struct ifinfomsg
        writer.append(zeros: 4)
        writer.append(index)
        writer.append(zeros: 8)
      }

      #expect(errors.map(\.?.errno) == indexes.map { $0 == 1 ? nil : .noDevice })
      #expect(try linkNames(&socket) == ["lo"])
    }
  }

  @Test func observerSeesBothDirections() throws {
    try withNamespace { _ in
      var socket = try NetlinkSocket.open(.route)
      let seen = Recorder()
      socket.observe { direction, bytes in
        seen.entries += MessageSequence(bytes).map { (direction, $0.type) }
      }

      _ = try linkNames(&socket)

      #expect(seen.entries.first?.0 == .sent)
      #expect(seen.entries.first?.1 == Self.getLink)
      #expect(seen.entries.contains { $0.0 == .received && $0.1 == Self.newLink })
    }
  }

  @Test func oversizedAttributeIsNotSent() throws {
    try withNamespace { _ in
      var socket = try NetlinkSocket.open(.route)

      let error = #expect(throws: NetlinkError.self) {
        try socket.request(Self.getLink) { writer in
          writer.append(zeros: 16)
          writer.attribute(Self.linkName, bytes: [UInt8](repeating: 0x61, count: 70_000))
        }
      }

      #expect(error?.errno == .messageTooLong)
    }
  }

  @Test func eventsOfAGroupAreAwaited() throws {
    try withNamespace { _ in
      let socket = try NetlinkSocket.open(.route)
      try socket.subscribe(to: 1)
      #expect(try run("ip", "link", "add", "br0", "type", "bridge").status == 0)

      let events = try socket.nextEvents(until: Deadline(after: .seconds(5)))

      #expect(events?.contains { $0.type == Self.newLink } == true)
    }
  }

  @Test func waitForEventsEnds() throws {
    try withNamespace { _ in
      let socket = try NetlinkSocket.open(.route)
      try socket.subscribe(to: 1)

      let events = try socket.nextEvents(until: Deadline(after: .milliseconds(5)))

      #expect(events == nil)
    }
  }

  @Test func answersAreFoundAmongEvents() throws {
    try withNamespace { _ in
      var socket = try NetlinkSocket.open(.route)
      try socket.subscribe(to: 1)
      #expect(try run("ip", "link", "add", "br0", "type", "bridge").status == 0)
      #expect(try run("ip", "link", "set", "br0", "up").status == 0)

      #expect(try linkNames(&socket) == ["lo", "br0"])
    }
  }

  @Test func dumpOfManyPartsIsWhole() throws {
    try withNamespace { _ in
      let commands = (0..<60).map { "link add br\($0) type bridge\n" }.joined()
      #expect(try run("ip", "-batch", "-", input: commands).status == 0)
      var socket = try NetlinkSocket.open(.route)

      #expect(try linkNames(&socket).count == 61)
    }
  }

  private func linkNames(_ socket: inout NetlinkSocket) throws(NetlinkError) -> [String] {
    try socket.dump(Self.getLink, { $0.append(zeros: 16) }) { message in
      message.attributes(after: 16).first { $0.type == Self.linkName }?.string
    }
  }
}

private final class Recorder {
  var entries: [(NetlinkDirection, UInt16)] = []
}
