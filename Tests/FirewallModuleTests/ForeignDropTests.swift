import Addressing
import Firewall
import KernelModel
import KernelTestSupport
import LinuxSystem
import Testing

/// What is found in the way of containers in rulesets as others make them.
@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct ForeignDropTests {
  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let ruleset: String
    let found: [String]
  }

  static let rows = [
    Row(testDescription: "nothing else", ruleset: "", found: []),
    Row(
      testDescription: "Docker: policy drop",
      ruleset: """
        table ip filter {
          chain DOCKER-USER { }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump DOCKER-USER; }
          chain INPUT { type filter hook input priority 0; policy drop; }
        }
        """,
      found: ["ip filter FORWARD docker"]),
    Row(
      testDescription: "Docker, told of the bridge",
      ruleset: """
        table ip filter {
          chain DOCKER-USER { iifname "br-a" accept; oifname "br-a" accept; }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump DOCKER-USER; }
        }
        """,
      found: []),
    Row(
      testDescription: "Docker, told of all bridges",
      ruleset: """
        table ip filter {
          chain DOCKER-USER { iifname "br-*" accept; }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump DOCKER-USER; }
        }
        """,
      found: []),
    Row(
      testDescription: "Docker, told of another bridge",
      ruleset: """
        table ip filter {
          chain DOCKER-USER { iifname "br-ab" accept; oifname != "br-a" accept; }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump DOCKER-USER; }
        }
        """,
      found: ["ip filter FORWARD docker"]),
    Row(
      testDescription: "ufw: both families",
      ruleset: """
        table ip filter {
          chain ufw-before-forward { ct state related,established accept; }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump ufw-before-forward; }
        }
        table ip6 filter {
          chain ufw6-before-forward { ct state related,established accept; }
          chain FORWARD { type filter hook forward priority 0; policy drop; jump ufw6-before-forward; }
        }
        """,
      found: ["ip filter FORWARD ufw", "ip6 filter FORWARD ufw"]),
    Row(
      testDescription: "firewalld: policy accept and a last reject",
      ruleset: """
        table inet firewalld {
          chain filter_FORWARD {
            type filter hook forward priority filter + 10; policy accept;
            ct state { established, related } accept
            ct status dnat accept
            iifname "lo" accept
            ct state invalid drop
            reject with icmpx admin-prohibited
          }
        }
        """,
      found: ["inet firewalld filter_FORWARD firewalld"]),
    Row(
      testDescription: "podman: nothing dropped for all",
      ruleset: """
        table inet netavark {
          chain FORWARD {
            type filter hook forward priority filter; policy accept;
            ct state invalid drop
            ip daddr 10.88.0.0/16 ct state established,related accept
          }
        }
        """,
      found: []),
    Row(
      testDescription: "a last drop that is counted and logged, at another hook",
      ruleset: """
        table inet site {
          chain early {
            type filter hook prerouting priority raw; policy accept;
            iifname "lo" accept
            log prefix "gone" counter drop
          }
          chain unhooked { drop; }
          chain addresses { type nat hook postrouting priority srcnat; policy accept; }
        }
        """,
      found: ["inet site early administrator"]),
  ]

  @Test(arguments: rows)
  func chainsThatDropAreFound(_ row: Row) throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      let loaded = try run("nft", "-f", "-", input: row.ruleset)
      #expect(loaded.status == 0, "\(loaded.output)")

      let drops = try firewall.foreignDrops(excludingTablesThatName: InterfaceName("br-a"))

      #expect(drops.map { "\($0.family) \($0.table) \($0.chain) \($0.manager)" } == row.found)
    }
  }

  /// As firewalld 1.3 has them: without and with the uplink in the zone.
  @Test(
    "zones that accept what goes out by an interface of theirs are no drops",
    arguments: [
      ("", false), (#"oifname "up0" accept"#, true), (#"oifname "up1" accept"#, false),
      (#"oifname != "up0" accept"#, false), (#"oifname != "up1" accept"#, true),
      (#"iifname "br-*" oifname "up0" counter accept"#, true),
      (#"oifname "up0" tcp dport 80 accept"#, false), (#"oifname "up0" return"#, false),
      (#"iifname "br-a" drop; oifname "up0" accept"#, false),
      (#"goto filter_FWD_other; oifname "up0" accept"#, false),
    ])
  func zonesThatAccept(_ rules: String, _ isAccepted: Bool) throws {
    try withNamespace { _ in
      var firewall = try FirewallSocket.open()
      try firewall.install(elements: [])
      let ruleset = """
        table inet firewalld {
          chain filter_FORWARD {
            type filter hook forward priority filter + 10; policy accept;
            ct state established,related accept
            jump filter_FORWARD_ZONES
            reject with icmpx admin-prohibited
          }
          chain filter_FORWARD_ZONES { goto filter_FWD_public; }
          chain filter_FWD_public {
            jump filter_FWD_public_allow
            reject with icmpx admin-prohibited
          }
          chain filter_FWD_public_allow { \(rules); }
          chain filter_FWD_other { }
        }
        """
      let loaded = try run("nft", "-f", "-", input: ruleset)
      try #require(loaded.status == 0, "\(loaded.output)")
      let bridge = InterfaceName("br-a")
      let drop = try #require(
        try firewall.foreignDrops(
          excludingTablesThatName: rules.contains("br-") ? InterfaceName("other") : bridge
        ).first)

      let found = try firewall.accepts(drop, from: bridge, to: InterfaceName("up0"))

      #expect(found == isAccepted)
    }
  }
}
