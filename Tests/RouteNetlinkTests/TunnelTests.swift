import Addressing
import KernelTestSupport
import LinuxSystem
import Netlink
import RouteNetlink
import Testing

/// VXLAN links and their tables, as iproute2 sees them.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct TunnelTests {
  private static let mac = MACAddress("02:42:0a:00:00:09")!

  /// Runs `body` with a VXLAN link that is a port of a bridge.
  private func withTunnel(
    from source: String = "10.77.0.1", _ body: (inout RouteSocket, _ index: UInt32) throws -> Void
  ) throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()
      let bridge = try routes.createBridge(LinkSpecification(name: "br-test"))
      let index = try routes.createVXLAN(
        LinkSpecification(name: "vx-test", mtu: 1450, alias: "netctl tunnel 1"),
        VXLANSpecification(identifier: 0x12_3456, source: IPAddress(source)!, port: 4789))
      try routes.setLink(index, master: bridge)
      try routes.setPort(index, BridgePortFlags(learning: false, floods: false))
      try body(&routes, index)
    }
  }

  private func says(_ script: String) throws -> String {
    try run("sh", "-c", script).output
  }

  @Test(arguments: ["10.77.0.1", "fd77::1"])
  func linkIsMadeAsSpecified(_ source: String) throws {
    try withTunnel(from: source) { (routes, index) in
      let told = try says("ip -d link show vx-test")
      let link = try routes.link(at: index)

      #expect(told.contains("vxlan id 1193046"))
      #expect(told.contains(" local \(source) "))
      #expect(told.contains("dstport 4789 nolearning proxy"))
      #expect(told.contains("mtu 1450"))
      #expect(told.contains("learning off flood off"))
      #expect(told.contains("mcast_flood off"))
      #expect(
        link?.tunnel
          == VXLANSpecification(identifier: 0x12_3456, source: IPAddress(source)!, port: 4789))
      #expect(link?.port?.isLearning == false && link?.port?.floods == false)
    }
  }

  @Test func tablesAreThoseThatBridgeAndIPShow() throws {
    try withTunnel { (routes, index) in
      let host = IPAddress("10.77.0.2")!
      try routes.add(TunnelEntry(linkIndex: index, address: Self.mac, destination: host))
      try routes.add(ForwardingEntry(linkIndex: index, address: Self.mac))
      for address in ["10.0.0.9", "fd00::9"] {
        try routes.addNeighbor(IPAddress(address)!, at: Self.mac, on: index)
      }

      let forwarding = try says("bridge fdb show dev vx-test | grep 02:42:0a:00:00:09 | sort")
      let neighbors = try says("ip neigh show dev vx-test | sort; ip -6 neigh show dev vx-test")
      let (own, ofPort) = try routes.tunnelEntries(of: index)
      let known = try routes.neighbors(of: index)

      #expect(
        forwarding
          == "02:42:0a:00:00:09 dst 10.77.0.2 self permanent\n"
          + "02:42:0a:00:00:09 master br-test static\n")
      #expect(neighbors.contains("10.0.0.9 lladdr 02:42:0a:00:00:09 PERMANENT"))
      #expect(neighbors.contains("fd00::9 lladdr 02:42:0a:00:00:09 PERMANENT"))
      #expect(own.map(\.destination) == [host] && own.map(\.address) == [Self.mac])
      #expect(ofPort.map(\.address) == [Self.mac])
      #expect(Set(known.map(\.address.description)) == ["10.0.0.9", "fd00::9"])
    }
  }

  @Test func entriesOfOtherLinksAreNotShown() throws {
    try withTunnel { (routes, index) in
      _ = try says(
        """
        ip link add other type vxlan id 7 dstport 4789 local 10.77.0.1 nolearning
        bridge fdb add 02:42:0a:00:00:10 dev other dst 10.77.0.3 self
        ip neigh add 10.0.0.10 lladdr 02:42:0a:00:00:10 dev other
        """)

      let (own, ofPort) = try routes.tunnelEntries(of: index)

      #expect(own.isEmpty && ofPort.isEmpty)
      #expect(try routes.neighbors(of: index).isEmpty)
    }
  }

  @Test func removalSucceedsTwice() throws {
    try withTunnel { (routes, index) in
      let entry = TunnelEntry(
        linkIndex: index, address: Self.mac, destination: IPAddress("10.77.0.2")!)
      let forwarding = ForwardingEntry(linkIndex: index, address: Self.mac)
      let address = IPAddress("10.0.0.9")!
      try routes.add(entry)
      try routes.add(forwarding)
      try routes.addNeighbor(address, at: Self.mac, on: index)
      for _ in 0..<2 {
        try routes.remove(entry)
        try routes.remove(forwarding)
        try routes.removeNeighbor(address, on: index)
      }

      #expect(
        try says("bridge fdb show dev vx-test | grep 02:42; ip neigh show dev vx-test") == "")
    }
  }

  @Test func entryMovesWithItsHost() throws {
    try withTunnel { (routes, index) in
      for host in ["10.77.0.2", "10.77.0.3"] {
        try routes.add(
          TunnelEntry(linkIndex: index, address: Self.mac, destination: IPAddress(host)!))
      }

      #expect(
        try says("bridge fdb show dev vx-test | grep 02:42")
          == "02:42:0a:00:00:09 dst 10.77.0.3 self permanent\n")
    }
  }

  @Test func identifierIsUsedOnce() throws {
    try withTunnel { (routes, _) throws in
      let error = #expect(throws: NetlinkError.self) {
        try routes.createVXLAN(
          LinkSpecification(name: "vx-other"),
          VXLANSpecification(
            identifier: 0x12_3456, source: IPAddress("10.77.0.1")!, port: 4789))
      }

      #expect(error?.errno == .fileExists)
      #expect(try says("ip link show vx-other").contains("does not exist"))
    }
  }
}
