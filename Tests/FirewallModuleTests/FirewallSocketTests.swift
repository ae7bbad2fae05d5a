import Addressing
import Firewall
import KernelModel
import KernelTestSupport
import LinuxSystem
import Netlink
import PacketTrace
import Testing

@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct FirewallSocketTests {
  @Test func emptyTableIsListedLikeTheReference() throws {
    let reference = try withNamespace { _ in
      try expectSuccess("nft", "-f", fixture("netctl.nft"))
      return try listing()
    }

    let installed = try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      return try listing()
    }

    #expect(installed == reference)
  }

  @Test func expressionsAreThoseOfTheReference() throws {
    let reference = try withNamespace { _ in
      try expectSuccess("nft", "-f", fixture("netctl.nft"))
      return try expressions()
    }

    let installed = try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      return try expressions()
    }

    #expect(installed == reference)
  }

  /// A trace says why netctl dropped a packet by the name of the chain.
  @Test func everyChainThatDropsHasAPurpose() throws {
    let tables = try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      return try listing()
    }

    var (chain, dropping): (String, Set<String>) = ("", [])
    for words in tables.split(separator: "\n").map({ $0.split(separator: " ") }) {
      if words.first?.hasSuffix("chain") == true, words.count > 1 { chain = String(words[1]) }
      if words.last == "drop" || words.contains("@ingress") { dropping.insert(chain) }
    }
    #expect(dropping.isSuperset(of: ["within", "sources", "unpublished", "siblings", "neighbors"]))
    for chain in dropping {
      let step = RuleStep(
        time: 0, side: .host, direction: .probe, family: "inet", table: "netctl", chain: chain,
        hook: nil, handle: 1, isPolicy: false, verdict: .drop)
      #expect(NetctlRulePurpose(step) != nil, "\(chain)")
    }
  }

  @Test func elementsAreListedLikeTheReference() throws {
    let reference = try withNamespace { _ in
      try expectSuccess("nft", "-f", fixture("netctl.nft"))
      try expectSuccess("nft", "-f", fixture("elements.nft"))
      return try listing()
    }

    let installed = try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      return try listing()
    }
    let updated = try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      try firewall.update(adding: sampleElements, removing: [])
      return try listing()
    }

    #expect(installed == reference)
    #expect(updated == reference)
  }

  @Test func versionIsKnownOnlyAfterInstallation() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      #expect(try firewall.installedVersion() == nil)

      try firewall.install(elements: [])

      #expect(try firewall.installedVersion() == Ruleset().version)
    }
  }

  @Test func installationReplacesAllElements() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      let few = [FirewallElement.bridge(name("br-new")), .noTransit(.ipv4)]

      try firewall.install(elements: few)

      let rebuilt = try sets()
      try firewall.deleteTables()
      try firewall.install(elements: few)
      #expect(try sets() == rebuilt)
    }
  }

  @Test func rebuiltTableHasTheSameChains() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      let chains = try chains()

      try firewall.install(elements: sampleElements)

      #expect(try self.chains() == chains)
      #expect(try firewall.installedVersion() == Ruleset().version)
    }
  }

  @Test func administratorsChainOutlivesARebuild() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      #expect(try firewall.adminChainIsEmpty())
      try expectSuccess(
        "nft", "add rule inet netctl admin iifname @bridges tcp dport { 22, 25 } counter drop")

      try firewall.install(elements: sampleElements)

      #expect(try !firewall.adminChainIsEmpty())
      let admin = try run("nft", "-s", "list", "chain", "inet", "netctl", "admin").output
      #expect(admin.contains("iifname @bridges tcp dport { 22, 25 } counter drop"))
    }
  }

  @Test func flushedTableIsNotTakenForWhole() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      let whole = try listing()
      try expectSuccess("nft", "flush table inet netctl")
      #expect(try firewall.installedVersion() == nil)

      try firewall.install(elements: sampleElements)

      #expect(try firewall.installedVersion() == Ruleset().version)
      #expect(
        try listing().split(separator: "\n").sorted() == whole.split(separator: "\n").sorted())
    }
  }

  @Test(arguments: ["inet", "bridge", "arp"])
  func missingOrDormantTableIsNotTakenForWhole(_ family: String) throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      let whole = try listing().split(separator: "\n").sorted()
      for change in [
        "delete table \(family) netctl", "add table \(family) netctl { flags dormant; }",
      ] {
        try expectSuccess("nft", change)
        #expect(try firewall.installedVersion() == nil)
        #expect(try !firewall.observedFirewall().isInstalled)

        try firewall.install(elements: sampleElements)

        #expect(try firewall.installedVersion() == Ruleset().version)
        #expect(try listing().split(separator: "\n").sorted() == whole)
      }
    }
  }

  @Test func changedChainIsNotTakenForWhole() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      var (family, chains) = (Substring(), [(Substring, Substring)]())
      for words in try listing().split(separator: "\n").map({ $0.split(separator: " ") }) {
        if words.first == "table" { family = words[1] }
        if words.first == "\tchain" { chains.append((family, words[1])) }
      }
      #expect(chains.count == 41)
      for (family, chain) in chains where chain != "admin" {
        let place = "\(family) netctl \(chain)"
        for change in ["flush chain \(place)", "add rule \(place) accept"] {
          try expectSuccess("nft", change)

          #expect(try firewall.installedVersion() == nil, "\(change)")

          try firewall.install(elements: sampleElements)
          #expect(try firewall.installedVersion() == Ruleset().version)
        }
      }
    }
  }

  @Test func bridgesAreSeenAsLongAsThereAreAny() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      #expect(try !firewall.hasBridges())

      try expectSuccess("nft", "add element inet netctl bridges { br-someone }")
      #expect(try firewall.hasBridges())

      try expectSuccess("nft", "delete element inet netctl bridges { br-someone }")
      #expect(try !firewall.hasBridges())
    }
  }

  @Test func tableThatTheAdministratorPreparedIsCompleted() throws {
    try withNamespace { _ in
      try expectSuccess(
        "nft", "table inet netctl { chain admin { tcp dport 22 drop; }; }")
      var firewall = try FirewallSocket.open()
      #expect(try firewall.installedVersion() == nil)

      try firewall.install(elements: sampleElements)

      #expect(try firewall.installedVersion() == Ruleset().version)
      #expect(try !firewall.adminChainIsEmpty())
      let listed = try listing()
      #expect(listed.contains("tcp dport 22 drop"))
      #expect(listed.contains("172.17.0.2 . 80"))
    }
  }

  @Test func staleTableLosesItsOldRules() throws {
    try withNamespace { _ in
      try expectSuccess("nft", "-f", fixture("stale.nft"))
      var firewall = try FirewallSocket.open()
      #expect(try firewall.installedVersion() != Ruleset().version)

      try firewall.install(elements: [])

      #expect(try firewall.installedVersion() == Ruleset().version)
      let listed = try listing()
      #expect(!listed.contains("203.0.113."))
      #expect(!listed.contains("br-old"))
      #expect(listed.contains("type filter hook forward priority filter; policy accept;"))
    }
  }

  @Test func updateRemovesAndAddsAtOnce() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      let moved = published(port: 8080, to: "172.17.0.9")
      try firewall.install(elements: [.bridge(name("br0")), published(port: 8080)])

      try firewall.update(
        adding: [.bridge(name("br1")), moved],
        removing: [.bridge(name("br0")), published(port: 8080)])

      let listed = try listing()
      #expect(listed.contains(#"elements = { "br1" }"#))
      #expect(listed.contains("tcp . 8080 : 172.17.0.9 . 80"))
      #expect(!listed.contains("172.17.0.2"))
    }
  }

  @Test func updateIsIdempotent() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])

      try firewall.update(adding: sampleElements, removing: [])
      let once = try listing()
      try firewall.update(adding: sampleElements + sampleElements, removing: [])
      let twice = try listing()
      try firewall.update(adding: [], removing: sampleElements)
      try firewall.update(adding: [], removing: sampleElements + sampleElements)

      #expect(once == twice)
      #expect(try !listing().contains("elements"))
    }
  }

  @Test func takenPortFailsTheWholeUpdate() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [published(port: 8080)])
      let before = try listing()

      let error = #expect(throws: NetlinkError.self) {
        try firewall.update(
          adding: [.bridge(name("br0")), published(port: 8080, to: "172.17.0.9")], removing: [])
      }

      #expect(error?.errno == .fileExists)
      #expect(try listing() == before)
    }
  }

  @Test func removalOfAPortThatAnotherHasLeavesIt() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [
        published(port: 8080), published(port: 8081), .ingress(.ipv4, name("br0"), .accept),
      ])

      try firewall.update(
        adding: [.bridge(name("br0"))],
        removing: [
          published(port: 8080, to: "172.17.0.9"), published(port: 8081),
          .ingress(.ipv4, name("br0"), .drop),
        ])

      let listed = try listing()
      #expect(listed.contains("tcp . 8080 : 172.17.0.2 . 80"))
      #expect(!listed.contains("8081"))
      #expect(listed.contains(#"ipv4 . "br0" : accept"#))
      #expect(listed.contains(#"elements = { "br0" }"#))
    }
  }

  @Test func familiesOfAPublishedPortMustAgree() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()

      let error = #expect(throws: NetlinkError.self) {
        try firewall.install(elements: [published(port: 80, to: "fd00::2")])
      }

      #expect(error?.errno == .addressFamilyNotSupported)
    }
  }

  @Test func updateWithoutATableIsRefused() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()

      let error = #expect(throws: NetlinkError.self) {
        try firewall.update(adding: [.bridge(name("br0"))], removing: [])
      }

      #expect(error?.errno == .noSuchFileOrDirectory)
      #expect(error?.batchIndex == 0)
    }
  }

  @Test func tenThousandElementsFitOneTransaction() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      let ports = (1...10_000).map { published(port: UInt16($0)) }
      let openPorts = (1...10_000).map {
        FirewallElement.openPort(address("fd00::2"), .udp, port: UInt16($0))
      }

      try firewall.install(elements: ports)
      #expect(try run("nft", "list", "map", "inet", "netctl", "dnat4any").output.contains("10000"))

      try firewall.update(adding: openPorts, removing: ports)
      #expect(
        try !run("nft", "list", "map", "inet", "netctl", "dnat4any").output.contains("elements"))
      let open = try run("nft", "list", "set", "inet", "netctl", "open6").output
      #expect(open.split(separator: "fd00::2").count == 10_001)

      try firewall.install(elements: ports)
      #expect(
        try !run("nft", "list", "set", "inet", "netctl", "open6").output.contains("elements"))
    }
  }

  @Test func deletedTableIsGone() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)

      try firewall.deleteTables()
      try firewall.deleteTables()

      #expect(try run("nft", "list", "ruleset").output == "")
    }
  }

  private func chains() throws -> [String] {
    try listing().split(separator: "\tchain ").dropFirst()
      .map { $0.split(separator: "\n").prefix { $0 != "\t}" }.joined(separator: "\n") }
      .sorted()
  }

  private func sets() throws -> String {
    try listing().split(separator: "\tchain ").first.map(String.init) ?? ""
  }

  private func expressions() throws -> [String] {
    try run("nft", "--debug=netlink", "list", "ruleset").output
      .split(separator: "\n").map(String.init).filter { $0.hasPrefix("  [ ") }
  }
}

let sampleElements: [FirewallElement] = [
  .bridge(name("br0")), .bridge(name("br-0123456789ab")),
  .internal(name("br0")),
  .external(name("br-0123456789ab")),
  .masquerade(.ipv4, name("br0")), .masquerade(.ipv6, name("br0")),
  .routed(.ipv6, name("br-0123456789ab")),
  .intraNetwork(name("br0")), .intraNetwork(name("br-0123456789ab")),
  .interContainer(name("br0")),
  .trusted(host: name("eth0"), bridge: name("br0")),
  .ingress(.ipv4, name("br0"), .drop), .ingress(.ipv6, name("br0"), .accept),
  .gateway(address("172.17.0.1")), .gateway(address("fd00::1")),
  .sourceAddress(bridge: name("br0"), address("198.51.100.7")),
  .sourceAddress(bridge: name("br0"), address("2001:db8::7")),
  published(port: 8080), published(port: 53, .udp), published(port: 5060, .sctp),
  .published(
    host: address("127.0.0.1"), .tcp, port: 443, to: address("172.17.0.2"), containerPort: 8443),
  .published(host: address("::"), .tcp, port: 443, to: address("fd00::2"), containerPort: 8443),
  .published(host: address("::1"), .udp, port: 53, to: address("fd00::2"), containerPort: 5353),
  .openPort(address("172.17.0.2"), .tcp, port: 80), .openPort(address("fd00::2"), .udp, port: 53),
  .noTransit(.ipv4), .noTransit(.ipv6),
  .validSource(bridge: name("br0"), hardware, address("172.17.0.2")),
  .validSource(bridge: name("br-0123456789ab"), hardware, address("fd00::2")),
  .fastPathSource(bridge: name("br0"), address("172.17.0.2")),
  .fastPathSource(bridge: name("br-0123456789ab"), address("fd00::2")),
  .exclusiveSource(address("172.17.0.2")), .exclusiveSource(address("fd00::2")),
  .router(bridge: name("br0"), hardware),
  .strictBridge(name("br0")),
  .neighborSolicitation(bridge: name("br0"), hardware, address("fd00::2")),
  .neighborBinding(bridge: name("br0"), hardware, address("172.17.0.2")),
  .neighborBinding(bridge: name("br0"), hardware, address("fd00::2")),
  .protectedNeighbor(address("172.17.0.2")), .protectedNeighbor(address("fd00::2")),
  .port(name("veth1")),
  .strictPort(name("veth1")),
  .portAddress(port: name("veth1"), address("172.17.0.2")),
  .portAddress(port: name("veth1"), address("fd00::2")),
  .protectedAddress(address("172.17.0.1")), .protectedAddress(address("fd00::1")),
  .portTarget(port: name("veth1"), address("fd00::2")),
  .protectedTarget(address("fd00::1")),
  .tunnelPort(4789), .tunnelHost(address("10.77.0.2")), .tunnelHost(address("10.77.0.3")),
  .tunnelHost(address("fd77::2")),
]

private let hardware = MACAddress("02:42:ac:11:00:02")!

private func published(
  port: UInt16, _ transport: Transport = .tcp, to target: String = "172.17.0.2"
) -> FirewallElement {
  .published(
    host: address("0.0.0.0"), transport, port: port, to: address(target), containerPort: 80)
}

private func name(_ text: String) -> InterfaceName { try! InterfaceName(text) }

private func address(_ text: String) -> IPAddress { try! IPAddress(parsing: text) }

func listing() throws -> String {
  let result = try run("nft", "-s", "list", "ruleset")
  #expect(result.status == 0, "nft: \(result)")
  // nft takes numbers of interfaces, but prints the names of those that there are: netctl's own say
  // that they are plain numbers, so that what nft printed can be read by it elsewhere.
  return result.output.split(separator: "\n").map { line in
    guard line.contains("meta iifkind") else { return String(line) }
    return line.split(separator: "{").map { $0.drop { $0 != "}" } }.joined()
  }.joined(separator: "\n")
}

func expectSuccess(_ arguments: String...) throws {
  let result = try run(arguments)
  #expect(result.status == 0, "\(arguments): \(result.output)")
}

private func fixture(_ name: String) -> String {
  let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  return (folder + ["Fixtures", Substring(name)]).joined(separator: "/")
}

enum NftablesSupport {
  /// Whether the kernel takes the reference table from nft.
  static let isComplete: Bool =
    (try? withNamespace { _ in
      try run("nft", "-f", fixture("netctl.nft")).status == 0
    }) ?? false
}
