import Addressing
import KernelModel
import KernelTestSupport
import LinuxSystem
import Netlink
import Testing

@testable import Conntrack

/// Which connections are forgotten, as seen from what becomes of the next datagram.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct ConntrackSocketTests {
  /// Who compares: the kernel, or netctl for a kernel that cannot.
  enum Way: CaseIterable {
    case inKernel, oneByOne
  }

  struct Row: Sendable {
    let name: String
    let filter: ConnectionFilter
    let isMatch: Bool

    init(_ name: String, _ isMatch: Bool, _ filter: ConnectionFilter) {
      (self.name, self.isMatch, self.filter) = (name, isMatch, filter)
    }
  }

  private static let server = IPAddress("10.0.0.2")!
  private static let host = IPAddress("10.0.0.1")!
  private typealias Direction = ConnectionFilter.Direction

  /// Filters for a datagram that was sent from 10.0.0.1:4000 to 10.0.0.1:53 and led to 10.0.0.2:5353.
  static let rows = [
    Row(
      "everything of a protocol", true,
      ConnectionFilter(.ipv4, .udp, original: Direction(destinationPort: 53))),
    Row(
      "another port", false, ConnectionFilter(.ipv4, .udp, original: Direction(destinationPort: 54))
    ),
    Row(
      "another protocol", false,
      ConnectionFilter(.ipv4, .tcp, original: Direction(destinationPort: 53))),
    Row(
      "another family", false,
      ConnectionFilter(.ipv6, .udp, original: Direction(destinationPort: 53))),
    Row(
      "where it was sent to", true,
      ConnectionFilter(.ipv4, .udp, original: Direction(destination: host, destinationPort: 53))),
    Row(
      "where it was not sent to", false,
      ConnectionFilter(.ipv4, .udp, original: Direction(destination: server, destinationPort: 53))),
    Row("who answers", true, ConnectionFilter(.ipv4, reply: Direction(source: server))),
    Row("who does not", false, ConnectionFilter(.ipv4, reply: Direction(source: host))),
    Row("who began", true, ConnectionFilter(.ipv4, original: Direction(source: host))),
    Row("who did not", false, ConnectionFilter(.ipv4, original: Direction(source: server))),
    Row(
      "both directions", true,
      ConnectionFilter(
        .ipv4, .udp, original: Direction(destinationPort: 53),
        reply: Direction(source: server, sourcePort: 5353))),
    Row(
      "one direction of two", false,
      ConnectionFilter(
        .ipv4, .udp, original: Direction(destinationPort: 53),
        reply: Direction(source: server, sourcePort: 5354))),
  ]

  @Test(arguments: rows, Way.allCases)
  func connectionsThatMatchAreForgotten(_ row: Row, _ way: Way) throws {
    try withTranslatedFlow { client, server in
      var conntrack = try ConntrackSocket.open()
      switch way {
      case .inKernel: try conntrack.deleteInKernel(row.filter)
      case .oneByOne: try conntrack.deleteOneByOne([row.filter])
      }

      // Without the rule only a connection that is remembered leads there.
      try client.send("second", to: "10.0.0.1", port: 53)

      let received = server.receive(timeoutMilliseconds: row.isMatch ? 100 : 3000)
      #expect(received == (row.isMatch ? nil : "second"), "\(row.name)")
    }
  }

  @Test func kernelWithoutConnectionsIsFine() throws {
    try withNamespace { _ in
      var conntrack = try ConntrackSocket.open()

      try conntrack.delete(ConnectionFilter.all(of: Self.server))
      try conntrack.deleteOneByOne(ConnectionFilter.all(of: Self.server))
    }
  }

  private func withTranslatedFlow(_ body: (borrowing UDPSocket, borrowing UDPSocket) throws -> Void)
    throws
  {
    try withNamespace { _ in
      for command in [
        "ip link set lo up", "ip addr add 10.0.0.1/32 dev lo", "ip addr add 10.0.0.2/32 dev lo",
        "nft add table ip t", "nft add chain ip t o { type nat hook output priority -100 ; }",
        "nft add rule ip t o udp dport 53 dnat to 10.0.0.2:5353",
        // The kernel tracks connections only as long as some rule needs it.
        "nft add chain ip t p { type nat hook output priority -99 ; }",
        "nft add rule ip t p udp dport 9 dnat to 10.0.0.2:9",
      ] {
        let result = try run(command.split(separator: " ").map(String.init))
        try #require(result.status == 0, "\(command): \(result.output)")
      }
      let server = try UDPSocket.open("10.0.0.2", port: 5353)
      let client = try UDPSocket.open("10.0.0.1", port: 4000)
      try client.send("first", to: "10.0.0.1", port: 53)
      let received = server.receive(timeoutMilliseconds: 3000)
      try #require(received == "first")
      try #require(try run(["nft", "flush", "chain", "ip", "t", "o"]).status == 0)
      try body(client, server)
    }
  }
}
