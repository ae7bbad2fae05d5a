import Addressing
import Drivers
import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

/// What the service may not assume of a driver.
struct DriverSeamTests {
  private static let container = "/run/netns/c"

  @Test func endpointNeedsNoHostEnd() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      let (state, world) = (bench.state, bench.world)

      try bench.connect("n", "c")

      let link = try #require(bench.world[Self.container].links["eth0"])
      #expect(link.kind == .macvlan && link.parent == "eth7.10" && link.isUp)
      #expect(bench.world[World.host] == world[World.host])
      #expect(
        bench.world[Self.container].routes == [DefaultRoute(.ipv4, interface: "eth0")])
      #expect(try bench.findings() == [])
      #expect(try bench.endpoints("n").map(\.interface?.hostName) == [nil])

      try bench.disconnect("n", "c")

      // The container still has its hosts file, which is empty.
      #expect(bench.state.without("netns", "netns/c", "netns/c/hosts") == state)
      #expect(bench.world[Self.container].links.keys.sorted() == ["lo"])
      #expect(bench.world[Self.container].routes.isEmpty)
    }
  }

  @Test func sharedParentIsMadeOnceAndGoesWithTheLast() throws {
    try withStackedBench { bench in
      let (state, world) = (bench.state, bench.world)

      try bench.create("a", Self.stacked)
      let parent = bench.world[World.host].links["eth7.10"]
      try bench.create("b", Self.stacked)
      #expect(parent?.kind == .vlan && parent?.owner == .parent("eth7.10"))
      #expect(bench.world[World.host].links["eth7.10"] == parent)
      #expect(try bench.findings() == [])

      try bench.remove("a")
      #expect(bench.world[World.host].links["eth7.10"] == parent)
      try bench.remove("b")

      #expect(bench.world == world)
      #expect(bench.state == state)
    }
  }

  @Test func parentThatExistedIsKept() throws {
    try withStackedBench { bench in
      bench.world[World.host].links["eth7.10"] = World.Link(
        kind: .vlan, isUp: true, parent: "eth7")
      let world = bench.world

      try bench.create("a", Self.stacked)
      #expect(bench.world == world)
      try bench.remove("a")

      #expect(bench.world == world)
    }
  }

  @Test func networkWithoutAPolicyLeavesTheHostAlone() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      try bench.connect("n", "c")

      #expect(bench.world.firewall == nil)
      #expect(bench.world[World.host].sysctls[SysctlKey(path: "net/ipv4/ip_forward")] == "0")
      try bench.create("bridged")
      try bench.remove("bridged")
      #expect(bench.world.firewall == nil)
    }
  }

  @Test func endpointWithoutAHostEndLivesAsLongAsItsNamespace() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      try bench.connect("n", "c")
      let world = bench.world
      bench.world[Self.container].links["eth0"] = nil
      bench.world[Self.container].routes = []

      #expect(try bench.isInUse("n"))
      let findings = try bench.findings()
      #expect(findings.contains { if case .difference = $0 { true } else { false } })
      #expect(try bench.reload().isEmpty)
      #expect(bench.world == world)

      bench.world.namespaces[Self.container] = nil
      #expect(try !bench.isInUse("n"))
      try bench.remove("n")
    }
  }

  @Test func renamedInterfaceIsFoundByItsAlias() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      try bench.connect("n", "c")
      let link = bench.world[Self.container].links.removeValue(forKey: "eth0")
      bench.world[Self.container].links["net0"] = link

      #expect(try bench.isInUse("n"))
      #expect(try bench.reload().isEmpty)
      #expect(bench.world[Self.container].links["eth0"] == link)
    }
  }

  @Test func reloadMakesASharedParentOnce() throws {
    try withStackedBench { bench in
      try bench.create("a", Self.stacked)
      try bench.create("b", Self.stacked)
      let world = bench.world
      bench.world[World.host].links["eth7.10"] = nil

      #expect(try bench.reload().isEmpty)

      #expect(bench.world == world)
    }
  }

  @Test func portsNeedADriverThatPublishes() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      try bench.connect("n", "c")

      #expect(throws: ServiceError.self) { try bench.publish("c", "8080:80") }
    }
  }

  @Test func whatAStepRefusesIsUndone() throws {
    try withStackedBench { bench in
      try bench.create("first", Self.stacked)
      let (state, world) = (bench.state, bench.world)
      var step = 0
      var isDone = false
      while !isDone {
        do {
          try bench.run(seed: 7, fault: .refusing(step)) {
            try $0.connect(ConnectRequest(network: "first", container: "c"))
          }
          isDone = bench.notices.allSatisfy { if case .ignored = $0 { false } else { true } }
          try bench.disconnect("first", "c")
        } catch {
          #expect(bench.state == state, "step \(step)")
          #expect(bench.world == world, "step \(step)")
        }
        step += 1
      }
      #expect(step > 4)
    }
  }

  @Test func interruptedConnectionIsTakenOutOfTheContainer() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      let count = try bench.run(seed: 7) {
        try $0.connect(ConnectRequest(network: "n", container: "c"))
      }
      try bench.disconnect("n", "c")
      let state = bench.state
      for step in 0..<count {
        _ = try? bench.run(seed: 7, fault: .ending(step)) {
          try $0.connect(ConnectRequest(network: "n", container: "c"))
        }

        try bench.create("recovers")
        try bench.remove("recovers")
        if try bench.isInUse("n") { try bench.disconnect("n", "c") }

        #expect(bench.state == state, "step \(step)")
        #expect(bench.world[Self.container].links.keys.sorted() == ["lo"], "step \(step)")
      }
    }
  }

  @Test func networkOfAnUnknownDriverIsListedInspectedAndRemoved() throws {
    try withStackedBench { bench in
      try bench.create("n", Self.stacked)
      bench.drivers = .builtIn

      #expect(try bench.names().contains("n"))
      try bench.run { _ = try $0.inspect("n") }
      let unknown = ServiceError.unknownDriver(StackedDriver.name, network: "n")
      #expect(throws: unknown) { try bench.connect("n", "c") }
      #expect(
        try bench.findings().contains(.unknownDriver(StackedDriver.name, network: "n")))
      #expect(try bench.reload().map(\.error) == [unknown])
      try bench.create("beside")
      try bench.connect("beside", "c")

      try bench.remove("n")

      #expect(try !bench.names().contains("n"))
      #expect(throws: ServiceError.definition(.unknownDriver("stacked"))) {
        try bench.create("n", Self.stacked)
      }
    }
  }

  @Test func linksOfAnUnknownDriverGoByTheirMark() throws {
    try withStackedBench { bench in
      let world = bench.world
      try bench.create("n")
      try bench.connect("n", "c")
      bench.drivers = DriverRegistry([StackedDriver.self])
      try bench.disconnect("n", "c")
      try bench.remove("n")

      #expect(bench.world[World.host].links == world[World.host].links)
      #expect(bench.world[Self.container].links == world[Self.container].links)
    }
  }

  private static func stacked(_ request: inout CreateRequest) {
    request.driver = StackedDriver.name.rawValue
  }

  private func withStackedBench(_ body: (Bench) throws -> Void) throws {
    try withBench(["c"]) { bench in
      bench.drivers = DriverRegistry(DriverRegistry.builtIn.drivers + [StackedDriver.self])
      bench.world[World.host].links["eth7"] = World.Link(isUp: true)
      try body(bench)
    }
  }
}

extension Bench {
  fileprivate func endpoints(_ network: String) throws -> [Endpoint] {
    var endpoints: [Endpoint] = []
    try run { endpoints = try $0.inspect(network).endpoints }
    return endpoints
  }

  fileprivate func names() throws -> [String] {
    var names: [String] = []
    try run { names = try $0.networks().networks.map(\.name) }
    return names
  }

  fileprivate func isInUse(_ network: String) throws -> Bool {
    var isInUse = false
    try run { isInUse = try $0.networksInUse().contains($0.network(network).id) }
    return isInUse
  }
}
