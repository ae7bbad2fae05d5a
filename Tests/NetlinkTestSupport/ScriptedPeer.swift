package import LinuxSystem
package import Netlink

/// Answers a netlink socket's requests in the kernel's place, with what a test says.
///
/// A socket that waits for more than that gets ETIMEDOUT, where the kernel would let it wait.
package final class ScriptedPeer: NetlinkTransport {
  /// What the socket receives by one call.
  package enum Reply {
    /// One datagram.
    case datagram([UInt8])
    /// The call fails.
    case failure(Errno)
  }

  package let port: UInt32 = 4711
  package let descriptor: Int32 = -1
  /// What was asked for.
  package private(set) var requests: [NetlinkMessage] = []
  /// The groups that were subscribed to.
  package private(set) var groups: [UInt32] = []
  private let answer: (NetlinkMessage) -> [Reply]
  private var pending: [Reply] = []

  /// Takes what answers each message.
  package init(answering answer: @escaping (NetlinkMessage) -> [Reply]) {
    self.answer = answer
  }

  /// Takes the answers to one request after the other.
  package convenience init(_ answers: ((NetlinkMessage) -> [Reply])...) {
    var rest = answers[...]
    self.init { request in rest.popFirst()?(request) ?? [] }
  }

  /// Lets the socket receive something that it has not asked for.
  package func push(_ reply: Reply) { pending.append(reply) }

  package func send(_ bytes: [UInt8]) throws(NetlinkError) {
    for request in MessageSequence(bytes[...]) {
      requests.append(request)
      pending += answer(request)
    }
  }

  package func receive() throws(NetlinkError) -> ArraySlice<UInt8> {
    guard !pending.isEmpty else { throw NetlinkError(.timedOut) }
    switch pending.removeFirst() {
    case .datagram(let bytes): return bytes[...]
    case .failure(let errno): throw NetlinkError(errno)
    }
  }

  package func isReadable(until deadline: Deadline) throws(NetlinkError) -> Bool {
    !pending.isEmpty
  }

  package func subscribe(to group: UInt32) throws(NetlinkError) { groups.append(group) }

  package func makeRoom(for length: Int) throws(NetlinkError) {}
}

/// A message of the peer's, as a test wants it.
package struct PeerMessage {
  private let type: UInt16
  private let flags: UInt16
  private let sequence: UInt32
  private let port: UInt32
  private let payload: [UInt8]

  /// A message that answers `request`, or pretends to.
  package init(
    to request: NetlinkMessage, type: UInt16, flags: UInt16 = 0, sequenceOffset: UInt32 = 0,
    port: UInt32 = 4711, payload: [UInt8] = []
  ) {
    self.type = type
    self.flags = flags
    sequence = request.sequence &+ sequenceOffset
    self.port = port
    self.payload = payload
  }

  /// NLMSG_ERROR with a number, 0 for an acknowledgement, that quotes the header of `request`.
  package static func verdict(
    on request: NetlinkMessage, _ number: Int32 = 0, sequenceOffset: UInt32 = 0
  ) -> PeerMessage {
    PeerMessage(
      to: request, type: 2, sequenceOffset: sequenceOffset,
      payload: bytes(of: -number) + [UInt8](repeating: 0, count: 16))
  }

  /// NLMSG_DONE.
  package static func done(_ request: NetlinkMessage, flags: UInt16 = 2) -> PeerMessage {
    PeerMessage(to: request, type: 3, flags: flags, payload: bytes(of: Int32(0)))
  }

  /// Its bytes.
  package var bytes: [UInt8] {
    let length = 16 + payload.count
    return Self.bytes(of: UInt32(length)) + Self.bytes(of: type) + Self.bytes(of: flags)
      + Self.bytes(of: sequence) + Self.bytes(of: port) + payload
      + [UInt8](repeating: 0, count: -length & 3)
  }

  private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
  }
}

extension ScriptedPeer.Reply {
  /// One datagram of these messages.
  package static func messages(_ messages: PeerMessage...) -> Self {
    .datagram(messages.flatMap(\.bytes))
  }
}
