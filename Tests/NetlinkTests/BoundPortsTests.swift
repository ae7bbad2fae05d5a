import Glibc
import KernelTestSupport
import LinuxSystem
import Netlink
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct BoundPortsTests {
  @Test func everySocketOfTheTransportIsThere() throws {
    try withNamespace { _ in
      try #require(try run(["ip", "link", "set", "lo", "up"]).status == 0)
      let listener = try TCPListener.open("127.0.0.1", port: 8080)
      let listener6 = try TCPListener.open("::1", port: 8081)
      let idle = try BoundSocket.open(UInt8(IPPROTO_TCP))
      let datagrams = try UDPSocket.open("127.0.0.1", port: 53)

      let tcp = try #require(try BoundPorts.read(UInt8(IPPROTO_TCP)))
      let udp = try #require(try BoundPorts.read(UInt8(IPPROTO_UDP)))

      #expect(tcp.contains(8080) && tcp.contains(8081) && tcp.contains(idle.port))
      #expect(!tcp.contains(53) && !tcp.contains(8082))
      #expect(udp.contains(53) && !udp.contains(8080))
      _ = (
        listener.peerAddress(timeoutMilliseconds: 0), listener6.peerAddress(timeoutMilliseconds: 0),
        datagrams.receive(timeoutMilliseconds: 0)
      )
    }
  }
}
