import Glibc

/// A connected stream socket whose operations end by a deadline.
package struct StreamSocket: ~Copyable, Sendable {
  private let descriptor: FileDescriptor

  /// Takes over a connected socket.
  init(_ descriptor: consuming FileDescriptor) {
    self.descriptor = descriptor
  }

  /// Connects to a port of a host, by TCP. Throws ETIMEDOUT at the deadline, ENOENT for a name that
  /// has no address, and the errors of connect(2).
  package static func connect(
    toHost host: String, port: UInt16, until deadline: Deadline
  ) throws(Errno) -> StreamSocket {
    var failure = Errno.noSuchFileOrDirectory
    for address in addresses(of: host) {
      do throws(Errno) {
        let socket = StreamSocket(
          try InternetSocket.connect(.stream, address: address, port: port))
        try socket.wait(for: POLLOUT, until: deadline)
        try socket.checkConnection()
        return socket
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private static func addresses(of host: String) -> [[UInt8]] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>? = nil
    guard unsafe getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
    defer { unsafe freeaddrinfo(first) }
    var addresses: [[UInt8]] = []
    var next = unsafe first
    while let entry = unsafe next?.pointee {
      // In the socket address, after the family and the port, and in IPv6 the flow label.
      let place = unsafe entry.ai_family == AF_INET6 ? (start: 8, count: 16) : (start: 4, count: 4)
      if let name = unsafe UnsafeRawPointer(entry.ai_addr) {
        addresses.append(
          unsafe Array(UnsafeRawBufferPointer(start: name + place.start, count: place.count)))
      }
      unsafe next = entry.ai_next
    }
    return addresses
  }

  private func checkConnection() throws(Errno) {
    var (code, size): (Int32, socklen_t) = (0, socklen_t(MemoryLayout<Int32>.size))
    _ = try checked(
      unsafe getsockopt(descriptor.rawValue, SOL_SOCKET, SO_ERROR, &code, &size))
    if code != 0 { throw Errno(rawValue: code) }
  }

  /// Sends all of `bytes`. Throws ETIMEDOUT at the deadline, and the errors of send(2).
  package func send(_ bytes: [UInt8], until deadline: Deadline) throws(Errno) {
    var start = 0
    while start < bytes.count {
      try wait(for: POLLOUT, until: deadline)
      start += try transferred {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe Glibc.send(
            descriptor.rawValue, buffer.baseAddress! + start, buffer.count - start,
            Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
      }
    }
  }

  /// Receives at least one byte and at most `capacity`; none at the end of the stream. Throws
  /// ETIMEDOUT at the deadline, and the errors of recv(2).
  package func receive(
    upTo capacity: Int, until deadline: Deadline
  ) throws(Errno) -> [UInt8] {
    while true {
      try wait(for: POLLIN, until: deadline)
      var count = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        count = unsafe recv(
          descriptor.rawValue, buffer.baseAddress!, buffer.count, Int32(MSG_DONTWAIT))
        filled = max(0, count)
      }
      if count >= 0 { return bytes }
      guard [.interrupted, .tryAgain].contains(Errno.current) else { throw .current }
    }
  }

  private func transferred(_ call: () -> Int) throws(Errno) -> Int {
    let count = call()
    if count >= 0 { return count }
    guard [.interrupted, .tryAgain].contains(Errno.current) else { throw .current }
    return 0
  }

  private func wait(for event: Int32, until deadline: Deadline) throws(Errno) {
    var entry = pollfd(fd: descriptor.rawValue, events: Int16(event), revents: 0)
    while true {
      let count = unsafe poll(&entry, 1, deadline.milliseconds)
      if count > 0 { return }
      if count == 0 { throw .timedOut }
      guard Errno.current == .interrupted else { throw .current }
    }
  }
}
