import Glibc

/// One request to a server at a socket file (unix(7)), and its reply.
package enum LocalRequest {
  /// Sends a line and receives one, both without their ends. Throws EAGAIN when a step takes longer
  /// than `seconds`, ECONNREFUSED when nobody listens or there is no whole reply, ENOENT without the
  /// file, and the other errors of the calls.
  package static func exchange(
    _ line: String, at path: String, seconds: Int
  ) throws(Errno) -> String {
    let number = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let descriptor = FileDescriptor(owning: try checked(number))
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      _ = try checked(
        unsafe setsockopt(
          descriptor.rawValue, SOL_SOCKET, option, &limit,
          socklen_t(MemoryLayout<timeval>.size)))
    }
    try connect(descriptor, to: path)
    let bytes = Array((line + "\n").utf8)
    let sent = unsafe send(descriptor.rawValue, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    guard sent == bytes.count else { throw sent < 0 ? .current : .connectionRefused }
    var reply: [UInt8] = []
    while reply.last != UInt8(ascii: "\n") {
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = try retryingOnInterrupt {
        unsafe recv(descriptor.rawValue, &buffer, buffer.count, 0)
      }
      if count == 0 { throw .connectionRefused }
      reply += buffer.prefix(count)
    }
    return String(decoding: reply.dropLast(), as: UTF8.self)
  }

  private static func connect(
    _ descriptor: borrowing FileDescriptor, to path: String
  ) throws(Errno) {
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { throw .fileNameTooLong }
    unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let number = descriptor.rawValue
    let result = unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    _ = try checked(result)
  }
}
