import CLibMNL
import CLinux
import Glibc
import LinuxSystem

/// A kernel netlink socket.
@safe
final class KernelTransport: NetlinkTransport {
  private let socket: OpaquePointer

  /// The kernel never uses more than this of a larger buffer.
  private static let receiveCapacity = 32 * 1024
  /// What the kernel subtracts from the send buffer's size before comparing a message with it.
  private static let sendOverhead = 4096

  /// Opens a socket in the thread's network namespace.
  init(_ family: NetlinkSocket.Family) throws(NetlinkError) {
    do throws(Errno) { try NetworkNamespace.checkThread() } catch { throw NetlinkError(error) }
    guard
      let socket = unsafe mnl_socket_open2(family.number, O_CLOEXEC)
    else { throw NetlinkError(.current) }
    unsafe self.socket = socket
    guard unsafe mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0 else {
      throw NetlinkError(.current)
    }
    for option in [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK] {
      try enableIfKnown(option)
    }
  }

  deinit {
    unsafe mnl_socket_close(socket)
  }

  var port: UInt32 { unsafe mnl_socket_get_portid(socket) }

  var descriptor: Int32 { unsafe mnl_socket_get_fd(socket) }

  func send(_ bytes: [UInt8]) throws(NetlinkError) {
    try retrying {
      unsafe bytes.withUnsafeBytes { raw in
        unsafe mnl_socket_sendto(socket, raw.baseAddress, raw.count)
      }
    }
  }

  func receive() throws(NetlinkError) -> ArraySlice<UInt8> {
    var failure: NetlinkError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.receiveCapacity) {
      buffer, count in
      do throws(NetlinkError) {
        count = try retrying {
          unsafe mnl_socket_recvfrom(socket, buffer.baseAddress, buffer.count)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes[...]
  }

  func isReadable(until deadline: Deadline) throws(NetlinkError) -> Bool {
    try waitUntilReadable([descriptor], until: deadline)
  }

  func subscribe(to group: UInt32) throws(NetlinkError) {
    var group = group
    guard
      unsafe mnl_socket_setsockopt(
        socket, NETLINK_ADD_MEMBERSHIP, &group, socklen_t(MemoryLayout.size(ofValue: group))) == 0
    else { throw NetlinkError(.current) }
  }

  func makeRoom(for length: Int) throws(NetlinkError) {
    var size: Int32 = 0
    var sizeLength = socklen_t(MemoryLayout.size(ofValue: size))
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, &sizeLength) == 0 else {
      throw NetlinkError(.current)
    }
    guard length + Self.sendOverhead > Int(size) else { return }
    size = Int32(clamping: length + Self.sendOverhead)
    if unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeLength) != 0 {
      // Without CAP_NET_ADMIN in the initial user namespace; the kernel may grant less than
      // requested.
      unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeLength)
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

@discardableResult
private func retrying(_ call: () -> Int) throws(NetlinkError) -> Int {
  do throws(Errno) { return try retryingOnInterrupt(call) } catch { throw NetlinkError(error) }
}

/// Whether one of these descriptors becomes readable or hangs up before the deadline.
func waitUntilReadable(
  _ descriptors: [Int32], until deadline: Deadline
) throws(NetlinkError) -> Bool {
  var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  return try retrying {
    Int(unsafe poll(&requests, nfds_t(requests.count), deadline.milliseconds))
  } > 0
}

extension NetlinkSocket.Family {
  fileprivate var number: Int32 {
    switch self {
    case .route: NETLINK_ROUTE
    case .netfilter: NETLINK_NETFILTER
    case .socketDiagnostics: NETLINK_SOCK_DIAG
    }
  }
}
