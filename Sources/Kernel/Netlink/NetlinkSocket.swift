import CLinux
package import LinuxSystem

/// A netlink socket; it belongs to the namespace it was opened in, wherever its thread goes later.
@safe
package struct NetlinkSocket: ~Copyable {
  /// A netlink protocol family.
  package enum Family: Sendable {
    /// NETLINK_ROUTE: links, addresses, routes.
    case route
    /// NETLINK_NETFILTER: nftables and conntrack.
    case netfilter
    /// NETLINK_SOCK_DIAG: sockets.
    case socketDiagnostics
  }

  private let transport: any NetlinkTransport
  private var sequence: UInt32
  private var observer: NetlinkObserver?

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport) {
    self.transport = transport
    sequence = 0
    observer = nil
  }

  /// Opens the transport of a socket in the thread's network namespace. Several sockets can share
  /// it if they take turns.
  package static func openTransport(_ family: Family) throws(NetlinkError) -> any NetlinkTransport {
    try KernelTransport(family)
  }

  /// Opens a socket in the thread's network namespace.
  package static func open(_ family: Family) throws(NetlinkError) -> NetlinkSocket {
    NetlinkSocket(try KernelTransport(family))
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    self.observer = observer
  }

  /// Sends one request and waits for the kernel to perform or refuse it.
  package mutating func request(
    _ type: UInt16, flags: MessageFlags = MessageFlags(), _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    try send(type, flags: flags.union(.acknowledge), body)
    try collect { _ in }
  }

  /// The socket's port ID, unique among those of its family in its namespace.
  package var port: UInt32 { transport.port }

  /// The socket's file descriptor, to be kept open in a child process.
  package var descriptor: Int32 { transport.descriptor }

  /// The cookie of the socket's network namespace, which is unique until the next boot; nil before
  /// Linux 5.14.
  package var namespaceCookie: UInt64? {
    get throws(NetlinkError) {
      do throws(Errno) {
        return try NetworkNamespace.cookie(ofSocket: descriptor)
      } catch {
        throw NetlinkError(error)
      }
    }
  }

  /// Sends one request from a child process, and waits until an event of a subscribed group reports
  /// completion, or the kernel replies.
  ///
  /// Some requests return long after they took effect, because the kernel synchronises all CPUs.
  /// The child waits for that, and keeps the descriptor `kept` open meanwhile. Throws `.timedOut`
  /// if nothing is received by the deadline or the exit of the child, which then sent nothing, and
  /// `.noBufferSpace` if events were lost.
  package mutating func requestFromChild(
    _ type: UInt16, keeping kept: Int32?, until deadline: Deadline,
    isDone: (NetlinkMessage) -> Bool, _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    sequence &+= 1
    var writer = MessageWriter()
    writer.message(type, flags: [.request, .acknowledge], sequence: sequence, body)
    let bytes = writer.bytes
    observer?(.sent, bytes[...])
    var number: Int32 = -1
    let sent = unsafe bytes.withUnsafeBytes { raw in
      unsafe clinux_send_from_child(descriptor, raw.baseAddress, raw.count, kept ?? -1, &number)
    }
    guard sent == 0 else { throw NetlinkError(.current) }
    let child = FileDescriptor(owning: number)
    while true {
      guard try isReadable(until: deadline, orEndOf: child) else { throw NetlinkError(.timedOut) }
      for message in MessageSequence(try receive()) {
        if isDone(message) { return }
        if message.type == MessageType.error && message.sequence == sequence {
          return try check(message)
        }
      }
    }
  }

  /// Queries one object; nil when `parse` rejects the reply.
  package mutating func get<Value>(
    _ type: UInt16, _ body: (inout MessageWriter) -> Void,
    parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> Value? {
    try send(type, flags: .acknowledge, body)
    var value: Value?
    try collect { message in value = value ?? parse(message) }
    return value
  }

  /// Queries all matching objects and returns those that `parse` accepts.
  ///
  /// Starts over if the objects changed during the dump; throws `.tryAgain` if they keep changing.
  package mutating func dump<Value>(
    _ type: UInt16, _ body: (inout MessageWriter) -> Void,
    parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> [Value] {
    for _ in 0..<Self.dumpAttempts {
      try send(type, flags: .dump, body)
      var values: [Value] = []
      let isConsistent = try collect { message in
        if let value = parse(message) { values.append(value) }
      }
      if isConsistent { return values }
    }
    throw NetlinkError(.tryAgain)
  }

  /// Queries all matching objects and returns those of the first that the kernel sends which `parse`
  /// accepts. The rest stays with the socket, which cannot dump anything else.
  package mutating func beginningOfDump<Value>(
    _ type: UInt16, _ body: (inout MessageWriter) -> Void,
    parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> [Value] {
    try send(type, flags: .dump, body)
    var values: [Value] = []
    for message in MessageSequence(try receive())
    where message.sequence == sequence && message.port == transport.port {
      if message.type == MessageType.error { try check(message) }
      if let value = parse(message) { values.append(value) }
    }
    return values
  }

  /// Sends many requests at once and waits for the kernel to perform or refuse each; the errors, nil
  /// for those that were performed.
  package mutating func requestEach<Subject>(
    _ type: UInt16, for subjects: [Subject], _ body: (inout MessageWriter, Subject) -> Void
  ) throws(NetlinkError) -> [NetlinkError?] {
    var errors: [NetlinkError?] = []
    errors.reserveCapacity(subjects.count)
    var rest = subjects[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.requestsAtOnce)
      rest = rest.dropFirst(part.count)
      let first = sequence &+ 1
      var writer = MessageWriter()
      for subject in part {
        sequence &+= 1
        writer.message(type, flags: [.request, .acknowledge], sequence: sequence) {
          body(&$0, subject)
        }
      }
      try send(writer)
      errors += try acknowledgements(of: part.count, from: first)
    }
    return errors
  }

  /// Sends nftables changes as one atomic transaction.
  package mutating func transact(
    _ body: (inout NetfilterBatch) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    var batch = NetfilterBatch(firstSequence: sequence &+ 1)
    try body(&batch)
    guard !batch.isEmpty else { return }
    try commit(&batch)
  }

  /// Subscribes to the events of a multicast group.
  package func subscribe(to group: UInt32) throws(NetlinkError) {
    try transport.subscribe(to: group)
  }

  /// Waits for events and returns those received together; nil after the deadline.
  ///
  /// Throws `.noBufferSpace` if events were lost.
  package func nextEvents(until deadline: Deadline) throws(NetlinkError) -> MessageSequence? {
    guard try transport.isReadable(until: deadline) else { return nil }
    return MessageSequence(try receive())
  }
}

extension NetlinkSocket {
  private static let dumpAttempts = 32
  /// So few that the replies, which the kernel sends before it returns, fit the receive buffer.
  private static let requestsAtOnce = 32

  private mutating func send(
    _ type: UInt16, flags: MessageFlags, _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    sequence &+= 1
    var writer = MessageWriter()
    writer.message(type, flags: flags.union(.request), sequence: sequence, body)
    try send(writer)
  }

  private func send(_ writer: MessageWriter) throws(NetlinkError) {
    guard !writer.isOversized else { throw NetlinkError(.messageTooLong) }
    let bytes = writer.bytes
    observer?(.sent, bytes[...])
    try transport.send(bytes)
  }

  /// Passes the replies to the current request to `body`; false when a dump was interrupted by
  /// changes.
  @discardableResult
  private func collect(_ body: (NetlinkMessage) -> Void) throws(NetlinkError) -> Bool {
    let port = transport.port
    var isConsistent = true
    while true {
      var messages = MessageSequence(try receive())
      // An event caused by another socket may have the same sequence number.
      while let message = messages.next() {
        guard message.sequence == sequence && message.port == port else { continue }
        if message.flags.contains(.dumpInterrupted) { isConsistent = false }
        switch message.type {
        case MessageType.error, MessageType.done:
          try check(message)
          return isConsistent
        default:
          body(message)
        }
      }
      if messages.isTruncated { throw NetlinkError(.badMessage) }
    }
  }

  // The kernel answers in order.
  private func acknowledgements(
    of count: Int, from first: UInt32
  ) throws(NetlinkError) -> [NetlinkError?] {
    var errors = [NetlinkError?](repeating: nil, count: count)
    var waiting = count
    while waiting > 0 {
      for message in MessageSequence(try receive())
      where message.type == MessageType.error && message.port == transport.port {
        let index = Int(message.sequence &- first)
        guard errors.indices.contains(index) else { continue }
        waiting -= 1
        do throws(NetlinkError) { try check(message) } catch { errors[index] = error }
      }
    }
    return errors
  }

  private func check(_ verdict: NetlinkMessage, batchIndex: Int? = nil) throws(NetlinkError) {
    guard let acknowledgement = Acknowledgement(verdict) else { throw NetlinkError(.badMessage) }
    guard let errno = acknowledgement.errno else { return }
    throw NetlinkError(
      errno, message: acknowledgement.message, batchIndex: batchIndex,
      attributeOffset: acknowledgement.attributeOffset)
  }

  private mutating func commit(_ batch: inout NetfilterBatch) throws(NetlinkError) {
    let writer = batch.finish()
    sequence = batch.lastSequence
    try transport.makeRoom(for: writer.bytes.count)
    try send(writer)
    // The kernel has replied by the time the call returns. The first error names the message at
    // fault; others may follow, and even the acknowledgement of the last one.
    var refusal: NetlinkError?
    var isAnswered = false
    var isWaiting = true
    while isWaiting {
      for message in MessageSequence(try receive())
      where message.type == MessageType.error && batch.contains(message.sequence) {
        isAnswered = true
        do throws(NetlinkError) {
          try check(message, batchIndex: batch.index(of: message.sequence))
        } catch {
          refusal = refusal ?? error
        }
      }
      isWaiting = try transport.isReadable(until: Deadline(after: .zero))
    }
    if let refusal { throw refusal }
    guard isAnswered else { throw NetlinkError(.badMessage) }
  }

  private func receive() throws(NetlinkError) -> ArraySlice<UInt8> {
    let bytes = try transport.receive()
    observer?(.received, bytes)
    return bytes
  }

  // Replies to the child were queued before its exit.
  private func isReadable(
    until deadline: Deadline, orEndOf child: borrowing FileDescriptor
  ) throws(NetlinkError) -> Bool {
    guard try waitUntilReadable([descriptor, child.rawValue], until: deadline) else {
      return false
    }
    return try transport.isReadable(until: Deadline(after: .zero))
  }
}
