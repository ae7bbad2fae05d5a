import Addressing
import KernelModel
import NetworkService
import Testing

/// A bridge whose name the user chose.
struct BridgeNameTests {
  @Test func nameOfAnotherNetworksBridgeIsRefused() throws {
    try withBench { bench in
      try bench.create("first") { $0.options = Self.named("br0") }
      let (state, world) = (bench.state, bench.world)

      let error = #expect(throws: ServiceError.self) {
        try bench.create("second") { $0.options = Self.named("br0") }
      }

      expectTaken(error)
      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func nameIsTakenAlsoWhileTheBridgeIsNotThere() throws {
    try withBench { bench in
      try bench.create("first") { $0.options = Self.named("br0") }
      bench.world[World.host].links["br0"] = nil

      expectTaken(
        #expect(throws: ServiceError.self) {
          try bench.create("second") { $0.options = Self.named("br0") }
        })
      expectTaken(
        #expect(throws: ServiceError.self) {
          try bench.create("third") { $0.options = Self.named("docker0") }
        })
    }
  }

  @Test func foreignBridgeServesOneNetwork() throws {
    try withBench { bench in
      bench.world[World.host].links["br0"] = World.Link(kind: .bridge, isUp: true)
      try bench.create("first") { $0.options = Self.named("br0") }
      let (state, world) = (bench.state, bench.world)

      expectTaken(
        #expect(throws: ServiceError.self) {
          try bench.create("second") { $0.options = Self.named("br0") }
        })

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func foreignBridgeIsAsBeforeWhenTheNetworkGoes() throws {
    try withBench { bench in
      bench.world[World.host].links["br0"] = World.Link(
        kind: .bridge, addresses: [try IPPrefix(parsing: "10.9.0.1/24")])
      try bench.create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24", "fd09::/64"]
        $0.options = Self.named("br0")
      }
      #expect(bench.world[World.host].links["br0"]?.addresses.count == 2)

      try bench.remove("n")

      #expect(
        bench.world[World.host].links["br0"]?.addresses == [try IPPrefix(parsing: "10.9.0.1/24")])
    }
  }

  @Test func otherLinkOfTheNameIsRefused() throws {
    try withBench { bench in
      bench.world[World.host].links["eth7"] = World.Link(kind: nil)
      let (state, world) = (bench.state, bench.world)

      let error = #expect(throws: ServiceError.self) {
        try bench.create("n") { $0.options = Self.named("eth7") }
      }

      guard case .device(.otherKind, _, name: "n") = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  private func expectTaken(_ error: ServiceError?) {
    guard case .device(.belongsToNetwork, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private static func named(_ name: String) -> [String: String] {
    ["com.docker.network.bridge.name": name]
  }
}
