import Glibc
import KernelTestSupport
import LinuxSystem
import Netlink
import Nftables
import Testing

/// What the kernel reports of traced packets, and the table that makes it do so.
@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct TraceEventTests {
  private static let table = OwnedTable(
    family: NetfilterFamily.inet, "owned",
    chains: [
      OwnedTable.Chain(
        ChainDefinition(
          ChainName("all"), hook: ChainHook(kind: .filter, position: .output, priority: -450),
          rules: [Rule([.load([1], into: .first), .setTrace(.first)])]))
    ])

  @Test func rulesAndPoliciesThatAPacketMeetsAreReported() throws {
    try withNamespace { _ in
      _ = try run("ip", "link", "set", "lo", "up")
      let script = """
        add table inet mine
        add chain inet mine out { type filter hook output priority 0; policy accept; }
        add chain inet mine inner
        add rule inet mine inner udp dport 9 drop
        add rule inet mine out jump inner
        """
      try #require(try run("nft", "-f", "-", input: script).status == 0)
      var socket = try NftablesSocket.open()
      try socket.subscribe(to: NetfilterGroup.trace)
      try socket.transact { (batch) throws(NetlinkError) in batch.create(Self.table) }

      sendDatagrams()

      var events: [TraceEvent] = []
      while case let more = try socket.pendingTraceEvents(), !more.isEmpty { events += more }
      let mine = events.filter { $0.table == "mine" }
      try #require(!mine.isEmpty)
      #expect(mine.first?.verdict == .jump("inner"))
      #expect(mine.first?.networkHeader?.first == 0x45)
      #expect(mine.first?.transportHeader?.count == 8)
      #expect(mine.contains { $0.chain == "inner" && $0.isDrop })
      #expect(mine.contains { $0.kind == .policy(isDrop: false) })
      #expect(events.first?.table == "owned")
    }
  }

  @Test func tableBelongsToItsSocketAndGoesWithIt() throws {
    try withNamespace { _ in
      try withOwner {
        let listing = try run("nft", "list", "table", "inet", "owned")
        #expect(listing.output.contains("flags owner"))
        #expect(listing.output.contains("meta nftrace set 1"))
        #expect(try run("nft", "delete", "table", "inet", "owned").status != 0)
        #expect(try run("nft", "flush", "ruleset").status == 0)
        #expect(try run("nft", "list", "table", "inet", "owned").status == 0)
      }
      while try run("nft", "list", "table", "inet", "owned").status == 0 {}
    }
  }

  private func withOwner(_ body: () throws -> Void) throws {
    var socket = try NftablesSocket.open()
    try socket.transact { (batch) throws(NetlinkError) in batch.create(Self.table) }
    try body()
    _ = socket.port
  }

  /// One to port 9 and one to port 10 of 127.0.0.1.
  private func sendDatagrams() {
    let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(number) }
    for port in [9, 10] {
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = in_port_t(port).bigEndian
      name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      _ = withUnsafePointer(to: &name) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          sendto(number, nil, 0, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
  }
}
