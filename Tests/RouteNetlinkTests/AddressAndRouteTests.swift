import Addressing
import KernelTestSupport
import LinuxSystem
import Netlink
import RouteNetlink
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct AddressAndRouteTests {
  @Test func ipv4AddressHasItsBroadcastAddress() throws {
    try withBridge { routes, index in
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("172.20.0.1/16")))

      let output = try run("ip", "-4", "-o", "addr", "show", "dev", "br0").output
      #expect(output.contains("inet 172.20.0.1/16 brd 172.20.255.255 scope global br0"))
    }
  }

  @Test func ipv6AddressIsUsedAtOnce() throws {
    try withBridge { routes, index in
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("fd00:1::1/64")))

      let output = try run("ip", "-6", "-o", "addr", "show", "dev", "br0").output
      #expect(output.contains("inet6 fd00:1::1/64 scope global nodad"))
      #expect(!output.contains("fd00:1::1/64 scope global tentative"))
    }
  }

  @Test func addressIsNotGivenTwice() throws {
    try withBridge { routes, index in
      let address = InterfaceAddress(linkIndex: index, prefix: prefix("172.20.0.1/16"))
      try routes.add(address)

      let error = #expect(throws: NetlinkError.self) { try routes.add(address) }

      #expect(error?.errno == .fileExists)
    }
  }

  @Test(arguments: ["172.20.0.1/16", "fd00:1::1/64"]) func addressIsTakenAway(
    _ text: String
  ) throws {
    try withBridge { routes, index in
      let address = InterfaceAddress(linkIndex: index, prefix: prefix(text))
      try routes.add(address)

      try routes.delete(address)

      #expect(try !run("ip", "addr").output.contains(text))
      let error = #expect(throws: NetlinkError.self) { try routes.delete(address) }
      #expect(error?.errno == .addressNotAvailable)
    }
  }

  @Test func addressesAreReadPerLink() throws {
    try withBridge { routes, index in
      #expect(try run("ip", "addr", "add", "10.1.0.1/24", "dev", "br0").status == 0)
      #expect(try run("ip", "addr", "add", "fd00::1/64", "dev", "br0", "nodad").status == 0)
      #expect(try run("ip", "addr", "add", "10.2.0.1/24", "dev", "lo").status == 0)

      let addresses = try routes.addresses(ofLink: index)

      let texts = addresses.map(\.prefix.description).filter { !$0.hasPrefix("fe80") }
      #expect(texts == ["10.1.0.1/24", "fd00::1/64"])
      #expect(addresses.allSatisfy { $0.linkIndex == index })
      #expect(try routes.addresses().contains { $0.prefix == prefix("10.2.0.1/24") })
    }
  }

  @Test func defaultRoutesGoThroughAGateway() throws {
    try withBridge { routes, index in
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("172.20.0.2/16")))
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("fd00:1::2/64")))

      try routes.add(.defaultRoute(via: address("172.20.0.1"), onLink: index))
      try routes.add(.defaultRoute(via: address("fd00:1::1"), onLink: index))

      let ipv4 = try run("ip", "-4", "route", "show", "default").output
      let ipv6 = try run("ip", "-6", "route", "show", "default").output
      #expect(ipv4.hasPrefix("default via 172.20.0.1 dev br0"))
      #expect(ipv6.hasPrefix("default via fd00:1::1 dev br0 metric 1024"))
      let seen = try routes.defaultRoutes(.ipv4) + routes.defaultRoutes(.ipv6)
      #expect(seen.map(\.gateway) == [address("172.20.0.1"), address("fd00:1::1")])
      #expect(seen.map(\.metric) == [0, 1024])
      #expect(seen.allSatisfy { $0.linkIndex == index && $0.isDefault })
    }
  }

  @Test func defaultRouteIsDeleted() throws {
    try withBridge { routes, index in
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("172.20.0.2/16")))
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("fd00:1::2/64")))
      for gateway in ["172.20.0.1", "fd00:1::1"] {
        let family = address(gateway).family == .ipv4 ? "-4" : "-6"
        try routes.add(.defaultRoute(via: address(gateway), onLink: index))

        try routes.delete(.defaultRoute(via: address(gateway), onLink: index))

        #expect(try run("ip", family, "route", "show", "default").output == "")
        let error = #expect(throws: NetlinkError.self) {
          try routes.delete(.defaultRoute(via: address(gateway), onLink: index))
        }
        #expect(error?.errno == .noSuchProcess)
      }
    }
  }

  @Test func routeOfAnotherMakerIsDeleted() throws {
    try withBridge { routes, index in
      try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix("172.20.0.2/16")))
      #expect(
        try run("ip", "route", "add", "default", "via", "172.20.0.1", "proto", "static").status
          == 0)

      try routes.delete(.defaultRoute(via: address("172.20.0.1"), onLink: index))

      #expect(try run("ip", "route", "show", "default").output == "")
    }
  }

  @Test func defaultRouteCanBeADevice() throws {
    try withBridge { routes, index in
      try routes.add(.defaultRoute(.ipv4, onLink: index))
      try routes.add(.defaultRoute(.ipv6, onLink: index))

      let ipv4 = try run("ip", "-4", "route", "show", "default").output
      let ipv6 = try run("ip", "-6", "route", "show", "default").output
      #expect(ipv4.hasPrefix("default dev br0 scope link"))
      #expect(ipv6.hasPrefix("default dev br0 metric 1024"))
    }
  }

  @Test func routedPrefixesLeaveOutRoutersAndDefaults() throws {
    try withBridge { routes, index in
      for arguments in [
        ["addr", "add", "10.1.0.1/24", "dev", "br0"],
        ["addr", "add", "fd00::1/64", "dev", "br0", "nodad"],
        ["route", "add", "192.168.7.0/24", "dev", "br0"],
        ["route", "add", "192.168.8.0/24", "via", "10.1.0.2"],
        ["route", "add", "fd00:8::/64", "via", "fd00::2"],
        ["route", "add", "default", "via", "10.1.0.2"],
        ["route", "add", "10.99.0.0/16", "dev", "br0", "table", "99"],
        ["rule", "add", "fwmark", "7", "lookup", "1000"],
        ["route", "add", "10.7.0.0/16", "via", "10.1.0.2", "table", "1000"],
        ["route", "add", "blackhole", "10.8.0.0/16", "table", "1000"],
        ["route", "add", "throw", "10.9.0.0/16", "table", "1000"],
        ["route", "add", "default", "dev", "br0", "table", "1000"],
        ["-6", "rule", "add", "pref", "5270", "lookup", "52"],
        ["-6", "route", "add", "fd07::/64", "dev", "br0", "table", "52"],
      ] {
        #expect(try run(["ip"] + arguments).status == 0)
      }

      let (all, connected) = try routes.routedPrefixes()

      #expect(
        all.filter { $0.address.description != "fe80::" } == [
          prefix("10.1.0.0/24"), prefix("10.7.0.0/16"), prefix("10.8.0.0/16"),
          prefix("192.168.7.0/24"), prefix("fd00::/64"), prefix("fd07::/64"),
        ])
      #expect(
        connected.filter { $0.address.description != "fe80::" } == [
          prefix("10.1.0.0/24"), prefix("fd00::/64"),
        ])
    }
  }

  @Test func routedPrefixesHaveWhatRulesName() throws {
    try withBridge { routes, index in
      for arguments in [
        ["addr", "add", "10.1.0.1/24", "dev", "br0"],
        ["rule", "add", "to", "10.20.0.0/15", "table", "53"],
        ["route", "add", "default", "dev", "br0", "table", "53"],
        ["rule", "add", "to", "10.30.0.0/16", "table", "54"],
        ["route", "add", "10.30.7.0/24", "dev", "br0", "table", "54"],
        ["route", "add", "10.31.0.0/24", "dev", "br0", "table", "54"],
        ["rule", "add", "to", "10.40.0.0/16", "unreachable"],
        ["rule", "add", "to", "10.41.0.0/16", "prohibit"],
        ["rule", "add", "from", "10.1.0.9", "to", "10.42.0.0/16", "blackhole"],
        // The table has no route for these.
        ["rule", "add", "to", "10.50.0.0/16", "table", "55"],
        ["rule", "add", "to", "10.51.0.0/16", "lookup", "main"],
        ["-6", "rule", "add", "to", "fd07::/48", "table", "56"],
        ["-6", "route", "add", "default", "dev", "br0", "table", "56"],
      ] {
        #expect(try run(["ip"] + arguments).status == 0)
      }

      let prefixes = try routes.routedPrefixes().all

      #expect(
        prefixes.filter { $0.address.description != "fe80::" } == [
          prefix("10.1.0.0/24"), prefix("10.20.0.0/15"), prefix("10.30.7.0/24"),
          prefix("10.40.0.0/16"), prefix("10.41.0.0/16"), prefix("10.42.0.0/16"),
          prefix("fd07::/48"),
        ])
    }
  }

  @Test func newNamespaceHasNoRoutes() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      #expect(try routes.routedPrefixes().all == [])
      #expect(try routes.defaultRoutes(.ipv4) == [])
      #expect(try routes.defaultRoutes(.ipv6) == [])
      #expect(try routes.routes(.ipv4, in: Route.Table(rawValue: 4711)) == [])
    }
  }

  @Test func loopbackAddressIsRoutedToABridge() throws {
    try withBridge { routes, index in
      try routes.add(
        Route(
          to: prefix("::1/128"), onLink: index, metric: 2048 + index, table: .local, kind: .local))

      let output = try run("ip", "-6", "route", "show", "table", "local").output
      #expect(output.contains("local ::1 dev br0 metric \(2048 + index)"))
      #expect(try routes.routes(.ipv6, in: .local).contains { $0.metric == 2048 + index })
    }
  }

  @Test func namespaceWhoseLinksNeverWereUpHasNoRoutes() throws {
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      #expect(try routes.routes(.ipv4).isEmpty)
      #expect(try routes.routes(.ipv6).isEmpty)
    }
  }
}

private func withBridge(_ body: (inout RouteSocket, UInt32) throws -> Void) throws {
  try withNamespace { _ in
    #expect(try run("ip", "link", "set", "lo", "up").status == 0)
    var routes = try RouteSocket.open()
    let index = try routes.createBridge(LinkSpecification(name: "br0"))
    try routes.setLink(index, up: true)
    try body(&routes, index)
  }
}

private func prefix(_ text: String) -> IPPrefix { try! IPPrefix(parsing: text) }

private func address(_ text: String) -> IPAddress { try! IPAddress(parsing: text) }
