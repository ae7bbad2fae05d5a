import Firewall
import KernelModel
import KernelTestSupport
import LinuxSystem
import Netlink
import Testing

/// Rules are told apart, not only counted.
@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct RulesetComparisonTests {
  @Test func rulesOfItsOwnAreRecognised() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      for elements in [[], sampleElements] {
        try firewall.install(elements: elements)
        #expect(try firewall.observedFirewall().isInstalled)
      }
      for change in [
        "add rule inet netctl admin tcp dport { 22, 25 } counter drop",
        "add chain inet netctl mine", "add rule inet netctl mine tcp dport { 1, 2 } accept",
        "add rule inet netctl admin jump mine",
      ] {
        try expectSuccess("nft", change)
        #expect(try firewall.observedFirewall().isInstalled, "\(change)")
      }

      try firewall.install(elements: sampleElements)

      #expect(try firewall.observedFirewall().isInstalled)
      #expect(try run("nft", "list", "chain", "inet", "netctl", "mine").output.contains("accept"))
    }
  }

  @Test func ruleInThePlaceOfAnotherIsNotTakenForIt() throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      var count = 0
      for place in try rules().indices {
        let rule = try rules()[place]
        let change = "replace rule \(rule.place) counter return"
        try expectSuccess("nft", change)

        #expect(try !firewall.observedFirewall().isInstalled, "\(rule)")

        try firewall.install(elements: [])
        #expect(try firewall.observedFirewall().isInstalled)
        count += 1
      }
      #expect(count > 80)
    }
  }

  /// A rule of which something small is different, found by a part of its text.
  @Test(arguments: [
    ("masq masquerade", "meta nfproto . iifname @masq accept"),
    ("iifname @internal return", "oifname @internal return"),
    ("iifname != @outgoing drop", "iifname != @bridges drop"),
    ("nfproto ipv6 goto published6", "meta nfproto ipv4 goto published6"),
    ("established,related accept", "ct state established accept"),
    ("oifname != @bridges drop", "meta nfproto @closed iifname != @bridges oifname @bridges drop"),
    ("fib daddr type local jump arriving", "fib saddr type local jump arriving"),
    ("ct status dnat accept", "ct status snat accept"),
    ("ip to iifname map @snat4", "snat ip to iifname map @snat4 random"),
    ("oifname @allow accept", "iifname . oifname @own accept"),
    ("icmp", "meta l4proto { icmp, tcp } accept"),
    ("127.0.0.0/8 return", "ip daddr 126.0.0.0/8 return"),
  ])
  func ruleThatDiffersALittleIsNotTakenForIt(_ part: String, _ other: String) throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      let rules = try rules()
      let rule = try #require(rules.first { $0.text.contains(part) }, "\(rules)")
      let other = other.replacing("@own", with: "@self")
      try expectSuccess(
        "nft", "replace rule \(rule.place) \(other)")
      let count = try firewall.installedVersion()

      #expect(count == Ruleset().version)
      #expect(try !firewall.observedFirewall().isInstalled)
    }
  }

  @Test(arguments: [
    "add chain inet netctl forward { policy drop; }", "add table inet netctl { flags dormant; }",
  ])
  func tableThatDoesSomethingElseIsNotTakenForWhole(_ change: String) throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: sampleElements)
      let whole = try listing()
      try expectSuccess("nft", change)

      #expect(try !firewall.observedFirewall().isInstalled)

      try firewall.install(elements: sampleElements)
      #expect(try firewall.observedFirewall().isInstalled)
      #expect(
        try listing().split(separator: "\n").sorted() == whole.split(separator: "\n").sorted())
    }
  }

  private struct Rule {
    let family: String
    let chain: String
    let handle: String
    let text: String

    var place: String { "\(family) netctl \(chain) handle \(handle)" }
  }

  /// netctl's rules as nft lists them.
  private func rules() throws -> [Rule] {
    var (family, chain, rules) = ("", "", [Rule]())
    let listing = try run("nft", "-a", "list", "ruleset").output
    for line in listing.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      if words.first == "table" { family = words[1] }
      if words.first == "chain" { chain = words[1] }
      guard !chain.isEmpty, chain != "admin", line.hasPrefix("\t\t"), words.count > 2,
        words[words.count - 2] == "handle"
      else { continue }
      rules.append(
        Rule(
          family: family, chain: chain, handle: words[words.count - 1],
          text: words.dropLast(3).joined(separator: " ")))
    }
    return rules
  }
}
