import Addressing
import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import Testing

/// What a network is in the kernel, as libnl, `ip` and `nft` see it.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct NetworkRealisationTests {
  @Test func bridgeHasNameMarkAddressAndMTU() throws {
    try withLab { (lab) throws in
      let name = try lab.create("n") {
        $0.subnets = ["10.9.0.0/24"]
        $0.options = ["com.docker.network.driver.mtu": "1400"]
      }

      let bridge = try #require(ObservedLink(named: name))
      #expect(bridge.kind == "bridge")
      #expect(bridge.mtu == 1400)
      #expect(bridge.isUp)
      #expect(bridge.address == "02:42:0a:09:00:01")
      #expect(bridge.alias?.hasPrefix("netctl network \(name.dropFirst(3))") == true)
      let addresses = try lab.host.run("ip", "-o", "addr", "show", "dev", name)
      #expect(addresses.contains("inet 10.9.0.1/24 brd 10.9.0.255 scope global"))
      #expect(!addresses.contains("inet6"))
      #expect(try lab.sysctl("ipv4/ip_forward") == "1")
      #expect(try lab.sysctl("ipv6/conf/all/forwarding") == "0")
    }
  }

  @Test func dualStackBridgeUsesItsAddressAtOnce() throws {
    try withLab { (lab) throws in
      let name = try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }

      let addresses = try lab.host.run("ip", "-o", "addr", "show", "dev", name)
      #expect(addresses.contains("inet6 fd09::1/64 scope global nodad"))
      #expect(!addresses.contains("fd09::1/64 scope global tentative"))
      #expect(try lab.sysctl("ipv6/conf/\(name)/accept_ra") == "0")
      #expect(try lab.sysctl("ipv6/conf/all/forwarding") == "1")
    }
  }

  @Test func nothingIsLeft() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      for name in ["a", "b"] { try lab.create(name) { $0.ipv6 = true } }
      try lab.connect("a", container)
      try lab.connect("bridge", container)
      let tables = try lab.host.run("nft", "list", "tables").split(separator: "\n").sorted()
      #expect(tables == ["table arp netctl", "table bridge netctl", "table inet netctl"])
      try lab.disconnect("a", container)
      try lab.disconnect("bridge", container)

      var operation = try lab.service.pruneOperation { _ in true }
      while operation.next() {}

      #expect(operation.removed == ["a", "b"])

      #expect(try lab.linkNames() == ["lo"])
      #expect(try lab.host.run("nft", "list", "ruleset") == "")
      #expect(try lab.sysctl("ipv4/ip_forward") == "0")
      #expect(try lab.sysctl("ipv6/conf/all/forwarding") == "0")
      #expect(try container.run("ip", "-br", "link").split(separator: "\n").count == 1)
    }
  }

  @Test func rulesOfTheAdministratorsKeepTheTable() throws {
    try withLab { (lab) throws in
      try lab.create("n")
      try lab.host.run("nft", "add rule inet netctl admin tcp dport 7 drop")

      try lab.remove("n")

      #expect(try lab.host.run("nft", "list", "ruleset").contains("tcp dport 7 drop"))
      #expect(try lab.sysctl("ipv4/ip_forward") == "0")
    }
  }

  @Test func flushedRulesetIsRebuiltByTheNextConnection() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("a") { $0.ipv6 = true }
      try lab.create("b") { $0.isInternal = true }
      try lab.connect("a", container)
      let before = try lab.host.run("nft", "list", "table", "inet", "netctl")
      try lab.disconnect("a", container)
      try lab.host.run("nft", "flush", "ruleset")

      try lab.connect("a", container)

      #expect(try sorted(lab.host.run("nft", "list", "table", "inet", "netctl")) == sorted(before))
    }
  }

  @Test func foreignBridgeServesAndIsKept() throws {
    try withLab { (lab) throws in
      try lab.host.run("ip", "link", "add", "br0", "type", "bridge")
      try lab.host.run("ip", "addr", "add", "10.9.0.1/24", "dev", "br0")
      try lab.host.run("ip", "addr", "add", "10.8.0.1/24", "dev", "br0")
      let before = try lab.host.run("ip", "-4", "-o", "addr", "show", "dev", "br0")

      try lab.create("n") {
        $0.subnets = ["10.9.0.0/24"]
        $0.options = ["com.docker.network.bridge.name": "br0"]
      }
      #expect(ObservedLink(named: "br0")?.isUp == true)
      #expect(ObservedLink(named: "br0")?.alias == nil)
      try lab.remove("n")

      #expect(try lab.host.run("ip", "-4", "-o", "addr", "show", "dev", "br0") == before)
      #expect(try lab.linkNames() == ["br0", "lo"])
    }
  }

  @Test func foreignDefaultBridgeIsRefused() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.host.run("ip", "link", "add", "docker0", "type", "bridge")

      #expect(throws: ServiceError.self) { try lab.connect("bridge", container) }

      #expect(try lab.linkNames() == ["docker0", "lo"])
      #expect(ObservedLink(named: "docker0")?.isUp == false)
      #expect(try lab.host.run("nft", "list", "ruleset") == "")
    }
  }

  @Test func otherLinkOfTheChosenNameIsRefused() throws {
    try withLab { (lab) throws in
      try lab.host.run("ip", "link", "add", "br0", "type", "veth", "peer", "name", "br1")

      #expect(throws: ServiceError.self) {
        try lab.create("n") { $0.options = ["com.docker.network.bridge.name": "br0"] }
      }

      #expect(try lab.linkNames() == ["br0", "br1", "lo"])
      #expect(try lab.host.run("nft", "list", "ruleset") == "")
      #expect(try lab.sysctl("ipv4/ip_forward") == "0")
    }
  }

  @Test func nameOfSixteenBytesIsRefused() throws {
    try withLab { (lab) throws in
      #expect(throws: ServiceError.self) {
        try lab.create("n") {
          $0.options = ["com.docker.network.bridge.name": "sixteen-bytes-16"]
        }
      }
      #expect(try lab.linkNames() == ["lo"])
    }
  }

  @Test func automaticSubnetAvoidsWhatTheHostReaches() throws {
    try withLab { (lab) throws in
      try lab.host.run("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1")
      try lab.host.run("ip", "addr", "add", "172.18.3.4/20", "dev", "up0")
      try lab.host.run("ip", "link", "set", "up0", "up")

      try lab.create("n")

      let subnets = try lab.service.inspect("n").network.subnets
      #expect(subnets.map(\.subnet.description) == ["172.19.0.0/16"])
    }
  }
}
