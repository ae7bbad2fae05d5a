import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct HostPortTests {
  private static let tcp = UInt8(IPPROTO_TCP)
  private static let udp = UInt8(IPPROTO_UDP)
  private static let any4 = [UInt8](repeating: 0, count: 4)
  private static let any6 = [UInt8](repeating: 0, count: 16)
  private static let loopback4: [UInt8] = [127, 0, 0, 1]
  private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  static let listeners: [(address: String, wanted: [UInt8], isTaken: Bool)] = [
    ("127.0.0.1", loopback4, true), ("127.0.0.1", any4, true), ("0.0.0.0", loopback4, true),
    ("::", loopback4, true), ("::", any4, true), ("::1", any6, true), ("::", loopback6, true),
    ("::1", loopback6, true), ("127.0.0.2", loopback4, false), ("::1", loopback4, false),
    ("127.0.0.1", any6, false),
  ]

  @Test(arguments: listeners)
  func listeningProcessIsInTheWay(
    row: (address: String, wanted: [UInt8], isTaken: Bool)
  ) throws {
    try withHost {
      let listener = try TCPListener.open(row.address, port: 8080)
      let port = HostPort(address: row.wanted, transport: Self.tcp, port: 8080)

      if row.isTaken {
        #expect(throws: Errno.addressInUse) { try port.probe() }
        #expect(isOwn(port))
      } else {
        #expect(throws: Never.self) { try port.probe() }
        #expect(port.owner() == nil)
      }
      let peer = listener.peerAddress(timeoutMilliseconds: 0)
      #expect(peer == nil)
    }
  }

  @Test func datagramSocketIsInTheWayOfItsProtocolOnly() throws {
    try withHost {
      let socket = try UDPSocket.open("127.0.0.1", port: 53)
      let port = HostPort(address: Self.any4, transport: Self.udp, port: 53)

      #expect(throws: Errno.addressInUse) { try port.probe() }
      #expect(isOwn(port))
      #expect(throws: Never.self) {
        try HostPort(address: Self.any4, transport: Self.tcp, port: 53).probe()
      }
      let text = socket.receive(timeoutMilliseconds: 0)
      #expect(text == nil)
    }
  }

  @Test func listenerOfAnotherProtocolIsNotNamed() throws {
    try withHost {
      let listener = try TCPListener.open("127.0.0.1", port: 8080)
      for transport in [Self.udp, UInt8(IPPROTO_SCTP)] {
        #expect(HostPort(address: Self.any4, transport: transport, port: 8080).owner() == nil)
      }
      let peer = listener.peerAddress(timeoutMilliseconds: 0)
      #expect(peer == nil)
    }
  }

  @Test func endedConnectionIsNotInTheWay() throws {
    try withHost {
      do {
        let listener = try TCPListener.open("127.0.0.1", port: 8080)
        let client = try TCPConnection.open(to: "127.0.0.1", port: 8080)
        let server = try listener.connection(timeoutMilliseconds: 3000)
        let isSent = server.send("x")
        let text = client.receive(timeoutMilliseconds: 3000)
        #expect(isSent && text == "x")
      }

      #expect(throws: Never.self) {
        try HostPort(address: Self.any4, transport: Self.tcp, port: 8080).probe()
      }
    }
  }

  @Test func addressOfAnotherHostIsRefused() throws {
    try withHost {
      #expect(throws: Errno.addressNotAvailable) {
        try HostPort(address: [192, 0, 2, 1], transport: Self.tcp, port: 8080).probe()
      }
    }
  }

  @Test(arguments: [[224, 0, 0, 1], [239, 1, 2, 3], [255, 255, 255, 255], [192, 0, 2, 255]])
  func addressOfManyHostsIsRefused(_ address: [UInt8]) throws {
    try withHost {
      try #require(
        try run(["ip", "address", "add", "192.0.2.1/24", "brd", "+", "dev", "lo"]).status == 0)

      for transport in [Self.tcp, Self.udp] {
        #expect(throws: Errno.addressNotAvailable) {
          try HostPort(address: address, transport: transport, port: 8080).probe()
        }
        #expect(throws: Never.self) {
          try HostPort(address: [192, 0, 2, 1], transport: transport, port: 8080).probe()
        }
      }
    }
  }

  private func withHost(_ body: () throws -> Void) throws {
    try withNamespace { _ in
      try #require(try run(["ip", "link", "set", "lo", "up"]).status == 0)
      try body()
    }
  }

  // A program that another test is starting has the same descriptors for a moment.
  private func isOwn(_ port: HostPort) -> Bool {
    (0..<100).contains { _ in port.owner()?.process == getpid() }
  }
}
