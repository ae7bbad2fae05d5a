import Addressing
import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

/// What belongs to the host as a whole: the table, forwarding, the default network's device.
struct HostTests {
  private let ipv4 = SysctlKey(path: "net/ipv4/ip_forward")
  private let ipv6 = SysctlKey(path: "net/ipv6/conf/all/forwarding")

  @Test func everythingGoesWithTheLastNetwork() throws {
    try withBench { bench in
      let (state, world) = (bench.state, bench.world)
      for name in ["a", "b", "c"] { try bench.create(name) { $0.ipv6 = true } }

      #expect(try bench.prune() == ["a", "b", "c"])

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func forwardingIsSwitchedOnForTheFamiliesThatNeedIt() throws {
    try withBench { bench in
      try bench.create("internal") { $0.isInternal = true }
      #expect(bench.world[World.host].sysctls[ipv4] == "0")
      try bench.create("v4")
      #expect(bench.world[World.host].sysctls[ipv4] == "1")
      #expect(bench.world[World.host].sysctls[ipv6] == "0")
      try bench.create("dual") { $0.ipv6 = true }
      #expect(bench.world[World.host].sysctls[ipv6] == "1")
      #expect(bench.world.firewall?.contains(.noTransit(.ipv6)) == true)

      try bench.remove("dual")
      #expect(bench.world[World.host].sysctls[ipv6] == "0")
      #expect(bench.world.firewall?.contains(.noTransit(.ipv6)) == false)
      #expect(bench.world[World.host].sysctls[ipv4] == "1")
      try bench.remove("v4")
      #expect(bench.world[World.host].sysctls[ipv4] == "0")
      #expect(bench.world.firewall != nil)
      try bench.remove("internal")
      #expect(bench.world.firewall == nil)
    }
  }

  @Test func forwardingOfTheAdministratorsStaysOn() throws {
    try withBench { bench in
      bench.world[World.host].sysctls[ipv4] = "1"

      try bench.create("n")
      #expect(bench.world.firewall?.contains(.noTransit(.ipv4)) == false)
      try bench.remove("n")

      #expect(bench.world[World.host].sysctls[ipv4] == "1")
      #expect(bench.world.firewall == nil)
    }
  }

  @Test func tableWithRulesOfTheAdministratorsStays() throws {
    try withBench { bench in
      try bench.create("n")
      bench.world.hasAdministratorRules = true

      try bench.remove("n")

      #expect(bench.world.firewall == [])
      #expect(bench.world[World.host].sysctls[ipv4] == "0")
    }
  }

  @Test func flushedTableIsRebuiltByTheNextConnection() throws {
    try withBench(["c"]) { bench in
      try bench.create("a") { $0.ipv6 = true }
      try bench.create("b") { $0.isInternal = true }
      try bench.connect("bridge", "c")
      try bench.connect("a", "c")
      let firewall = bench.world.firewallWithoutPortNames
      try bench.disconnect("a", "c")
      bench.world.firewall = nil

      try bench.connect("a", "c")

      #expect(bench.world.firewallWithoutPortNames == firewall)
    }
  }

  @Test func bridgeDeletedByHandIsMadeAgain() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      let world = bench.world
      let name = try #require(bench.world[World.host].links.keys.first { $0.hasPrefix("br-") })
      bench.world[World.host].links[name] = nil

      try bench.connect("n", "c")
      try bench.disconnect("n", "c")

      #expect(bench.world == world)
    }
  }

  @Test func renamedBridgeGetsItsNameBack() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      let world = bench.world
      let name = try #require(bench.world[World.host].links.keys.first { $0.hasPrefix("br-") })
      bench.world[World.host].links["other"] = bench.world[World.host].links[name]
      bench.world[World.host].links[name] = nil

      try bench.connect("n", "c")
      try bench.disconnect("n", "c")

      #expect(bench.world == world)
    }
  }

  @Test func deviceOfTheDefaultNetworkIsThereWhileItIsNeeded() throws {
    try withBench(["c", "d"]) { bench in
      let (state, world) = (bench.state, bench.world)

      try bench.connect("bridge", "c")
      try bench.connect("bridge", "d")
      #expect(bench.world[World.host].links["docker0"]?.isUp == true)
      try bench.disconnect("bridge", "c")
      #expect(bench.world[World.host].links["docker0"] != nil)
      try bench.disconnect("bridge", "d")

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func foreignDefaultBridgeIsLeftAlone() throws {
    try withBench(["c"]) { bench in
      bench.world[World.host].links["docker0"] = World.Link(kind: .bridge)
      let (state, world) = (bench.state, bench.world)

      let error = #expect(throws: ServiceError.self) { try bench.connect("bridge", "c") }

      guard case .device(.notManaged, _, name: "bridge") = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func pruningTakesTheDefaultDeviceOfContainersThatAreGone() throws {
    try withBench(["c"]) { bench in
      let state = bench.state
      try bench.connect("bridge", "c")
      bench.world.namespaces["/run/netns/c"] = nil
      bench.world[World.host].links = bench.world[World.host].links
        .filter { !$0.key.hasPrefix("veth") }

      #expect(try bench.prune().isEmpty)

      #expect(bench.world[World.host].links.keys.sorted() == ["lo"])
      #expect(bench.world.firewall == nil)
      #expect(bench.state == state)
    }
  }

  @Test func pruningNamesWhatCannotBeReadAndRemovesTheRest() throws {
    try withBench { bench in
      try bench.create("a")
      let others = Set(bench.state.entries.keys)
      try bench.create("b")
      let document = try #require(
        bench.state.entries.keys.first { $0.hasPrefix("networks/") && !others.contains($0) })
      writeFile("\(bench.path)/\(document)", "x".utf8)
      var (removed, failures): ([String], [NetworkFailure]) = ([], [])

      try bench.run { service in
        var operation = try service.pruneOperation { _ in true }
        while operation.next() {}
        (removed, failures) = (operation.removed, operation.failures)
      }

      #expect(removed == ["a"])
      #expect(failures.map(\.network) == [nil])
    }
  }

  @Test func nextCommandRestoresWhatAnInterruptedOneDidNotAfterABoot() throws {
    try withBench { bench in
      for name in ["a", "b"] { try bench.create(name) { $0.ipv6 = true } }
      let world = bench.world
      var step = 0
      while true {
        bench.reboot()
        let steps = try bench.run(seed: 9, fault: .ending(step)) { _ = try? $0.remove("c") }

        #expect(throws: ServiceError.networkNotFound("c")) { try bench.remove("c") }

        #expect(bench.world[World.host].links == world[World.host].links, "step \(step)")
        #expect(bench.world.firewall == world.firewall, "step \(step)")
        if steps <= step { break }
        step += 1
      }
      #expect(step > 4)
    }
  }

  @Test func reloadAfterABootTakesAStepForEachNetwork() throws {
    try withBench { bench in
      for name in ["a", "b"] { try bench.create(name) }
      let world = bench.world
      bench.reboot()

      var steps: [Int] = []
      try bench.run { service in
        _ = try service.reload([]) { operation in
          #expect(operation.count == 2)
          while operation.next() { steps.append(steps.count + 1) }
        }
      }
      let restored = try bench.run { _ = try $0.reload([]) { while $0.next() {} } }

      #expect(steps == [1, 2])
      #expect(bench.world == world)
      #expect(restored == 0)
    }
  }

  @Test func networksAreRestoredAfterTheRecordOfTheHostIsLost() throws {
    try withBench { bench in
      try bench.create("a")
      let world = bench.world
      bench.reboot()
      bench.state.without("host.json").replace(folderAt: bench.path)

      try bench.create("b")
      try bench.remove("b")

      #expect(bench.world == world)
    }
  }

  @Test func interruptedFirstRunDoesNotRecordNetworksTwice() throws {
    try withBench { bench in
      let names = ["bridge", "host", "none"]
      let files = bench.state.entries.keys.filter { $0.hasPrefix("networks/") }.sorted()
      for count in 0...files.count {
        var kept = bench.state.without("host.json")
        for file in files[count...] { kept = kept.without(file) }
        kept.replace(folderAt: bench.path)

        var found: [String] = []
        try bench.run { found = try $0.networks().networks.map(\.name).sorted() }

        #expect(found == names)
      }
    }
  }
}
