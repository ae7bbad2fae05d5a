import LinuxSystem
import NetlinkTestSupport
import Testing

@testable import Netlink

/// What a socket makes of answers that a kernel gives rarely or never.
struct ScriptedPeerTests {
  private static let type: UInt16 = 16
  private static let multipart: UInt16 = 2
  private static let interrupted: UInt16 = 0x10

  private static func part(
    _ value: UInt8, _ request: NetlinkMessage, flags: UInt16 = multipart,
    sequenceOffset: UInt32 = 0, port: UInt32 = 4711
  ) -> PeerMessage {
    PeerMessage(
      to: request, type: type, flags: flags, sequenceOffset: sequenceOffset, port: port,
      payload: [value, 0, 0, 0])
  }

  private func dump(_ peer: ScriptedPeer) throws(NetlinkError) -> [UInt8] {
    var socket = NetlinkSocket(peer)
    return try socket.dump(18, { _ in }, parse: { $0.payload.first })
  }

  private func failure(_ body: () throws(NetlinkError) -> some Any) -> Errno? {
    do throws(NetlinkError) {
      _ = try body()
      return nil
    } catch {
      return error.errno
    }
  }

  @Test func dumpEndsWithItsLastDatagram() throws {
    let peer = ScriptedPeer({ request in
      [
        .messages(Self.part(1, request), Self.part(2, request)),
        .messages(Self.part(3, request), .done(request)),
      ]
    })

    #expect(try dump(peer) == [1, 2, 3])
    #expect(peer.requests.map(\.flags) == [[.request, .dump]])
  }

  @Test func interruptedDumpIsRepeated() throws {
    let peer = ScriptedPeer(
      { [.messages(Self.part(1, $0, flags: Self.multipart | Self.interrupted), .done($0))] },
      { [.messages(Self.part(2, $0), .done($0, flags: Self.multipart | Self.interrupted))] },
      { [.messages(Self.part(3, $0), .done($0))] })

    #expect(try dump(peer) == [3])
    #expect(peer.requests.map(\.sequence) == [1, 2, 3])
  }

  @Test func dumpThatIsAlwaysInterruptedFails() {
    let peer = ScriptedPeer { request in
      [.messages(.done(request, flags: Self.multipart | Self.interrupted))]
    }

    #expect(failure { () throws(NetlinkError) in try dump(peer) } == .tryAgain)
    #expect(peer.requests.count == 32)
  }

  @Test(arguments: [1, 4, 15])
  func truncatedDumpFails(cut: Int) {
    let peer = ScriptedPeer({ request in
      let whole = Self.part(1, request).bytes + Self.part(2, request).bytes
      return [.datagram(Array(whole.dropLast(cut))), .messages(.done(request))]
    })

    #expect(failure { () throws(NetlinkError) in try dump(peer) } == .badMessage)
  }

  @Test func dumpThatDoesNotEndIsWaitedFor() {
    let peer = ScriptedPeer({ [.messages(Self.part(1, $0))] })

    #expect(failure { () throws(NetlinkError) in try dump(peer) } == .timedOut)
  }

  @Test func errorEndsADump() {
    let peer = ScriptedPeer({ [.messages(Self.part(1, $0), .verdict(on: $0, 1))] })

    #expect(failure { () throws(NetlinkError) in try dump(peer) } == Errno(rawValue: 1))
  }

  @Test func verdictTooShortForANumberIsNone() {
    let peer = ScriptedPeer({ [.messages(PeerMessage(to: $0, type: 2, payload: [0, 0]))] })

    #expect(failure { () throws(NetlinkError) in try dump(peer) } == .badMessage)
  }

  @Test func answersToOthersAreSkipped() throws {
    let peer = ScriptedPeer({ request in
      [
        .messages(.verdict(on: request, 17, sequenceOffset: .max)),
        .messages(
          Self.part(1, request, sequenceOffset: .max), Self.part(2, request, port: 0),
          Self.part(3, request)),
        .messages(.done(request)),
      ]
    })

    #expect(try dump(peer) == [3])
  }

  @Test func lostDatagramsAreTold() throws {
    let peer = ScriptedPeer(
      { [.messages(Self.part(1, $0)), .failure(.noBufferSpace)] },
      { [.messages(.verdict(on: $0))] })
    var socket = NetlinkSocket(peer)

    let lost = failure { () throws(NetlinkError) in
      try socket.dump(18, { _ in }, parse: { $0.payload.first })
    }

    #expect(lost == .noBufferSpace)
    try socket.request(16) { _ in }
  }

  @Test func requestWaitsForItsOwnVerdict() throws {
    let peer = ScriptedPeer({ request in
      [.messages(.verdict(on: request, 17, sequenceOffset: .max), .verdict(on: request))]
    })
    var socket = NetlinkSocket(peer)

    try socket.request(16) { _ in }

    #expect(peer.requests.first?.flags == [.request, .acknowledge])
  }

  @Test func eventsThatWereLostAreTold() {
    let peer = ScriptedPeer()
    let socket = NetlinkSocket(peer)
    peer.push(.failure(.noBufferSpace))

    let deadline = Deadline(after: .zero)
    let lost = failure { () throws(NetlinkError) in
      try socket.nextEvents(until: deadline).map { _ in }
    }

    #expect(lost == .noBufferSpace)
  }

  @Test func batchIsRefusedByItsFirstFault() {
    let peer = ScriptedPeer { request in
      switch request.type {
      case 0xa00 + 1: [.messages(.verdict(on: request, 2))]
      case 0xa00 + 2: [.messages(.verdict(on: request, 17))]
      default: []
      }
    }
    var socket = NetlinkSocket(peer)

    let error = #expect(throws: NetlinkError.self) {
      try socket.transact { (batch) throws(NetlinkError) in
        for type in [0, 1, 2] { batch.append(UInt16(type), family: 1) { _ in } }
      }
    }

    #expect(error?.errno == Errno(rawValue: 2))
    #expect(error?.batchIndex == 1)
    #expect(peer.requests.map(\.flags.rawValue) == [1, 1, 1, 5, 1])
  }

  @Test func batchWithoutAVerdictIsNotTakenForDone() {
    let peer = ScriptedPeer { request in
      request.type == 0xa00 ? [.messages(.verdict(on: request, sequenceOffset: 7))] : []
    }
    var socket = NetlinkSocket(peer)

    let error = #expect(throws: NetlinkError.self) {
      try socket.transact { (batch) throws(NetlinkError) in
        batch.append(0, family: 1) { _ in }
      }
    }

    #expect(error?.errno == .badMessage)
  }
}
