import AddressPools
import Addressing
import Configuration
import Drivers
import KernelTestSupport
import NetworkModel
import NetworkService
import Testing

/// What a configuration changes.
struct ConfigurationTests {
  @Test func defaultsAreDockers() {
    #expect(
      Configuration().defaultBridge.options(uplinkMTU: 0) == [
        "com.docker.network.bridge.default_bridge": "true",
        "com.docker.network.bridge.enable_icc": "true",
        "com.docker.network.bridge.enable_ip_masquerade": "true",
        "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
        "com.docker.network.bridge.name": "docker0",
        "com.docker.network.driver.mtu": "1500",
      ])
  }

  @Test func subnetsComeFromItsPools() throws {
    try withBench(["c"]) { bench in
      let pool = try #require(
        AddressPool(base: try IPPrefix(parsing: "10.200.0.0/16"), size: 24))
      bench.configuration.localPools = [pool]
      bench.configuration.globalPools = []

      try bench.create("n")

      try bench.run {
        let subnets = try $0.network("n").subnets
        // The network `bridge` has moved to the first.
        #expect(subnets.map(\.subnet.description) == ["10.200.1.0/24"])
      }
    }
  }

  @Test func defaultNetworkHasItsSettings() throws {
    try withTemporaryBench { bench in
      bench.configuration.defaultBridge.name = "lan0"
      bench.configuration.defaultBridge.mtu = 1400
      bench.configuration.defaultBridge.allowsContainerTraffic = false
      try bench.prepare(containers: "c")

      try bench.connect("bridge", "c")

      let bridge = try #require(bench.world[World.host].links["lan0"])
      #expect(bridge.mtu == 1400)
      #expect(bench.world[World.host].links.values.contains { $0.isIsolated })
    }
  }

  @Test func existingNetworkWithAnAutomaticMTUIsWhatIsAskedFor() throws {
    try withBench { bench in
      func create(_ mtu: String) throws {
        try bench.create("n") {
          $0.acceptsExisting = true
          $0.options = ["com.docker.network.driver.mtu": mtu]
        }
      }
      try create("auto")

      try create("auto")
      try create("1500")

      #expect(throws: ServiceError.self) { try create("1400") }
    }
  }

  /// What the configuration gives to new networks is not what a request asks for.
  @Test func existingNetworkNeedsNoDefaultsOfToday() throws {
    try withBench { bench in
      let icc = "com.docker.network.bridge.enable_icc"
      try bench.create("n")
      bench.configuration.networkOptions = [
        .bridge: [icc: "false", "com.docker.network.enable_ipv6": "true"]
      ]

      try bench.create("n") { $0.acceptsExisting = true }

      #expect(throws: ServiceError.self) {
        try bench.create("n") {
          $0.acceptsExisting = true
          $0.options = [icc: "false"]
        }
      }
    }
  }

  private func withTemporaryBench(_ body: (Bench) throws -> Void) throws {
    try withTemporaryFolder { path in try body(Bench(path + "/state")) }
  }
}
