import Addressing
import KernelModel
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// What an endpoint is in the kernel, as libnl and `ip` see it.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct EndpointRealisationTests {
  @Test func pairHasNamesMarkAndAddresses() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      let bridge = try lab.create("n") {
        $0.subnets = ["10.9.0.0/24"]
        $0.options = ["com.docker.network.driver.mtu": "1400"]
      }

      try lab.connect("n", container)

      let endpoint = try #require(try lab.endpoint("n"))
      let near = try #require(ObservedLink(named: "veth\(endpoint.id.description.prefix(7))"))
      #expect(near.masterIndex == ObservedLink(named: bridge)?.index)
      #expect(near.isUp)
      #expect(near.mtu == 1400)
      #expect(near.alias == "netctl endpoint \(endpoint.id)")
      let link = try container.run("ip", "-o", "link", "show", "dev", "eth0")
      #expect(link.contains("link/ether 02:42:0a:09:00:02"))
      #expect(link.contains("mtu 1400"))
      #expect(link.contains("state UP"))
      let addresses = try container.run("ip", "-o", "addr", "show", "dev", "eth0")
      #expect(addresses.contains("inet 10.9.0.2/24 brd 10.9.0.255 scope global eth0"))
      #expect(!addresses.contains("inet6"))
      #expect(
        try container.run("ip", "route", "show", "default") == "default via 10.9.0.1 dev eth0 \n")
    }
  }

  @Test func dualStackEndpointUsesItsAddressesAtOnce() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }

      try lab.connect("n", container) {
        $0.linkLocalAddresses = ["169.254.9.9", "fe80::99"].compactMap { IPAddress($0) }
      }

      let addresses = try container.run("ip", "-o", "addr", "show", "dev", "eth0")
      #expect(addresses.contains("inet6 fd09::2/64 scope global nodad"))
      #expect(addresses.contains("inet 169.254.9.9/16"))
      #expect(addresses.contains("inet6 fe80::99/64"))
      #expect(
        try container.run("ip", "-6", "route", "show", "default").contains("via fd09::1 dev eth0"))
      #expect(try container.run("cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra") == "0\n")
    }
  }

  @Test func containerWithoutIPv6GetsIPv4Alone() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try container.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6")
      try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }

      try lab.connect("n", container) {
        $0.ipv6 = IPAddress("fd09::7")
        $0.linkLocalAddresses = [IPAddress("fe80::99")!]
        $0.ports = [
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .tcp, containerPort: 80)
        ]
      }

      #expect(try container.run("ip", "-6", "-o", "addr") == "")
      #expect(try container.run("ip", "-4", "-o", "addr").contains("10.9.0.2/24"))
      #expect(try container.run("cat", "/proc/sys/net/ipv6/conf/eth0/disable_ipv6") == "1\n")
      let status = try lab.service.inspect("n")
      #expect(status.endpoints[0].interface?.address(.ipv6) == nil)
      #expect(status.usage.map(\.inUse) == [4, 2])
      #expect(try lab.service.allPorts()[0].ports.map(\.host.description) == ["0.0.0.0"])
      #expect(try lab.service.verify(["n"]).findings.isEmpty)
    }
  }

  @Test func defaultRouteIsRecomputed() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      for (name, subnet) in [("m", "10.1.0.0/24"), ("a", "10.2.0.0/24"), ("z", "10.3.0.0/24")] {
        try lab.create(name) { $0.subnets = [subnet] }
      }
      try lab.create("i") {
        $0.subnets = ["10.4.0.0/24"]
        $0.isInternal = true
      }
      var gateways: [String] = []
      func look() throws {
        let route = try container.run("ip", "route", "show", "default").split(separator: " ")
        gateways.append(route.count > 2 ? String(route[2]) : "")
      }

      try lab.connect("i", container) { $0.gatewayPriority = 100 }
      try look()
      try lab.connect("m", container)
      try look()
      try lab.connect("a", container)
      try look()
      try lab.connect("z", container) { $0.gatewayPriority = 1 }
      try look()
      for name in ["z", "a", "m"] {
        try lab.disconnect(name, container)
        try look()
      }

      #expect(gateways == ["", "10.1.0.1", "10.2.0.1", "10.3.0.1", "10.2.0.1", "10.1.0.1", ""])
      #expect(try container.run("ip", "-br", "link").contains("eth0"))
    }
  }

  @Test func containerReachesItself() throws {
    try withLab { (lab) throws in
      let fresh = try withNamespace { _ in Namespace(try NetworkNamespace.current()) }
      try lab.create("n") { $0.subnets = ["10.9.0.0/24"] }

      try lab.connect("n", fresh)

      for address in ["127.0.0.1", "10.9.0.2"] {
        let listener = try fresh.handle.perform { () throws(Errno) in
          try TCPListener.open(address, port: 80)
        }
        let isConnected = try fresh.handle.perform { () throws(Errno) in
          try connectTCP(to: address, port: 80, timeoutMilliseconds: 3000)
        }
        #expect(isConnected)
        _ = consume listener
      }
    }
  }

  @Test func renamedInterfaceDoesNotKeepTheContainerFromOtherNetworks() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      for (name, subnet) in [("m", "10.1.0.0/24"), ("z", "10.2.0.0/24"), ("a", "10.3.0.0/24")] {
        try lab.create(name) { $0.subnets = [subnet] }
      }
      try lab.connect("m", container)
      try container.run("ip", "link", "set", "eth0", "name", "lan0")

      try lab.connect("z", container)
      try lab.connect("a", container)
      let moved = try container.run("ip", "route", "show", "default")
      try lab.disconnect("a", container)

      #expect(moved == "default via 10.3.0.1 dev eth2 \n")
      #expect(
        try container.run("ip", "route", "show", "default") == "default via 10.1.0.1 dev lan0 \n")
    }
  }

  /// Also if the other link has it as an alternative name.
  @Test(arguments: [
    ["link add eth0 type veth peer name far0"],
    ["link add own0 type veth peer name far0", "link property add dev own0 altname eth0"],
  ])
  func interfaceWhoseNameIsTakenIsRepairedUnderItsOwn(_ takeover: [String]) throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }
      try lab.connect("n", container)
      try container.run("ip", "link", "set", "eth0", "down")
      try container.run("ip", "link", "set", "eth0", "name", "e9")
      for command in takeover {
        try container.run(["ip"] + command.split(separator: " ").map(String.init))
      }

      let failures = try lab.service.reload([]) { while $0.next() {} }

      #expect(failures.isEmpty)
      let addresses = try container.run("ip", "-br", "addr", "show", "dev", "e9")
      #expect(addresses.contains("UP"))
      #expect(addresses.contains("10.9.0.2/24") && addresses.contains("fd09::2/64"))
      #expect(
        try container.run("ip", "route", "show", "default") == "default via 10.9.0.1 dev e9 \n")
      let rest = try lab.service.verify([]).findings.filter { !$0.isNote }
      guard case .difference(.nameTaken("eth0", present: "e9"), network: "n", _)? = rest.first,
        rest.count == 1
      else {
        Issue.record("\(rest)")
        return
      }
    }
  }

  @Test func interfaceNameIsChosenAndSysctlsAreWritten() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n")

      try lab.connect("n", container) {
        $0.driverOptions = [
          "com.docker.network.endpoint.ifname": "lan.7",
          "com.docker.network.endpoint.sysctls": "net.ipv4.conf.IFNAME.log_martians=1",
        ]
      }

      #expect(try container.run("cat", "/proc/sys/net/ipv4/conf/lan.7/log_martians") == "1\n")
    }
  }

  @Test func sysctlThatTheKernelDoesNotHaveIsRefusedWithoutTrace() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n")
      let links = try lab.linkNames()

      #expect(throws: ServiceError.self) {
        try lab.connect("n", container) {
          $0.driverOptions = [
            "com.docker.network.endpoint.sysctls": "net.ipv4.conf.IFNAME.absent=1"
          ]
        }
      }

      #expect(try lab.linkNames() == links)
      #expect(try container.run("ip", "-br", "link").split(separator: "\n").count == 1)
    }
  }

  @Test func portsOfANetworkWithoutContainerTrafficAreIsolated() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try lab.create("n") { $0.options = ["com.docker.network.bridge.enable_icc": "false"] }

      try lab.connect("n", container)

      let name = try #require(try lab.endpoint("n")?.interface?.hostName)
      #expect(
        try lab.host.run("ip", "-d", "link", "show", name.description).contains("isolated on"))
    }
  }

  @Test func addressOfALinkDeletedByHandIsFree() throws {
    try withLab { (lab) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.create("n") { $0.subnets = ["10.9.0.0/30"] }
      try lab.connect("n", one)
      let name = try #require(try lab.endpoint("n")?.interface?.hostName)
      try lab.host.run("ip", "link", "delete", name.description)

      try lab.connect("n", two)

      #expect(try two.run("ip", "-o", "addr").contains("10.9.0.2/30"))
    }
  }

  @Test func networkOfANamespaceThatIsGoneCanBeRemoved() throws {
    try withLab { (lab) throws in
      try lab.create("n")
      try connectAndForget(lab)
      // The kernel takes a namespace apart in its own time, and its links with it.
      try waitUntil { try !lab.linkNames().contains { $0.hasPrefix("veth") } }

      try lab.remove("n")

      #expect(try lab.linkNames() == ["lo"])
    }
  }

  @Test func addressesAreAnnounced() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      let bridge = try lab.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
      }
      let capture = try FrameCapture.open(bridge)

      try lab.connect("n", container)

      let mac: [UInt8] = [0x02, 0x42, 10, 9, 0, 2]
      let arp = capture.first(timeoutMilliseconds: 2000) { frame in
        frame.count >= 42 && Array(frame[12..<14]) == [0x08, 0x06]
          && Array(frame[28..<32]) == [10, 9, 0, 2] && Array(frame[38..<42]) == [10, 9, 0, 2]
      }
      #expect(arp.map { Array($0[..<12]) } == [UInt8](repeating: 0xff, count: 6) + mac)
      let target = try #require(IPAddress("fd09::2")).bytes
      let advertisement = capture.first(timeoutMilliseconds: 2000) { frame in
        frame.count >= 86 && Array(frame[12..<14]) == [0x86, 0xdd] && frame[54] == 136
          && Array(frame[62..<78]) == target
      }
      #expect(advertisement.map { Array($0[80..<86]) } == mac)
    }
  }

  private func connectAndForget(_ lab: Lab) throws {
    try lab.connect("n", try lab.makeNamespace())
  }

  private func waitUntil(_ condition: () throws -> Bool) throws {
    for _ in 0..<10_000 {
      if try condition() { return }
    }
    #expect(try condition())
  }
}
