import CLinux
public import LinuxSystem

/// A socket that sends whole link-layer frames, and receives nothing.
public struct PacketSocket: ~Copyable, Sendable {
  private let descriptor: OwnedDescriptor

  /// Opens a socket in the thread's network namespace.
  public static func open() throws(Errno) -> PacketSocket {
    let number = clinux_open_packet_socket()
    guard number >= 0 else { throw .current }
    return PacketSocket(descriptor: OwnedDescriptor(owning: number))
  }

  /// Opens a socket in another network namespace.
  public static func open(
    in namespace: borrowing NetworkNamespace
  ) throws(Errno) -> PacketSocket {
    try namespace.perform { () throws(Errno) in try open() }
  }

  /// Sends one frame, its Ethernet header included, on the interface with this index.
  public func send(_ frame: [UInt8], on interface: UInt32) throws(Errno) {
    while true {
      let sent = unsafe frame.withUnsafeBytes { raw in
        unsafe clinux_send_frame(descriptor.rawValue, interface, raw.baseAddress, raw.count)
      }
      if sent >= 0 { return }
      let errno = Errno.current
      guard errno == .interrupted else { throw errno }
    }
  }
}
