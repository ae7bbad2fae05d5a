import CLinux
import Glibc

/// The address of a local socket (unix(7)).
package enum LocalAddress: Hashable, Sendable {
  /// A socket file.
  case path(String)
  /// A name without a file, in the network namespace of this thread.
  case abstract(String)
}

/// A connected local stream socket whose operations end by a deadline.
package struct LocalStream: ~Copyable, Sendable {
  private let descriptor: FileDescriptor
  /// The user whose process listened when this was connected (SO_PEERCRED).
  package let peer: UInt32

  /// Connects to a listening socket. Throws ETIMEDOUT at the deadline, and the errors of
  /// connect(2): ECONNREFUSED when nobody listens, ENOENT without the file.
  package static func connect(
    to address: LocalAddress, until deadline: Deadline
  ) throws(Errno) -> LocalStream {
    let name: [UInt8]
    switch address {
    case .path(let path): name = Array(path.utf8) + [0]
    case .abstract(let text): name = [0] + Array(text.utf8)
    }
    let milliseconds = UInt32(deadline.milliseconds)
    let number = unsafe name.withUnsafeBytes { bytes in
      unsafe clinux_connect_local_stream(bytes.baseAddress, bytes.count, milliseconds)
    }
    if number < 0 { throw Errno.current == .tryAgain ? .timedOut : .current }
    let descriptor = FileDescriptor(owning: number)
    var peer: UInt32 = 0
    _ = try checked(unsafe clinux_peer_user(descriptor.rawValue, &peer))
    return LocalStream(descriptor: descriptor, peer: peer)
  }

  private init(descriptor: consuming FileDescriptor, peer: UInt32) {
    self.descriptor = descriptor
    self.peer = peer
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
