import Addressing
import KernelModel
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Routes and rules of others, as a VPN makes them.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct ForeignRouteTests {
  @Test(arguments: [
    ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"],
    ["172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
  ])
  func routeOfEverythingKeepsNoNetworkFromItsSubnet(_ routes: [String]) throws {
    try withTunnel { (lab) throws in
      for route in routes { try lab.host.run("ip", "route", "add", route, "dev", "tun0") }

      try lab.create("n") { $0.ipv6 = true }

      #expect(try subnets(of: "bridge", lab) == ["172.17.0.0/16"])
      #expect(try subnets(of: "n", lab).first == "172.18.0.0/16")
      #expect(lab.service.notices.isEmpty)
    }
  }

  @Test func nothingButAnAutomaticSubnetNeedsAFreePool() throws {
    try withTunnel { (lab) throws in
      let pools = [
        "172.17.0.0/16", "172.18.0.0/16", "172.19.0.0/16", "172.20.0.0/14", "172.24.0.0/14",
        "172.28.0.0/14",
      ]
      // One of two halves fills a pool as well.
      let routes = pools + ["192.168.0.0/17", "192.168.128.0/17"]
      for route in routes { try lab.host.run("ip", "route", "add", route, "dev", "tun0") }
      let service = lab.service

      let names = try ["bridge", "host", "none"].map { try service.inspect($0).network.name }

      #expect(names == ["bridge", "host", "none"])
      #expect(try subnets(of: "bridge", lab) == ["172.17.0.0/16"])
      guard case .defaultNetworkRouted(_, let named)? = service.notices.first else {
        Issue.record("\(service.notices)")
        return
      }
      #expect(named.map(\.description).contains("172.17.0.0/16"))
      let error = #expect(throws: ServiceError.self) { try lab.create("n") }
      guard case .definition(.poolsExhausted(let inTheWay, _)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(inTheWay.map(\.description).contains("192.168.0.0/17"))
      try lab.create("chosen") { $0.subnets = ["10.9.0.0/24"] }
    }
  }

  @Test func subnetsOfTablesThatRulesLeadToAreAvoided() throws {
    try withTunnel { (lab) throws in
      _ = try lab.service.networks()
      for arguments in [
        ["rule", "add", "pref", "5270", "lookup", "52"],
        ["rule", "add", "fwmark", "0x10/0xff", "lookup", "70000"],
        ["route", "add", "172.18.0.0/16", "dev", "tun0", "table", "52"],
        ["route", "add", "172.19.4.0/24", "via", "10.8.0.1", "dev", "tun0", "table", "70000"],
        ["route", "add", "default", "dev", "tun0", "table", "52"],
        // No rule leads there.
        ["route", "add", "172.20.0.0/16", "dev", "tun0", "table", "53"],
      ] { try lab.host.run(["ip"] + arguments) }

      try lab.create("n")

      #expect(try subnets(of: "n", lab) == ["172.20.0.0/16"])
    }
  }

  @Test(arguments: [
    [
      ["rule", "add", "to", "172.18.0.0/15", "table", "53"],
      ["route", "add", "172.18.0.0/15", "dev", "tun0", "table", "53"],
    ],
    [
      ["rule", "add", "to", "172.18.0.0/15", "table", "53"],
      ["route", "add", "default", "dev", "tun0", "table", "53"],
    ],
    [["rule", "add", "to", "172.18.0.0/15", "unreachable"]],
  ])
  func subnetsThatRulesNameAreAvoided(_ commands: [[String]]) throws {
    try withTunnel { (lab) throws in
      _ = try lab.service.networks()
      for command in commands { try lab.host.run(["ip"] + command) }

      try lab.create("n")

      #expect(try subnets(of: "n", lab) == ["172.20.0.0/16"])
    }
  }

  /// Networks that the host is on, which cover all pools.
  static let networks =
    (17...31).map { "172.\($0).0.10/16" } + ["192.168.0.10/17", "192.168.128.10/17"]

  @Test func networkBridgeTakesOverNoNetworkOfTheHosts() throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      for address in Self.networks { try lab.host.run("ip", "addr", "add", address, "dev", "tun0") }

      let error = #expect(throws: ServiceError.self) { try lab.connect("bridge", container) }

      guard case .definition(.poolsExhausted(let routes, _)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(routes.map(\.description) == ["172.17.0.0/16"])
      #expect(try lab.linkNames().contains("docker0") == false)
      #expect(try lab.host.run("ip", "route", "get", "172.17.0.1").contains("dev tun0"))
      #expect(try lab.endpoint("bridge") == nil)
    }
  }

  @Test func networkBridgeGetsItsSubnetOnceOneIsFree() throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      for address in Self.networks { try lab.host.run("ip", "addr", "add", address, "dev", "tun0") }
      _ = try lab.service.networks()
      try lab.host.run("ip", "addr", "del", "172.20.0.10/16", "dev", "tun0")

      try lab.connect("bridge", container)

      #expect(try subnets(of: "bridge", lab) == ["172.20.0.0/16"])
      #expect(try lab.host.run("ip", "-br", "addr", "show", "docker0").contains("172.20.0.1/16"))
    }
  }

  @Test func partsOfTheSubnetAreNoReasonToRefuseIt() throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      let blocks = (17...31).map { "172.\($0).9.0/24" }
      for block in blocks + ["192.168.0.0/17", "192.168.128.0/17"] {
        try lab.host.run("ip", "route", "add", block, "dev", "tun0")
      }

      try lab.connect("bridge", container)

      #expect(try subnets(of: "bridge", lab) == ["172.17.0.0/16"])
    }
  }

  @Test func networkBridgeLeavesANetworkThatTheHostHasJoined() throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      _ = try lab.service.networks()
      try lab.host.run("ip", "addr", "add", "172.17.0.10/24", "dev", "tun0")

      try lab.connect("bridge", container)

      #expect(try subnets(of: "bridge", lab) == ["172.18.0.0/16"])
    }
  }

  @Test func networkBridgeStaysUnderAWideRoute() throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      for route in ["0.0.0.0/1", "128.0.0.0/1", "172.16.0.0/12"] {
        try lab.host.run("ip", "route", "add", route, "dev", "tun0")
      }

      try lab.connect("bridge", container)

      #expect(try lab.host.run("ip", "-br", "addr", "show", "docker0").contains("172.17.0.1/16"))
    }
  }

  @Test func subnetsToWhichTheHostRejectsPacketsAreAvoided() throws {
    try withTunnel { (lab) throws in
      _ = try lab.service.networks()
      let routes = [
        ["blackhole", "172.18.0.0/16"], ["unreachable", "172.19.4.0/24"],
        ["prohibit", "172.20.0.0/16"],
        // A network's own route is longer than these.
        ["blackhole", "172.16.0.0/12"], ["unreachable", "default", "metric", "9"],
        ["blackhole", "192.168.0.0/16"],
      ]
      for route in routes { try lab.host.run(["ip", "route", "add"] + route) }

      try lab.create("n")

      #expect(try subnets(of: "n", lab) == ["172.21.0.0/16"])
    }
  }

  @Test func ipv6SubnetsOfOtherTablesAreAvoided() throws {
    try withTunnel { (lab) throws in
      try lab.create("first") { $0.ipv6 = true }
      let first = try #require(try subnets(of: "first", lab).last)
      let taken = try #require(
        try IPPrefix(parsing: first).last.advanced(by: 1).flatMap {
          IPPrefix(address: $0, length: 64)
        })
      try lab.host.run("ip", "-6", "rule", "add", "pref", "5270", "lookup", "52")
      try lab.host.run("ip", "route", "add", "\(taken)", "dev", "tun0", "table", "52")

      try lab.create("n") { $0.ipv6 = true }

      let subnet = try #require(try subnets(of: "n", lab).last)
      #expect(subnet != "\(taken)" && subnet != first)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let commands: [[String]]
    let target: String
    let link: String?
  }

  static let rule = [["rule", "add", "pref", "5270", "lookup", "52"]]
  static let rule6 = [["-6", "rule", "add", "pref", "5270", "lookup", "52"]]

  static let cases = [
    Case(
      testDescription: "whole subnet",
      commands: rule + [["route", "add", "10.9.0.0/24", "dev", "tun0", "table", "52"]],
      target: "10.9.0.0/24", link: "tun0"),
    Case(
      testDescription: "everything",
      commands: rule + [["route", "add", "default", "dev", "tun0", "table", "52"]],
      target: "10.9.0.0/24", link: "tun0"),
    Case(
      testDescription: "part",
      commands: [["route", "add", "10.9.0.64/26", "dev", "tun0"]],
      target: "10.9.0.64/26", link: "tun0"),
    Case(
      testDescription: "container", commands: [["route", "add", "10.9.0.2", "dev", "tun0"]],
      target: "container", link: "tun0"),
    Case(
      testDescription: "address of the host",
      commands: [["addr", "add", "10.9.0.2/32", "dev", "lo"]],
      target: "container", link: "lo"),
    Case(
      testDescription: "black hole",
      commands: rule + [["route", "add", "blackhole", "10.9.0.0/24", "table", "52"]],
      target: "10.9.0.0/24", link: nil),
    Case(
      testDescription: "IPv6",
      commands: rule6 + [["route", "add", "fd09::/64", "dev", "tun0", "table", "52"]],
      target: "fd09::/64", link: "tun0"),
    Case(
      testDescription: "IPv6 unreachable",
      commands: [["-6", "rule", "add", "pref", "5250", "to", "fd09::/64", "unreachable"]],
      target: "fd09::/64", link: nil),
  ]

  @Test(arguments: cases)
  func verificationSaysWhereElsePacketsGo(_ diverted: Case) throws {
    try withTunnel { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }
      try lab.connect("n", container)
      let before = try diversions(lab)
      for command in diverted.commands { try lab.host.run(["ip"] + command) }

      let found = try diversions(lab)

      #expect(before.isEmpty)
      let expected = found.first { diversion in
        switch diversion.target {
        case .subnet(let subnet): subnet.description == diverted.target
        case .container: diverted.target == "container"
        }
      }
      #expect(expected != nil, "\(found)")
      #expect(expected?.link?.description == diverted.link)
    }
  }

  private func diversions(_ lab: Lab) throws -> [Diversion] {
    try lab.service.verify([]).findings.compactMap { finding in
      if case .diversion(let diversion, network: "n") = finding { diversion } else { nil }
    }
  }

  private func subnets(of network: String, _ lab: Lab) throws -> [String] {
    try lab.service.inspect(network).network.subnets.map(\.subnet.description)
  }

  /// A host with a link like a VPN's.
  private func withTunnel(_ body: (Lab) throws -> Void) throws {
    try withLab { (lab) throws in
      let far = try lab.makeNamespace()
      try lab.join(far, "tun0", ["10.8.0.2/24", "fd08::2/64"], ["10.8.0.1/24", "fd08::1/64"])
      try body(lab)
    }
  }
}
