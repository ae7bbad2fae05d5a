import Addressing
import NetworkModel
import NetworkService
import Testing

/// Hardware addresses that netctl chooses beside those that users do.
struct HardwareAddressTests {
  @Test(arguments: ["bridge", "macvlan"])
  func automaticAddressIsNoneThatANeighbourWasGiven(_ driver: String) throws {
    try withBench(["c", "d"]) { bench in
      bench.world[World.host].links["up0"] = World.Link(isUp: true)
      try bench.create("n") {
        $0.driver = driver
        $0.subnets = ["10.5.0.0/24"]
        $0.gateways = [IPAddress("10.5.0.1")!]
        if driver == "macvlan" { $0.options = ["parent": "up0"] }
      }
      let given = try #require(MACAddress("02:42:0a:05:00:03"))
      try bench.connect("n", "c") { $0.mac = given }

      try bench.connect("n", "d")

      let addresses = try addresses(of: "n", bench)
      #expect(addresses["c"] == given)
      #expect(addresses["d"] != nil && addresses["d"] != given)
      #expect(addresses["d"]?.isUnicast == true)
    }
  }

  @Test func networksOfOneParentAreOneSegment() throws {
    try withBench(["c", "d", "e"]) { bench in
      bench.world[World.host].links["up0"] = World.Link(isUp: true)
      for (name, subnet) in [("m", "10.5.0.0/24"), ("n", "10.6.0.0/24")] {
        try bench.create(name) {
          $0.driver = "macvlan"
          $0.subnets = [subnet]
          $0.options = ["parent": "up0"]
        }
      }
      let given = try #require(MACAddress("02:42:0a:06:00:01"))
      try bench.connect("m", "c") { $0.mac = given }

      #expect(throws: ServiceError.hardwareAddress(.inUse(given, by: "c"))) {
        try bench.connect("n", "d") { $0.mac = given }
      }
      try bench.connect("n", "d")

      #expect(try addresses(of: "n", bench)["d"] != given)
    }
  }

  private func addresses(of network: String, _ bench: Bench) throws -> [String: MACAddress] {
    var found: [String: MACAddress] = [:]
    try bench.run {
      for endpoint in try $0.inspect(network).endpoints {
        found[endpoint.container.name] = endpoint.interface?.mac
      }
    }
    return found
  }
}
