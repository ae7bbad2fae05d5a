import Addressing
import KernelTestSupport
import LinuxSystem
import Netlink
import RouteNetlink
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct LinkTests {
  @Test func newNamespaceHasOnlyLoopback() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      let links = try routes.links()

      #expect(links.map(\.name) == ["lo"])
      #expect(links.first?.flags.contains(.loopback) == true)
      #expect(links.first?.isUp == false)
    }
  }

  @Test func absentLinkIsNil() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      #expect(try routes.link(named: "br-absent") == nil)
      #expect(try routes.link(at: 4711) == nil)
    }
  }

  @Test func bridgeIsMadeAsSpecified() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      let index = try routes.createBridge(
        LinkSpecification(
          name: "br-test", mtu: 9000, address: MACAddress("02:42:ac:11:00:01"),
          alias: "netctl network 1", group: 7))

      let link = try #require(ObservedLink(named: "br-test"))
      #expect(link.index == index)
      #expect(link.kind == "bridge")
      #expect(link.mtu == 9000)
      #expect(link.address == "02:42:ac:11:00:01")
      #expect(link.alias == "netctl network 1")
      #expect(link.group == 0)
      #expect(!link.isUp)
    }
  }

  @Test func bridgeKeepsItsMTUWhenASmallerPortJoins() throws {
    try withNamespace { namespace in
      var routes = try RouteSocket.open()
      let bridge = try routes.createBridge(LinkSpecification(name: "br-test", mtu: 9000))

      _ = try routes.createVethPair(
        LinkSpecification(name: "veth0", mtu: 1400, masterIndex: bridge),
        far: LinkSpecification(name: "eth0", mtu: 1400), in: namespace)

      #expect(ObservedLink(named: "br-test")?.mtu == 9000)
    }
  }

  @Test func secondCreationIsRefused() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()
      _ = try routes.createBridge(LinkSpecification(name: "br-test", alias: "first"))

      let error = #expect(throws: NetlinkError.self) {
        try routes.createBridge(LinkSpecification(name: "br-test", alias: "second"))
      }

      #expect(error?.errno == .fileExists)
      #expect(ObservedLink(named: "br-test")?.alias == "first")
    }
  }

  @Test func refusalKeepsTheKernelsSentence() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()
      let index = try routes.createBridge(LinkSpecification(name: "br0"))

      let error = #expect(throws: NetlinkError.self) { try routes.setLink(index, mtu: 70_000) }

      #expect(error == NetlinkError(.invalidArgument, message: "mtu greater than device maximum"))
    }
  }

  @Test func failedCreationLeavesNothing() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      #expect(throws: NetlinkError.self) {
        try routes.createBridge(LinkSpecification(name: "br-test", mtu: 70_000))
      }

      #expect(ObservedLink(named: "br-test") == nil)
    }
  }

  @Test func nameThatIsAPatternIsRefused() throws {
    try withNamespace { container in
      var routes = try RouteSocket.open()

      for name in ["br%d", "br%"] {
        #expect(throws: NetlinkError(.invalidArgument)) {
          try routes.createBridge(LinkSpecification(name: name))
        }
        #expect(throws: NetlinkError(.invalidArgument)) {
          try routes.createVethPair(
            LinkSpecification(name: "v0"), far: LinkSpecification(name: name), in: container)
        }
      }

      #expect(try routes.links().map(\.name) == ["lo"])
    }
  }

  @Test func vethPairReachesIntoAnotherNamespace() throws {
    try withNamespace { container in
      try withNamespace { _ in
        var routes = try RouteSocket.open()
        let bridge = try routes.createBridge(LinkSpecification(name: "br-test"))
        try routes.setLink(bridge, up: true)

        let index = try routes.createVethPair(
          LinkSpecification(
            name: "veth1234", mtu: 1400, address: MACAddress("02:42:ac:11:00:fe"), alias: "near",
            masterIndex: bridge, group: 3),
          far: LinkSpecification(
            name: "eth0", mtu: 1300, address: MACAddress("02:42:ac:11:00:02"), group: 4),
          in: container)

        let observedNear = try #require(ObservedLink(named: "veth1234"))
        let observedFar = try #require(try container.perform { ObservedLink(named: "eth0") })
        #expect(observedNear.kind == "veth")
        #expect(observedNear.masterIndex == bridge)
        #expect(observedNear.mtu == 1400)
        #expect(observedNear.address == "02:42:ac:11:00:fe")
        #expect(observedNear.alias == "near")
        #expect(observedNear.group == 0)
        #expect(observedNear.peerIndex == observedFar.index)
        #expect(observedFar.mtu == 1300)
        #expect(observedFar.address == "02:42:ac:11:00:02")
        #expect(observedFar.group == 4)
        #expect(!observedFar.isUp)
        let near = try #require(try routes.link(at: index))
        #expect(near.index == observedNear.index)
        #expect(near.peerIndex == observedFar.index)
        #expect(near.masterIndex == bridge)
        #expect(near.kind == "veth")
        #expect(near.alias == "near")
      }
    }
  }

  @Test func farNameThatIsTakenLeavesNothing() throws {
    try withNamespace { container in
      #expect(try run("ip", "link", "add", "eth0", "type", "bridge").status == 0)
      try withNamespace { _ in
        var routes = try RouteSocket.open()

        let error = #expect(throws: NetlinkError.self) {
          try routes.createVethPair(
            LinkSpecification(name: "veth1234"), far: LinkSpecification(name: "eth0"),
            in: container)
        }

        #expect(error?.errno == .fileExists)
        #expect(ObservedLink(named: "veth1234") == nil)
      }
    }
  }

  @Test func changesReachTheLink() throws {
    try withNamespace { _ in
      #expect(try run("ip", "link", "add", "br0", "type", "bridge").status == 0)
      #expect(try run("ip", "link", "add", "v0", "type", "veth", "peer", "v1").status == 0)
      let bridge = try #require(ObservedLink(named: "br0")).index
      let index = try #require(ObservedLink(named: "v0")).index
      var routes = try RouteSocket.open()

      try routes.setLink(index, mtu: 1280)
      try routes.setLink(index, alias: "mark", group: 5)
      try routes.setLink(index, master: bridge)
      try routes.setLink(index, address: try #require(MACAddress("02:00:00:00:00:09")))
      try routes.setLink(index, up: true)

      let link = try #require(ObservedLink(named: "v0"))
      #expect(link.mtu == 1280)
      #expect(link.alias == "mark")
      #expect(link.group == 5)
      #expect(link.masterIndex == bridge)
      #expect(link.address == "02:00:00:00:00:09")
      #expect(link.isUp)

      try routes.setLink(index, master: nil)
      try routes.setLink(index, alias: "", group: 0)
      try routes.setLink(index, up: false)

      let reset = try #require(ObservedLink(named: "v0"))
      #expect(reset.masterIndex == 0)
      #expect(reset.alias == nil)
      #expect(!reset.isUp)
    }
  }

  @Test(arguments: [false, true]) func linkIsRenamed(whileUp isUp: Bool) throws {
    try withNamespace { _ in
      #expect(try run("ip", "link", "add", "br0", "type", "bridge").status == 0)
      var routes = try RouteSocket.open()
      let index = try #require(ObservedLink(named: "br0")).index
      try routes.setLink(index, up: isUp)

      try routes.renameLink(index, to: "br1")

      #expect(ObservedLink(named: "br0") == nil)
      #expect(ObservedLink(named: "br1")?.isUp == isUp)
    }
  }

  @Test func portFlagsChangeAlone() throws {
    try withNamespace { namespace in
      var routes = try RouteSocket.open()
      let bridge = try routes.createBridge(LinkSpecification(name: "br0"))
      let port = try routes.createVethPair(
        LinkSpecification(name: "v0", masterIndex: bridge),
        far: LinkSpecification(name: "v1"), in: namespace)

      try routes.setPort(port, BridgePortFlags(isolated: true, hairpin: true))
      try routes.setPort(port, BridgePortFlags(hairpin: false, learning: false))

      let output = try run("bridge", "-d", "link", "show", "dev", "v0").output
      #expect(output.contains("isolated on"))
      #expect(output.contains("hairpin off"))
      #expect(output.contains("learning off"))
      let seen = try #require(try routes.link(at: port)?.port)
      #expect(seen.isIsolated)
      #expect(!seen.isHairpin)
      #expect(!seen.isLearning)
    }
  }

  @Test func deletedLinkIsGone() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()
      let index = try routes.createBridge(LinkSpecification(name: "br0"))

      try routes.deleteLink(index)

      #expect(ObservedLink(named: "br0") == nil)
      let error = #expect(throws: NetlinkError.self) { try routes.deleteLink(index) }
      #expect(error?.errno == .noDevice)
    }
  }

  @Test func portIsAwaitedUntilItForwards() throws {
    try withNamespace { container in
      try withNamespace { _ in
        var routes = try RouteSocket.open()
        let bridge = try routes.createBridge(LinkSpecification(name: "br0"))
        try routes.setLink(bridge, up: true)
        let port = try routes.createVethPair(
          LinkSpecification(name: "v0", masterIndex: bridge),
          far: LinkSpecification(name: "eth0"), in: container)
        try routes.setLink(port, up: true)
        var monitor = try LinkMonitor.open()
        var inside = try container.perform { () throws(NetlinkError) in try RouteSocket.open() }
        let far = try #require(try routes.link(at: port)?.peerIndex)
        try inside.setLink(far, up: true)

        try monitor.waitUntilForwarding(port: port, timeout: .seconds(5))

        #expect(try run("bridge", "link", "show").output.contains("state forwarding"))
      }
    }
  }

  @Test func portWithoutCarrierTimesOut() throws {
    try withNamespace { namespace in
      var routes = try RouteSocket.open()
      let bridge = try routes.createBridge(LinkSpecification(name: "br0"))
      try routes.setLink(bridge, up: true)
      let port = try routes.createVethPair(
        LinkSpecification(name: "v0", masterIndex: bridge),
        far: LinkSpecification(name: "v1"), in: namespace)
      try routes.setLink(port, up: true)
      var monitor = try LinkMonitor.open()

      let error = #expect(throws: NetlinkError.self) {
        try monitor.waitUntilForwarding(port: port, timeout: .milliseconds(20))
      }

      #expect(error?.errno == .timedOut)
    }
  }
}
