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

  /// The addresses of a family, all of them the host's.
  struct Addresses: Sendable, CustomTestStringConvertible {
    let family: AddressFamily
    let table: String
    let client: IPAddress
    let server: IPAddress

    var testDescription: String { table }

    /// An address is used at once, without a search for others that have it.
    var options: String { family == .ipv6 ? " nodad" : "" }

    static let all = [
      Addresses(
        family: .ipv4, table: "ip", client: IPAddress("10.0.0.1")!, server: IPAddress("10.0.0.2")!),
      Addresses(
        family: .ipv6, table: "ip6", client: IPAddress("fd00::1")!, server: IPAddress("fd00::2")!),
    ]
  }

  private typealias Direction = ConnectionFilter.Direction

  /// Filters for a datagram that a client sent from its port 4000 to its own port 53 and that was
  /// led to port 5353 of a server.
  static let rows = Addresses.all.flatMap { addresses in
    let (family, client, server) = (addresses.family, addresses.client, addresses.server)
    let otherFamily: AddressFamily = family == .ipv4 ? .ipv6 : .ipv4
    let port = Direction(destinationPort: 53)
    return [
      Row("everything of a protocol", true, ConnectionFilter(family, .udp, original: port)),
      Row(
        "another port", false,
        ConnectionFilter(family, .udp, original: Direction(destinationPort: 54))),
      Row("another protocol", false, ConnectionFilter(family, .tcp, original: port)),
      Row("another family", false, ConnectionFilter(otherFamily, .udp, original: port)),
      Row(
        "where it was sent to", true,
        ConnectionFilter(
          family, .udp, original: Direction(destination: client, destinationPort: 53))),
      Row(
        "where it was not sent to", false,
        ConnectionFilter(
          family, .udp, original: Direction(destination: server, destinationPort: 53))),
      Row("who answers", true, ConnectionFilter(family, reply: Direction(source: server))),
      Row("who does not", false, ConnectionFilter(family, reply: Direction(source: client))),
      Row("who began", true, ConnectionFilter(family, original: Direction(source: client))),
      Row("who did not", false, ConnectionFilter(family, original: Direction(source: server))),
      Row(
        "both directions", true,
        ConnectionFilter(
          family, .udp, original: port, reply: Direction(source: server, sourcePort: 5353))),
      Row(
        "one direction of two", false,
        ConnectionFilter(
          family, .udp, original: port, reply: Direction(source: server, sourcePort: 5354))),
    ].map { Case(addresses: addresses, row: $0) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let addresses: Addresses
    let row: Row

    var testDescription: String { "\(addresses.table), \(row.name)" }
  }

  @Test(arguments: rows, Way.allCases)
  func connectionsThatMatchAreForgotten(_ test: Case, _ way: Way) throws {
    let filter = test.row.filter
    // The kernel is not asked to compare what it compares wrongly.
    if way == .inKernel && filter != filter.comparedByKernel { return }
    try expectForgotten(test.row.isMatch, test.addresses) { conntrack in
      switch way {
      case .inKernel: try conntrack.deleteInKernel(filter)
      case .oneByOne: try conntrack.deleteOneByOne([filter]) { _ in false }
      }
    }
  }

  @Test(arguments: Addresses.all, [true, false])
  func connectionsToTheHostAreToldByTheirDestination(_ addresses: Addresses, _ isOfHost: Bool)
    throws
  {
    let filter = ConnectionFilter(
      addresses.family, .udp, original: Direction(destinationPort: 53), isToHost: true)
    try expectForgotten(isOfHost, addresses) { conntrack in
      try conntrack.delete([filter]) { address in
        #expect(address == addresses.client)
        return isOfHost
      }
    }
  }

  /// So many filters that the kernel's table is looked at only once.
  @Test(arguments: Addresses.all, [true, false])
  func manyFiltersAreComparedAtOnce(_ addresses: Addresses, _ isAmongThem: Bool) throws {
    let ports = (isAmongThem ? 50 : 54)..<200
    let filters = ports.map {
      ConnectionFilter(
        addresses.family, .udp,
        original: Direction(destination: addresses.client, destinationPort: UInt16($0)))
    }
    try expectForgotten(isAmongThem, addresses) { conntrack in
      try conntrack.delete(filters) { _ in false }
    }
  }

  @Test(arguments: Addresses.all, Way.allCases)
  func connectionsOfAZoneAreForgottenToo(_ addresses: Addresses, _ way: Way) throws {
    let filter = ConnectionFilter(
      addresses.family, .udp, original: Direction(destinationPort: 53))
    try expectForgotten(true, addresses, zone: 5) { conntrack in
      switch way {
      case .inKernel: try conntrack.deleteInKernel(filter)
      case .oneByOne: try conntrack.deleteOneByOne([filter]) { _ in false }
      }
    }
  }

  @Test func kernelWithoutConnectionsIsFine() throws {
    try withNamespace { _ in
      var conntrack = try ConntrackSocket.open()

      for addresses in Addresses.all {
        let filters = ConnectionFilter.all(of: addresses.server)
        try conntrack.delete(filters) { _ in true }
        try conntrack.deleteOneByOne(filters) { _ in true }
      }
    }
  }

  /// Runs `delete` while the kernel remembers the connection, and looks whether it still does.
  private func expectForgotten(
    _ isForgotten: Bool, _ addresses: Addresses, zone: Int? = nil,
    _ delete: (inout ConntrackSocket) throws -> Void
  ) throws {
    try withTranslatedFlow(addresses, zone: zone) { client, server in
      var conntrack = try ConntrackSocket.open()
      try delete(&conntrack)

      // Without the rule only a connection that is remembered leads there.
      try client.send("second", to: addresses.client.description, port: 53)

      let received = server.receive(timeoutMilliseconds: isForgotten ? 100 : 3000)
      #expect(received == (isForgotten ? nil : "second"))
    }
  }

  private func withTranslatedFlow(
    _ addresses: Addresses, zone: Int?,
    _ body: (borrowing UDPSocket, borrowing UDPSocket) throws -> Void
  ) throws {
    try withNamespace { _ in
      let (client, server) = (addresses.client.description, addresses.server.description)
      let table = "\(addresses.table) t"
      let target = addresses.family == .ipv4 ? server : "[\(server)]"
      let zoneRules =
        zone.map {
          [
            "nft add chain \(table) z { type filter hook output priority -300 ; }",
            "nft add rule \(table) z udp dport 53 ct zone set \($0)",
          ]
        } ?? []
      for command in [
        "ip link set lo up", "ip addr add \(client) dev lo\(addresses.options)",
        "ip addr add \(server) dev lo\(addresses.options)",
        "nft add table \(table)",
      ] + zoneRules + [
        "nft add chain \(table) o { type nat hook output priority -100 ; }",
        "nft add rule \(table) o udp dport 53 dnat to \(target):5353",
        // The kernel tracks connections only as long as some rule needs it.
        "nft add chain \(table) p { type nat hook output priority -99 ; }",
        "nft add rule \(table) p udp dport 9 dnat to \(target):9",
      ] {
        let result = try run(command.split(separator: " ").map(String.init))
        try #require(result.status == 0, "\(command): \(result.output)")
      }
      let serverSocket = try UDPSocket.open(server, port: 5353)
      let clientSocket = try UDPSocket.open(client, port: 4000)
      // The kernel makes the local routes of IPv6 addresses some time after it has the addresses.
      let isThrough = try (0..<60).contains { _ in
        try clientSocket.send("first", to: client, port: 53)
        return serverSocket.receive(timeoutMilliseconds: 100) == "first"
      }
      try #require(isThrough)
      while serverSocket.receive(timeoutMilliseconds: 0) != nil {}
      try #require(
        try run(["nft", "flush", "chain"] + table.split(separator: " ").map(String.init) + ["o"])
          .status == 0)
      try body(clientSocket, serverSocket)
    }
  }
}
