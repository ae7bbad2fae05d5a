import Addressing
import CLinux
import Glibc
import LinuxSystem
import PacketTrace

/// The socket that sends the probe, in the namespace of the sender: source address, routes and
/// firewall are those of its processes.
struct ProbeSocket: ~Copyable {
  let descriptor: FileDescriptor
  private let kind: ProbeProtocol
  /// The probe as it will be sent.
  let form: PacketForm
  /// The start of its payload.
  let mark: [UInt8]
  private let payload: [UInt8]

  /// Opens and binds a socket in the thread's network namespace. `random` makes the probe unique.
  static func open(
    _ kind: ProbeProtocol, from source: IPAddress, to destination: IPAddress, port: UInt16,
    size: Int?, random: inout some RandomNumberGenerator
  ) throws(Errno) -> ProbeSocket {
    let family = destination.family
    let isIPv6 = family == .ipv6
    let type: Int32
    switch kind {
    case .tcp: type = Int32(SOCK_STREAM.rawValue)
    case .udp: type = Int32(SOCK_DGRAM.rawValue)
    case .echo: type = Int32(SOCK_RAW.rawValue)
    }
    let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let number = socket(
      isIPv6 ? AF_INET6 : AF_INET, type | flags, Int32(kind.number(family)))
    guard number >= 0 else { throw .current }
    let descriptor = FileDescriptor(owning: number)
    guard clinux_enable_error_queue(number, isIPv6 ? 1 : 0) == 0 else { throw .current }
    if kind == .tcp, clinux_reset_on_close(number) != 0 { throw .current }
    if size != nil, clinux_forbid_fragments(number, isIPv6 ? 1 : 0) != 0 { throw .current }
    let bound = unsafe SocketName(source, port: 0).withPointer { unsafe bind(number, $0, $1) }
    guard bound == 0 else { throw .current }
    let nonce = (0..<ProbeIdentity.uniqueLength).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var (mark, payload) = (nonce, nonce)
    var form = PacketForm(
      source: source, destination: destination, number: kind.number(family), sourcePort: 0,
      destinationPort: port)
    switch kind {
    case .echo:
      form.sourcePort = UInt16.random(in: 1 ... .max, using: &random)
      form.destinationPort = form.sourcePort
      let headers = isIPv6 ? 48 : 28
      let length = max(nonce.count, (size ?? headers + 56) - headers)
      payload = nonce + [UInt8](repeating: 0, count: length - nonce.count)
    case .udp:
      if port == 53 { (mark, payload) = dnsQuery(id: Array(nonce.prefix(2))) }
      form.sourcePort = try boundPort(of: descriptor)
    case .tcp:
      (mark, payload) = ([], [])
      form.sourcePort = try boundPort(of: descriptor)
    }
    return ProbeSocket(
      descriptor: descriptor, kind: kind, form: form, mark: mark, payload: payload)
  }

  /// Bytes of the IP packet.
  var bytes: Int {
    let network = form.family == .ipv4 ? 20 : 40
    // The options of Linux's SYN take 20 bytes.
    return network + (kind == .tcp ? 40 : 8 + payload.count)
  }

  /// Sends the probe. Throws what the kernel says at once.
  func send() throws(Errno) {
    let isEcho = kind == .echo
    let connected = unsafe SocketName(form.destination, port: isEcho ? 0 : form.destinationPort)
      .withPointer { unsafe connect(descriptor.rawValue, $0, $1) }
    if connected != 0 {
      let errno = Errno.current
      if errno != .inProgress { throw errno }
    }
    guard kind != .tcp else { return }
    let packet =
      isEcho
      ? PacketBuilder.echo(form.family, identifier: form.sourcePort, payload) : payload
    try retryingOnInterrupt {
      unsafe packet.withUnsafeBytes { buffer in
        unsafe Glibc.send(descriptor.rawValue, buffer.baseAddress, buffer.count, 0)
      }
    }
  }

  /// What has come back to the socket.
  enum Outcome {
    case nothing
    case answered
    case failed(Errno)
  }

  /// Looks at what has come back, without waiting.
  func outcome() -> Outcome {
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = unsafe getsockopt(descriptor.rawValue, SOL_SOCKET, SO_ERROR, &error, &length)
    if error != 0 { return .failed(Errno(rawValue: error)) }
    switch kind {
    case .tcp:
      var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(&request, 1, 0) > 0 else { return .nothing }
      return request.revents & Int16(POLLOUT) != 0
        && request.revents & Int16(POLLERR | POLLHUP) == 0
        ? .answered : .nothing
    case .udp: return receive() == nil ? .nothing : .answered
    case .echo:
      while let bytes = receive() {
        // For IPv4, with the IP header.
        let start = form.family == .ipv4 ? Int((bytes.first ?? 5) & 0xf) * 4 : 0
        let message = bytes.dropFirst(start)
        let reply: UInt8 = form.family == .ipv4 ? 0 : 129
        if message.first == reply, message.dropFirst(8).starts(with: mark) { return .answered }
      }
      return .nothing
    }
  }

  /// The next ICMP error about the probe.
  func nextError() -> ICMPError? {
    while true {
      var error = clinux_socket_error()
      guard unsafe clinux_receive_socket_error(descriptor.rawValue, &error) == 0 else {
        return nil
      }
      let address = unsafe withUnsafeBytes(of: error.address) {
        unsafe Array($0.prefix(form.family == .ipv4 ? 4 : 16))
      }
      // Errors of this host's own have no sender.
      guard error.family != 0, let sender = IPAddress(bytes: address) else { continue }
      return ICMPError(
        sender: sender, type: error.type, code: error.code,
        mtu: error.information == 0 ? nil : error.information)
    }
  }

  private func receive() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 2048)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe recv(descriptor.rawValue, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
    }
    return count >= 0 ? Array(bytes.prefix(count)) : nil
  }

  private static func boundPort(of descriptor: borrowing FileDescriptor) throws(Errno) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor.rawValue, $0, &length)
      }
    }
    guard result == 0 else { throw .current }
    // The port follows the family in both families.
    return unsafe withUnsafeBytes(of: storage) { unsafe UInt16($0[2]) << 8 | UInt16($0[3]) }
  }

  /// A query for the name servers of the root, which every resolver answers.
  private static func dnsQuery(id: [UInt8]) -> (mark: [UInt8], payload: [UInt8]) {
    let query = id + [1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + [0, 0, 2, 0, 1]
    return (Array(query.prefix(12)), query)
  }
}

/// The address of a socket as the system calls take it.
@safe
struct SocketName {
  private let address: IPAddress
  private let port: UInt16

  init(_ address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    switch address.family {
    case .ipv4:
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &name.sin_addr) { unsafe $0.copyBytes(from: address.bytes) }
      return unsafe call(&name, body)
    case .ipv6:
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      name.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &name.sin6_addr) {
        unsafe $0.copyBytes(from: address.bytes)
      }
      return unsafe call(&name, body)
    }
  }

  private func call<Name>(
    _ name: inout Name, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<Name>.size))
      }
    }
  }
}
