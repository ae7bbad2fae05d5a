import KernelTestSupport
import LinuxSystem
import Netlink
import Nftables
import Testing

/// Rules as text, beside what nft lists for the rulesets of Docker, ufw, firewalld and libvirt.
@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct RuleTextTests {
  private static let fixtures = "\(#filePath.dropLast("RuleTextTests.swift".count))Fixtures/"

  @Test(
    "rules read as nft lists them",
    arguments: [
      ["nft -f docker.nft"], ["nft -f firewalld.nft"], ["nft -f others.nft"],
      ["iptables-nft-restore docker.iptables"],
      ["ip6tables-nft-restore docker.ip6tables"], ["iptables-nft-restore others.iptables"],
    ])
  func rulesReadAsNftListsThem(_ commands: [String]) throws {
    try withNamespace { _ in
      for command in commands {
        let result = try run("sh", "-c", "cd '\(Self.fixtures)' && \(command)")
        try #require(result.status == 0, "\(result.output)")
      }
      let listed = try Self.listedRules()
      let printed = try Self.printedRules()

      try #require(!listed.isEmpty)
      #expect(printed.count == listed.count)
      for (printed, listed) in zip(printed, listed) { #expect(printed == listed) }
    }
  }

  @Test func whatIsNotKnownIsMarked() throws {
    try withNamespace { _ in
      let script = """
        add table inet t
        add chain inet t c
        add rule inet t c tcp option maxseg size 1 quota 5 mbytes drop
        """
      try #require(try run("nft", "-f", "-", input: script).status == 0)

      let rules = try Self.printedRules()

      #expect(rules.count == 1)
      #expect(rules.first?.contains("…") == true)
      #expect(rules.first?.hasSuffix("drop") == true)
    }
  }

  /// The rules in nft's order, without counters and comments.
  private static func listedRules() throws -> [String] {
    let lines = try run("nft", "-s", "list", "ruleset").output.split(separator: "\n")
      .map { $0.trimmingTabs }
    let structure = ["table ", "chain ", "set ", "map ", "type ", "elements ", "flags ", "#", "}"]
    var isInElements = false
    return lines.filter { line in
      if line.hasPrefix("elements = ") || line.hasPrefix("policy ") { isInElements = true }
      defer { if line.hasSuffix("}") { isInElements = false } }
      let isRule = !structure.contains { line.hasPrefix($0) } && !line.isEmpty
      return isRule && !(isInElements && !line.contains(" drop"))
    }.map { line in
      line.replacing(" counter", with: "").replacing("counter ", with: "")
        .replacing(#/ comment ".*"$/#, with: "")
    }
  }

  private static func printedRules() throws -> [String] {
    var socket = try NftablesSocket.open()
    var texts: [String] = []
    for chain in try socket.chains() {
      let rules = try socket.rules(ofFamily: chain.family, table: chain.table, chain: chain.name)
      for rule in rules {
        var sets: [String: [SetMember]] = [:]
        for set in rule.anonymousSets {
          sets[set] = try socket.members(ofFamily: chain.family, set: set, table: chain.table)
        }
        texts.append(
          rule.text(
            in: RuleContext(
              family: chain.family, linkName: { _ in nil }, members: { sets[$0] ?? [] })))
      }
    }
    return texts
  }
}

extension Substring {
  fileprivate var trimmingTabs: String { String(drop { $0 == "\t" || $0 == " " }) }
}
