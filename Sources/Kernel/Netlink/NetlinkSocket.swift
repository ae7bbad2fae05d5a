import CLibMNL
import CLinux
import Glibc
public import LinuxSystem

/// A netlink socket; it talks to the namespace it was opened in, wherever its thread goes later.
@safe
public struct NetlinkSocket: ~Copyable {
  /// A family of kernel requests.
  public enum Family: Sendable {
    /// Links, addresses, routes.
    case route
    /// nftables and connection tracking.
    case netfilter
  }

  private let socket: OpaquePointer
  private var sequence: UInt32
  private var observer: NetlinkObserver?

  /// Opens a socket in the thread's network namespace.
  public static func open(_ family: Family) throws(NetlinkError) -> NetlinkSocket {
    guard
      let handle = unsafe mnl_socket_open2(family.number, O_CLOEXEC)
    else { throw NetlinkError(.current) }
    let socket = unsafe NetlinkSocket(socket: handle, sequence: 0, observer: nil)
    guard unsafe mnl_socket_bind(handle, 0, MNL_SOCKET_AUTOPID) == 0 else {
      throw NetlinkError(.current)
    }
    for option in [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK] {
      try socket.enableIfKnown(option)
    }
    return socket
  }

  /// Opens a socket in another network namespace.
  public static func open(
    _ family: Family, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) -> NetlinkSocket {
    try namespace.perform { () throws(NetlinkError) in try open(family) }
  }

  deinit {
    unsafe mnl_socket_close(socket)
  }

  /// Shows everything that is sent and received from now on to `observer`.
  public mutating func observe(_ observer: @escaping NetlinkObserver) {
    self.observer = observer
  }

  /// Sends one request and waits until the kernel has carried it out or refused it.
  public mutating func request(
    _ type: UInt16, flags: MessageFlags = [], _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    try send(type, flags: flags.union(.acknowledge), body)
    try collect { _ in }
  }

  /// The number of the socket's descriptor, to be kept in a child process.
  public var descriptor: Int32 { unsafe mnl_socket_get_fd(socket) }

  /// Sends one request from a child process, and waits until an event of the groups subscribed to
  /// says that it is done, or the kernel answers it.
  ///
  /// Some requests return long after they took effect, because the kernel waits for all of its
  /// processors. The child does that waiting, and holds the descriptor `kept` as long. Throws
  /// `.timedOut` when nothing is heard until the deadline or the end of the child, which then sent
  /// nothing, and `.noBufferSpace` when events were lost.
  public mutating func requestFromChild(
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
    let child = OwnedDescriptor(owning: number)
    while true {
      guard try isReadable(until: deadline, orEndOf: child) else { throw NetlinkError(.timedOut) }
      let messages = try MessageSequence(receive())
      for message in messages {
        if isDone(message) { return }
        if message.type == MessageType.error && message.sequence == sequence {
          return try check(message)
        }
      }
    }
  }

  /// Asks for one object; nil when `parse` cannot read the answer.
  public mutating func get<Value>(
    _ type: UInt16, _ body: (inout MessageWriter) -> Void,
    parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> Value? {
    try send(type, flags: .acknowledge, body)
    var value: Value?
    try collect { message in value = value ?? parse(message) }
    return value
  }

  /// Asks for all objects that match and returns those that `parse` could read.
  ///
  /// Starts over when the objects changed meanwhile; throws `.tryAgain` when they never rest.
  public mutating func dump<Value>(
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

  /// Sends nftables changes that the kernel carries out together or not at all.
  public mutating func transact(
    _ body: (inout NetfilterBatch) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    var batch = NetfilterBatch(firstSequence: sequence &+ 1)
    try body(&batch)
    guard !batch.isEmpty else { return }
    try commit(&batch)
  }

  /// Receives the events of a multicast group from now on.
  public func subscribe(to group: UInt32) throws(NetlinkError) {
    var group = group
    guard
      unsafe mnl_socket_setsockopt(
        socket, NETLINK_ADD_MEMBERSHIP, &group, socklen_t(MemoryLayout.size(ofValue: group))) == 0
    else { throw NetlinkError(.current) }
  }

  /// Waits for events and returns those that came together; nil after the deadline.
  ///
  /// Throws `.noBufferSpace` when events were lost.
  public func nextEvents(until deadline: Deadline) throws(NetlinkError) -> MessageSequence? {
    guard try isReadable(until: deadline) else { return nil }
    return try MessageSequence(receive())
  }
}

extension NetlinkSocket {
  private static let dumpAttempts = 32
  /// The kernel never fills more than this of a larger buffer.
  private static let receiveCapacity = 32 * 1024
  /// What the kernel takes from the send buffer's size before it compares a message with it.
  private static let sendOverhead = 4096

  private var port: UInt32 {
    unsafe mnl_socket_get_portid(socket)
  }

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
    while true {
      let sent = unsafe bytes.withUnsafeBytes { raw in
        unsafe mnl_socket_sendto(socket, raw.baseAddress, raw.count)
      }
      if sent >= 0 { return }
      let errno = Errno.current
      guard errno == .interrupted else { throw NetlinkError(errno) }
    }
  }

  /// Hands the answer to the current request to `body` until its end; false when a dump was
  /// interrupted by changes.
  @discardableResult
  private func collect(_ body: (NetlinkMessage) -> Void) throws(NetlinkError) -> Bool {
    let port = self.port
    var isConsistent = true
    while true {
      // An event that another socket caused may bear the same number.
      for message in try MessageSequence(receive())
      where message.sequence == sequence && message.port == port {
        if message.flags.contains(.dumpInterrupted) { isConsistent = false }
        switch message.type {
        case MessageType.error, MessageType.done:
          try check(message)
          return isConsistent
        default:
          body(message)
        }
      }
    }
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
    try makeRoom(for: writer.bytes.count)
    try send(writer)
    // The kernel has answered by the time the call returns. A refusal names the first message at
    // fault, others follow it, and the acknowledgement of the last one may come as well.
    var refusal: NetlinkError?
    var isAnswered = false
    var isWaiting = true
    while isWaiting {
      for message in try MessageSequence(receive())
      where message.type == MessageType.error && batch.contains(message.sequence) {
        isAnswered = true
        do throws(NetlinkError) {
          try check(message, batchIndex: batch.index(of: message.sequence))
        } catch {
          refusal = refusal ?? error
        }
      }
      isWaiting = try isReadable(until: Deadline(after: .zero))
    }
    if let refusal { throw refusal }
    guard isAnswered else { throw NetlinkError(.badMessage) }
  }

  private func makeRoom(for length: Int) throws(NetlinkError) {
    var size: Int32 = 0
    var sizeLength = socklen_t(MemoryLayout.size(ofValue: size))
    let descriptor = unsafe mnl_socket_get_fd(socket)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, &sizeLength) == 0 else {
      throw NetlinkError(.current)
    }
    guard length + Self.sendOverhead > Int(size) else { return }
    size = Int32(clamping: length + Self.sendOverhead)
    if unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeLength) != 0 {
      // Without CAP_NET_ADMIN in the first user namespace; the kernel may grant less than asked.
      unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeLength)
    }
  }

  private func receive() throws(NetlinkError) -> ArraySlice<UInt8> {
    while true {
      var received = -1
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.receiveCapacity) {
        buffer, count in
        received = unsafe mnl_socket_recvfrom(socket, buffer.baseAddress, buffer.count)
        count = max(0, received)
      }
      if received >= 0 {
        observer?(.received, bytes[...])
        return bytes[...]
      }
      let errno = Errno.current
      guard errno == .interrupted else { throw NetlinkError(errno) }
    }
  }

  private func isReadable(until deadline: Deadline) throws(NetlinkError) -> Bool {
    try wait(for: [descriptor], until: deadline)
  }

  // What the child was answered was there before its end.
  private func isReadable(
    until deadline: Deadline, orEndOf child: borrowing OwnedDescriptor
  ) throws(NetlinkError) -> Bool {
    guard try wait(for: [descriptor, child.rawValue], until: deadline) else { return false }
    return try isReadable(until: Deadline(after: .zero))
  }

  private func wait(
    for descriptors: [Int32], until deadline: Deadline
  ) throws(NetlinkError) -> Bool {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      let ready = unsafe poll(&requests, nfds_t(requests.count), deadline.milliseconds)
      if ready >= 0 { return ready > 0 }
      let errno = Errno.current
      guard errno == .interrupted else { throw NetlinkError(errno) }
    }
  }

  private func enableIfKnown(_ option: Int32) throws(NetlinkError) {
    var on: Int32 = 1
    let length = socklen_t(MemoryLayout.size(ofValue: on))
    guard unsafe mnl_socket_setsockopt(socket, option, &on, length) != 0 else { return }
    let errno = Errno.current
    guard errno == .protocolOptionNotAvailable else { throw NetlinkError(errno) }
  }
}

extension NetlinkSocket.Family {
  fileprivate var number: Int32 {
    switch self {
    case .route: NETLINK_ROUTE
    case .netfilter: NETLINK_NETFILTER
    }
  }
}
