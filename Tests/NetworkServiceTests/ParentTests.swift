import Addressing
import Drivers
import KernelModel
import NetworkModel
import NetworkService
import Testing

/// Networks whose interfaces are on a link of the host.
struct ParentTests {
  private static let container = "/run/netns/c"

  // MARK: The parent

  @Test func networkOnALinkThatExistsChangesNothingOnTheHost() throws {
    try withParentBench { bench in
      let (state, world) = (bench.state, bench.world)

      try bench.create("a", Self.macvlan())
      try bench.create("b", Self.macvlan())

      #expect(bench.world == world)
      try bench.remove("a")
      try bench.remove("b")
      #expect(bench.world == world && bench.state == state)
    }
  }

  @Test(arguments: [
    ("nosuch", NetworkProblem.invalidVLANName("nosuch")), ("a.b.c", .vlanNameFormat("a.b.c")),
    ("eth7.x", .invalidVLANID("x")), ("nosuch.5", .parentNotFound("nosuch")),
    ("eth7.5000", .vlanIDOutOfRange(5000)),
  ])
  func parentThatCannotBeMadeIsRefused(parent: String, problem: NetworkProblem) throws {
    try withParentBench { bench in
      let (state, world) = (bench.state, bench.world)

      for driver in [DriverName.macvlan, .ipvlan] {
        #expect(throws: ServiceError.definition(.driver(problem))) {
          try bench.create("n", Self.on(parent, driver))
        }
      }

      #expect(bench.world == world && bench.state == state)
      // Interfaces can be on a link of any name that exists.
      bench.world[World.host].links[parent] = World.Link(isUp: true)
      try bench.create("n", Self.on(parent, .macvlan))
      try bench.connect("n", "c")
      try bench.remove(disconnecting: "n")
      #expect(bench.world[World.host].links[parent] != nil)
    }
  }

  @Test func vlanIsMadeForTheFirstNetworkAndGoesWithTheLast() throws {
    try withParentBench { bench in
      let world = bench.world

      try bench.create("a", Self.on("eth7.10", .macvlan))
      let link = try #require(bench.world[World.host].links["eth7.10"])
      #expect(link.kind == .vlan && link.parent == "eth7" && link.isUp)
      try bench.create("b", Self.on("eth7.10", .macvlan))
      try bench.connect("b", "c")
      #expect(bench.world[Self.container].links["eth0"]?.parent == "eth7.10")
      try bench.remove("a")
      #expect(bench.world[World.host].links["eth7.10"] == link)
      try bench.remove(disconnecting: "b")

      #expect(bench.world == world)
    }
  }

  @Test(arguments: [LinkKind.vlan, .bridge])
  func linkThatWasThereIsUsedAndKept(kind: LinkKind) throws {
    try withParentBench { bench in
      bench.world[World.host].links["eth7.10"] = World.Link(kind: kind, isUp: true)
      let world = bench.world

      try bench.create("a", Self.on("eth7.10", .macvlan))
      try bench.connect("a", "c")
      #expect(try bench.findings() == [])
      try bench.remove(disconnecting: "a")

      #expect(bench.world == world)
    }
  }

  @Test(arguments: [(DriverName.macvlan, "dm-"), (.ipvlan, "di-")])
  func withoutAParentTheNetworkHasADummyLink(driver: DriverName, prefix: String) throws {
    try withParentBench { bench in
      let world = bench.world
      try bench.create("n") {
        $0.driver = driver.rawValue
        $0.subnets = ["10.9.0.0/24"]
        $0.gateways = [IPAddress("10.9.0.1")!]
      }
      let name = try #require(
        bench.world[World.host].links.keys.first { $0.hasPrefix(prefix) })
      #expect(bench.world[World.host].links[name]?.kind == .dummy)

      try bench.connect("n", "c")
      #expect(bench.world[Self.container].links["eth0"]?.parent == name)
      #expect(bench.world[Self.container].routes.isEmpty)
      #expect(try bench.findings() == [])
      try bench.remove(disconnecting: "n")

      #expect(bench.world == world)
    }
  }

  @Test func passthruHasItsParentForItself() throws {
    try withParentBench { bench in
      try bench.create("p", Self.macvlan(mode: "passthru"))
      let id = try bench.id("p")

      #expect(
        throws: ServiceError.definition(
          .driver(.parentInPassthruMode(Self.parent, usedBy: id)))
      ) { try bench.create("n", Self.macvlan()) }
      #expect(
        throws: ServiceError.definition(
          .driver(.passthruNeedsWholeParent(Self.parent, usedBy: id)))
      ) { try bench.create("n", Self.macvlan(mode: "passthru")) }
      bench.world[World.host].links["eth8"] = World.Link(isUp: true)
      try bench.create("beside", Self.on("eth8", .macvlan))
    }
  }

  @Test func ipvlanHasItsParentForItself() throws {
    try withParentBench { bench in
      try bench.create("i", Self.on("eth7", .ipvlan))
      let device = "di-\(try bench.id("i").short)"

      #expect(
        throws: ServiceError.definition(.driver(.parentInUse(Self.parent, by: device)))
      ) { try bench.create("n", Self.on("eth7", .ipvlan)) }
    }
  }

  @Test func networkWithoutItsParentCannotBeConnectedTo() throws {
    try withParentBench { bench in
      try bench.create("a", Self.macvlan())
      try bench.create("v", Self.on("eth7.10", .macvlan))
      let state = bench.state
      bench.world[World.host].links["eth7"] = nil
      bench.world[World.host].links["eth7.10"] = nil

      for network in ["a", "v"] {
        #expect(throws: ServiceError.definition(.driver(.parentNotFound("eth7")))) {
          try bench.connect(network, "c")
        }
      }

      #expect(bench.state == state)
      #expect(bench.world[Self.container].links.keys.sorted() == ["lo"])
    }
  }

  // MARK: Endpoints

  @Test func lostLinkIsNamedAndMadeAgain() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      try bench.connect("n", "c")
      let world = bench.world
      bench.world[Self.container].links["eth0"] = nil
      bench.world[Self.container].routes = []

      let isNamed = try bench.findings().contains {
        if case .difference(.interfaceMissing, network: "n", container: "c") = $0 {
          true
        } else {
          false
        }
      }
      #expect(isNamed)
      // A command that looks for dead endpoints keeps it.
      try bench.connect("n", "d")
      try bench.disconnect("n", "d")
      #expect(try bench.reload().isEmpty)

      #expect(bench.world == world)
      #expect(try bench.findings() == [])
    }
  }

  @Test func updateWithALostLinkChangesNothing() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      bench.world["/run/netns/d"].links["eth0"] = nil
      let (world, state) = (bench.world, bench.state)
      var request = UpdateRequest(network: "n")
      request.options = ["com.docker.network.driver.mtu": "1300"]

      let error = ServiceError.update(.interfaceGone("eth0", container: "d"))
      #expect(throws: error) { try bench.run { try $0.update(request) } }

      #expect(bench.notices == [])
      #expect(bench.world == world)
      #expect(bench.state == state)
      #expect(try bench.reload().isEmpty)
      try bench.run { try $0.update(request) }
      #expect(bench.world["/run/netns/c"].links["eth0"]?.mtu == 1300)
      #expect(bench.world["/run/netns/d"].links["eth0"]?.mtu == 1300)
      #expect(try bench.findings() == [])
    }
  }

  @Test func updateWithoutAParentSaysSoUnlessItNeedsNone() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      try bench.connect("n", "c")
      bench.deleteParent()
      var request = UpdateRequest(network: "n")
      request.options = ["com.docker.network.driver.mtu": "1300"]

      #expect(throws: ServiceError.definition(.driver(.parentNotFound("eth7")))) {
        try bench.run { try $0.update(request) }
      }

      request.options = [:]
      request.addedLabels = ["tier": "front"]
      var labels: [String: String] = [:]
      try bench.run { labels = try $0.update(request).labels }
      #expect(labels == ["tier": "front"])
    }
  }

  @Test func interruptedRepairOfALostLinkIsRepeated() throws {
    try withParentBench { bench in
      try bench.create("n") {
        Self.macvlan()(&$0)
        $0.ipv6 = true
      }
      try bench.connect("n", "c")
      let world = bench.world
      func lose() {
        bench.world = world
        bench.world[Self.container].links["eth0"] = nil
        bench.world[Self.container].routes = []
      }
      lose()
      let count = try bench.run { _ = try $0.reload([]) { while $0.next() {} } }
      #expect(bench.world == world && count > 4)

      for fault in (0..<count).flatMap({ [FakeKernel.Fault.ending($0), .refusing($0)] }) {
        lose()
        _ = try? bench.reload(fault: fault)
        #expect(try bench.reload().isEmpty, "\(fault)")
        #expect(bench.world == world, "\(fault)")
      }
    }
  }

  @Test func lostParentIsNamedAndItsInterfacesAreMadeAgainOnceItIsBack() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      try bench.create("v", Self.on("eth7.10", .macvlan))
      try bench.connect("n", "c")
      try bench.connect("v", "d")
      let world = bench.world
      bench.deleteParent()

      let missing = Difference.parentMissing(Self.parent)
      #expect(
        try bench.findings().filter {
          $0 == .difference(missing, network: "n") || $0 == .difference(missing, network: "v")
        }.count == 2)
      let lost = bench.world
      #expect(try bench.reload().map(\.network) == ["n", "v"])
      #expect(bench.world == lost)

      bench.world[World.host].links["eth7"] = World.Link(isUp: true)
      #expect(try bench.reload().isEmpty)
      #expect(bench.world == world)
    }
  }

  @Test func deathOfAContainerFreesItsAddress() throws {
    try withParentBench { bench in
      try bench.create("n") {
        Self.macvlan()(&$0)
        $0.subnets = ["10.9.0.0/30"]
        $0.gateways = [IPAddress("10.9.0.1")!]
      }
      try bench.connect("n", "c")
      #expect(throws: ServiceError.self) { try bench.connect("n", "d") }

      bench.world.namespaces[Self.container] = nil
      try bench.connect("n", "d")

      #expect(try bench.addresses("n") == ["10.9.0.2/30"])
    }
  }

  @Test func laterSubnetIsUsedWhenTheFirstIsExhausted() throws {
    try withParentBench { bench in
      try bench.create("n") {
        Self.macvlan()(&$0)
        $0.subnets = ["10.9.0.0/30", "10.9.1.0/24"]
        $0.gateways = [IPAddress("10.9.0.1")!, IPAddress("10.9.1.7")!]
      }

      try bench.connect("n", "c")
      try bench.connect("n", "d")
      #expect(try bench.addresses("n").sorted() == ["10.9.0.2/30", "10.9.1.1/24"])
      #expect(
        bench.world["/run/netns/d"].routes == [
          DefaultRoute(gateway: IPAddress("10.9.1.7")!, interface: "eth0")
        ])
      try bench.disconnect("n", "d")
      try bench.connect("n", "d") { $0.ipv4 = IPAddress("10.9.1.50") }

      #expect(try bench.addresses("n").sorted() == ["10.9.0.2/30", "10.9.1.50/24"])
    }
  }

  @Test func networksWithASubnetInCommonGiveNoAddressTwice() throws {
    try withParentBench { bench in
      func range(_ range: String) -> (inout CreateRequest) -> Void {
        {
          Self.macvlan()(&$0)
          $0.subnets = ["10.9.0.0/24"]
          $0.ranges = [try! IPPrefix(parsing: range)]
        }
      }
      try bench.create("a", range("10.9.0.0/30"))
      try bench.create("b", range("10.9.0.0/29"))
      #expect(try bench.findings() == [])

      try bench.connect("a", "c")
      try bench.connect("b", "d")

      #expect(try bench.addresses("a") == ["10.9.0.1/24"])
      #expect(try bench.addresses("b") == ["10.9.0.2/24"])
      try bench.disconnect("b", "d")
      #expect(throws: ServiceError.addressInUse) {
        try bench.connect("b", "d") { $0.ipv4 = IPAddress("10.9.0.1") }
      }
      bench.world.namespaces[Self.container] = nil
      try bench.connect("b", "d") { $0.ipv4 = IPAddress("10.9.0.1") }
    }
  }

  @Test func ipvlanInterfaceHasTheAddressOfItsParentAndARouteByDevice() throws {
    try withParentBench { bench in
      try bench.create("n") {
        $0.driver = "ipvlan"
        $0.options = ["parent": "eth7", "ipvlan_mode": "l3"]
        $0.subnets = ["10.9.0.0/24"]
      }
      try bench.connect("n", "c")

      let endpoint = try #require(try bench.interfaces("n").first)
      #expect(endpoint.mac == nil && endpoint.hostName == nil)
      #expect(bench.world[Self.container].links["eth0"]?.kind == .ipvlan)
      #expect(bench.world[Self.container].routes == [DefaultRoute(.ipv4, interface: "eth0")])
      #expect(try bench.findings() == [])
    }
  }

  @Test func chosenHardwareAddressIsOfOneInterfaceAndUnused() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      try bench.create("b")
      let (mac, bridge) = (
        MACAddress("02:00:00:00:00:07")!, MACAddress("02:42:ac:13:00:01")!
      )
      try bench.connect("n", "c") { $0.mac = mac }
      #expect(try bench.interfaces("n").map(\.mac) == [mac])
      let state = bench.state

      for (network, address, problem) in [
        ("n", mac, HardwareAddressProblem.inUse(mac, by: "c")),
        ("b", bridge, .inUse(bridge, by: "br-\(try bench.id("b").short)")),
        ("n", MACAddress("01:00:00:00:00:07")!, .notUnicast(MACAddress("01:00:00:00:00:07")!)),
        ("n", MACAddress("00:00:00:00:00:00")!, .notUnicast(MACAddress("00:00:00:00:00:00")!)),
      ] {
        #expect(throws: ServiceError.hardwareAddress(problem)) {
          try bench.connect(network, "d") { $0.mac = address }
        }
      }
      #expect(bench.state == state)
      bench.world.namespaces[Self.container] = nil
      try bench.connect("n", "d") { $0.mac = mac }
    }
  }

  @Test(arguments: [("ipvlan", "ipvlan_mode", "l2"), ("macvlan", "macvlan_mode", "passthru")])
  func interfaceWithTheAddressOfItsParentAcceptsNone(
    driver: String, key: String, mode: String
  ) throws {
    try withParentBench { bench in
      try bench.create("n") {
        $0.driver = driver
        $0.options = ["parent": "eth7", key: mode]
      }

      let problem = HardwareAddressProblem.notChosen(DriverName(rawValue: driver))
      #expect(throws: ServiceError.hardwareAddress(problem)) {
        try bench.connect("n", "c") { $0.mac = MACAddress("02:00:00:00:00:07") }
      }
    }
  }

  @Test func sysctlThatDisablesIPv6LeavesAnEndpointWithoutIt() throws {
    try withParentBench { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c") {
        $0.driverOptions = [
          "com.docker.network.endpoint.sysctls": "net.ipv6.conf.IFNAME.disable_ipv6=1"
        ]
      }

      #expect(try bench.interfaces("n").flatMap(\.addresses).map(\.family) == [.ipv4])
      #expect(bench.world[Self.container].routes.map(\.family) == [.ipv4])
      #expect(try bench.findings() == [])
    }
  }

  @Test func portsAreNotPublishedAndThatIsSaid() throws {
    try withParentBench { bench in
      try bench.create("n", Self.macvlan())
      let state = bench.state
      let request = requests(["8080:80"])
      let error = ServiceError.port(
        .unpublishingDriver(request[0], .macvlan, container: "c"))

      #expect(throws: error) { try bench.connect("n", "c") { $0.ports = request } }
      #expect(bench.state == state)
      try bench.connect("n", "c")
      #expect(throws: error) { try bench.publish("c", "8080:80") }
    }
  }

  // MARK: Bench

  private static let parent: InterfaceName = "eth7"

  private static func macvlan(mode: String = "bridge") -> (inout CreateRequest) -> Void {
    {
      $0.driver = "macvlan"
      $0.options = ["parent": "eth7", "macvlan_mode": mode]
    }
  }

  private static func on(
    _ parent: String, _ driver: DriverName
  ) -> (inout CreateRequest) -> Void {
    {
      $0.driver = driver.rawValue
      $0.options = ["parent": parent]
    }
  }

  private func withParentBench(_ body: (Bench) throws -> Void) throws {
    try withBench(["c", "d"]) { bench in
      bench.world[World.host].links["eth7"] = World.Link(isUp: true)
      try body(bench)
    }
  }
}

extension Bench {
  fileprivate func interfaces(_ network: String) throws -> [EndpointInterface] {
    var interfaces: [EndpointInterface] = []
    try run { interfaces = try $0.inspect(network).endpoints.compactMap(\.interface) }
    return interfaces
  }

  fileprivate func addresses(_ network: String) throws -> [String] {
    try interfaces(network).flatMap(\.addresses).map(\.description)
  }

  fileprivate func id(_ network: String) throws -> NetworkID {
    var id: NetworkID?
    try run { id = try $0.network(network).id }
    return try #require(id)
  }

  fileprivate func remove(disconnecting network: String) throws {
    try disconnect(network, "c")
    try remove(network)
  }

  /// Makes the kernel lose a link and everything on it.
  fileprivate func deleteParent() {
    world[World.host].links["eth7"] = nil
    world[World.host].links["eth7.10"] = nil
    for container in ["/run/netns/c", "/run/netns/d"] {
      world[container].links["eth0"] = nil
      world[container].routes = []
    }
  }
}
