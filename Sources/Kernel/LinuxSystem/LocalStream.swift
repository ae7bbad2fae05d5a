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
  private let socket: StreamSocket
  /// The user whose process listened when this was connected (SO_PEERCRED).
  package let peer: UInt32

  /// Connects to a listening socket. Throws ETIMEDOUT at the deadline, and the errors of
  /// connect(2): ECONNREFUSED when nothing listens, ENOENT without the file.
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
    return LocalStream(socket: StreamSocket(descriptor), peer: peer)
  }

  private init(socket: consuming StreamSocket, peer: UInt32) {
    self.socket = socket
    self.peer = peer
  }

  /// Sends all of `bytes`. Throws ETIMEDOUT at the deadline, and the errors of send(2).
  package func send(_ bytes: [UInt8], until deadline: Deadline) throws(Errno) {
    try socket.send(bytes, until: deadline)
  }

  /// Receives at least one byte and at most `capacity`; none at the end of the stream. Throws
  /// ETIMEDOUT at the deadline, and the errors of recv(2).
  package func receive(
    upTo capacity: Int, until deadline: Deadline
  ) throws(Errno) -> [UInt8] {
    try socket.receive(upTo: capacity, until: deadline)
  }

  /// The stream alone.
  package consuming func withoutPeer() -> StreamSocket { socket }
}
