import CLibNL
import CLinux
import Glibc
package import LinuxSystem

/// A TCP socket that waits for connections.
package struct TCPListener: ~Copyable {
  private let descriptor: FileDescriptor

  /// Listens on an address of the thread's namespace.
  package static func open(_ address: String, port: UInt16) throws(Errno) -> TCPListener {
    let target = try SocketAddress(address, port)
    let number = socket(
      target.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw .current }
    let descriptor = FileDescriptor(owning: number)
    var yes: Int32 = 1
    setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    guard target.withPointer({ bind(number, $0, $1) }) == 0, listen(number, 8) == 0 else {
      throw .current
    }
    return TCPListener(descriptor: descriptor)
  }

  /// The address that the next connection comes from; nil when none comes in time.
  package func peerAddress(timeoutMilliseconds: Int32) -> String? {
    var poll = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, timeoutMilliseconds) == 1 else { return nil }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &storage) { bytes in
      let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
      let number = accept(descriptor.rawValue, address, &length)
      guard number >= 0 else { return nil }
      defer { close(number) }
      var host = [CChar](repeating: 0, count: 64)
      getnameinfo(address, length, &host, 64, nil, 0, NI_NUMERICHOST)
      return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}

extension TCPListener {
  /// The next connection; throws ETIMEDOUT when none comes in time.
  package func connection(timeoutMilliseconds: Int32) throws(Errno) -> TCPConnection {
    var poll = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, timeoutMilliseconds) == 1 else { throw .timedOut }
    let number = accept(descriptor.rawValue, nil, nil)
    guard number >= 0 else { throw .current }
    return TCPConnection(FileDescriptor(owning: number))
  }
}

/// An end of a TCP connection.
package struct TCPConnection: ~Copyable {
  private let descriptor: FileDescriptor

  init(_ descriptor: consuming FileDescriptor) {
    self.descriptor = descriptor
  }

  /// Connects from the thread's namespace.
  package static func open(to address: String, port: UInt16) throws(Errno) -> TCPConnection {
    let target = try SocketAddress(address, port)
    let number = socket(
      target.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw .current }
    let descriptor = FileDescriptor(owning: number)
    guard target.withPointer({ connect(number, $0, $1) }) == 0 else { throw .current }
    return TCPConnection(descriptor)
  }

  /// Sends a text; whether it could be handed over.
  package func send(_ text: String) -> Bool {
    Glibc.send(descriptor.rawValue, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      == text.utf8.count
  }

  /// The text that comes next; nil when none comes in time.
  package func receive(timeoutMilliseconds: Int32) -> String? {
    nextText(on: descriptor, timeoutMilliseconds: timeoutMilliseconds)
  }
}

/// A UDP socket.
package struct UDPSocket: ~Copyable {
  private let descriptor: FileDescriptor

  /// Binds to an address and a port of the thread's namespace.
  package static func open(_ address: String, port: UInt16) throws(Errno) -> UDPSocket {
    let local = try SocketAddress(address, port)
    let number = socket(
      local.family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw .current }
    let descriptor = FileDescriptor(owning: number)
    guard local.withPointer({ bind(number, $0, $1) }) == 0 else { throw .current }
    return UDPSocket(descriptor: descriptor)
  }

  /// Sends a text.
  package func send(_ text: String, to address: String, port: UInt16) throws(Errno) {
    let target = try SocketAddress(address, port)
    let sent = target.withPointer { pointer, length in
      Int32(sendto(descriptor.rawValue, text, text.utf8.count, 0, pointer, length))
    }
    guard sent == text.utf8.count else { throw .current }
  }

  /// The text that comes next; nil when none comes in time.
  package func receive(timeoutMilliseconds: Int32) -> String? {
    nextText(on: descriptor, timeoutMilliseconds: timeoutMilliseconds)
  }
}

private func nextText(
  on descriptor: borrowing FileDescriptor, timeoutMilliseconds: Int32
) -> String? {
  var poll = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
  guard Glibc.poll(&poll, 1, timeoutMilliseconds) == 1 else { return nil }
  var buffer = [UInt8](repeating: 0, count: 2048)
  let count = recv(descriptor.rawValue, &buffer, buffer.count, 0)
  return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
}

/// Tries to connect from the thread's namespace; whether it came about in time.
package func connectTCP(
  to address: String, port: UInt16, timeoutMilliseconds: Int32
) throws(Errno) -> Bool {
  let target = try SocketAddress(address, port)
  let number = socket(
    target.family,
    Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard number >= 0 else { throw .current }
  let descriptor = FileDescriptor(owning: number)
  let result = target.withPointer { connect(descriptor.rawValue, $0, $1) }
  if result == 0 { return true }
  guard errno == EINPROGRESS else { return false }
  var poll = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
  guard Glibc.poll(&poll, 1, timeoutMilliseconds) == 1 else { return false }
  var code: Int32 = 0
  var length = socklen_t(4)
  getsockopt(descriptor.rawValue, SOL_SOCKET, SO_ERROR, &code, &length)
  return code == 0
}

/// A packet socket that sees every frame of one link.
package struct FrameCapture: ~Copyable {
  private let descriptor: FileDescriptor

  /// Begins to look at a link of the thread's namespace.
  package static func open(_ link: String) throws(Errno) -> FrameCapture {
    let number = socket(AF_PACKET, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw .current }
    let descriptor = FileDescriptor(owning: number)
    var address = sockaddr_ll()
    address.sll_family = UInt16(AF_PACKET)
    address.sll_protocol = UInt16(ETH_P_ALL).bigEndian
    address.sll_ifindex = Int32(if_nametoindex(link))
    let result = withUnsafeBytes(of: &address) { bytes in
      bind(
        number, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
        socklen_t(MemoryLayout<sockaddr_ll>.size))
    }
    guard result == 0 else { throw .current }
    return FrameCapture(descriptor: descriptor)
  }

  /// The next frame that satisfies `condition`; nil when none comes in time.
  package func first(
    timeoutMilliseconds: Int32, where condition: ([UInt8]) -> Bool
  ) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var poll = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, timeoutMilliseconds) == 1 else { return nil }
      let count = read(descriptor.rawValue, &buffer, buffer.count)
      guard count > 0 else { return nil }
      let frame = Array(buffer.prefix(count))
      if condition(frame) { return frame }
    }
  }
}

private struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length: socklen_t

  init(_ address: String, _ port: UInt16) throws(Errno) {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, "\(port)", &hints, &found) == 0, let first = found else {
      throw .invalidArgument
    }
    defer { freeaddrinfo(first) }
    length = first.pointee.ai_addrlen
    withUnsafeMutableBytes(of: &storage) { bytes in
      bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: first.pointee.ai_addr, count: Int(length)))
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    withUnsafeBytes(of: storage) { bytes in
      body(bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, length)
    }
  }
}
