import CLinux

/// A socket that sends frames as they are.
package struct FrameSocket: ~Copyable {
  private let descriptor: FileDescriptor

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(Errno) -> FrameSocket {
    let number = clinux_open_frame_socket()
    guard number >= 0 else { throw .current }
    return FrameSocket(descriptor: FileDescriptor(owning: number))
  }

  /// Sends a frame by a link of the socket's namespace. Throws the errors of sendto(2).
  package func send(_ frame: [UInt8], by link: UInt32) throws(Errno) {
    let result = unsafe frame.withUnsafeBytes { buffer in
      unsafe clinux_send_frame(descriptor.rawValue, buffer.baseAddress, buffer.count, link)
    }
    guard result == 0 else { throw .current }
  }
}
