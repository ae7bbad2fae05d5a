import KernelTestSupport
import LinuxSystem
import Netlink
import Nftables
import Testing

/// A table that is nobody's: the codec takes every definition.
@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct TableDefinitionTests {
  private static let sets = [
    SetDefinition(SetName("ports"), of: .transport, .port),
    SetDefinition(SetName("verdicts"), of: .interfaceName, to: .verdict),
  ]

  private static let table = TableDefinition(
    "example", sets: sets,
    chains: [
      ChainDefinition(
        ChainName("base"), hook: ChainHook(kind: .filter, position: .input, priority: 7),
        comment: "first",
        rules: [
          Rule([
            .meta(.networkFamily, into: .first), .compare(.first, .equal, [NetfilterFamily.ipv4]),
            .verdict(.jump(ChainName("own"))),
          ]),
          Rule([
            .meta(.inputName, into: .first), .verdictMap(.first, in: SetName("verdicts")),
          ]),
        ]),
      ChainDefinition(
        ChainName("own"),
        rules: [
          Rule([
            .meta(.transport, into: .first),
            .lookup(
              .first, in: .anonymous(AnonymousSet(1, of: .transport, [6], [17])), inverted: false),
            .verdict(.return),
          ])
        ]),
      ChainDefinition(ChainName("theirs"), rules: []),
    ],
    unmanaged: [ChainName("theirs")])

  private static let elements = [
    SetElement(SetName("ports"), [6, 0, 0, 0, 0, 22, 0, 0]),
    SetElement(
      SetName("verdicts"), Array("eth0".utf8) + [UInt8](repeating: 0, count: 12), .verdict(.drop)),
  ]

  @Test func tableIsListedAsDefined() throws {
    try withNamespace { _ in
      var socket = try install()

      let listing = try run("nft", "list", "ruleset").output.split(separator: "\n")
        .map { $0.drop { $0 == "\t" } }
      for line in [
        "table inet example {", "set ports {", "type inet_proto . inet_service",
        "elements = { tcp . 22 }", "map verdicts {", "type ifname : verdict",
        #"elements = { "eth0" : drop }"#, #"comment "first""#,
        "type filter hook input priority filter + 7; policy accept;", "meta nfproto ipv4 jump own",
        "iifname vmap @verdicts", "meta l4proto { tcp, udp } return",
      ] {
        #expect(listing.contains(line[...]), "\(line)")
      }
      #expect(try socket.agrees(with: Self.table))
      let found = try Self.sets.flatMap { try socket.elements(of: $0.name, in: Self.table) }
      #expect(found == Self.elements)
    }
  }

  @Test(arguments: [
    "add rule inet example own accept", "flush chain inet example base",
    "add chain inet example base { policy drop; }",
  ])
  func tableThatIsNotAsDefinedIsToldApart(_ change: String) throws {
    try withNamespace { _ in
      var socket = try install()
      let result = try run(["nft"] + change.split(separator: " ").map(String.init))
      #expect(result.status == 0, "\(result.output)")

      #expect(try !socket.agrees(with: Self.table))
    }
  }

  @Test func unmanagedChainKeepsItsRulesAndIsNotCompared() throws {
    try withNamespace { _ in
      var socket = try install()
      let result = try run("nft", "add rule inet example theirs tcp dport 22 drop")
      #expect(result.status == 0, "\(result.output)")
      #expect(try socket.agrees(with: Self.table))

      try socket.transact { batch throws(NetlinkError) in
        batch.empty(Self.table)
        batch.fill(Self.table)
      }

      #expect(try socket.agrees(with: Self.table))
      #expect(try socket.chains().count == 3)
      #expect(try socket.rules(table: "example", chain: "theirs").count == 1)
      let elements = try Self.sets.flatMap { try socket.elements(of: $0.name, in: Self.table) }
      #expect(elements.isEmpty)
    }
  }

  private func install() throws -> NftablesSocket {
    var socket = try NftablesSocket.open()
    try socket.transact { batch throws(NetlinkError) in
      batch.create(Self.table)
      batch.fill(Self.table)
      batch.add(Self.elements, to: [Self.table])
    }
    return socket
  }
}

enum NftablesSupport {
  /// Whether the kernel takes a table from nft.
  static let isComplete: Bool =
    (try? withNamespace { _ in try run("nft", "add table inet example").status == 0 }) ?? false
}
