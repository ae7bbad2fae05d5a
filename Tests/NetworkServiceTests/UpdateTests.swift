import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Testing

/// Changes of a network whose containers are not all within reach.
struct UpdateTests {
  @Test func automaticMTUIsThatOfTheUplink() throws {
    try withBench { bench in
      try bench.create("n") { $0.options = ["com.docker.network.driver.mtu": "1400"] }
      var request = UpdateRequest(network: "n")
      request.options = ["com.docker.network.driver.mtu": "auto"]

      try bench.run { _ = try $0.update(request) }

      try bench.run {
        let network = try $0.network("n")
        #expect(network.options["com.docker.network.driver.mtu"] == "1500")
      }
    }
  }

  @Test func auxiliaryAddressNeedsAName() throws {
    try withBench { bench in
      try bench.create("n") { $0.subnets = ["10.4.0.0/24"] }
      var request = UpdateRequest(network: "n")
      request.auxiliaryAddresses = ["": "10.4.0.9"]

      #expect(throws: ServiceError.update(.unnamedAuxiliaryAddress("10.4.0.9"))) {
        try bench.run { _ = try $0.update(request) }
      }
    }
  }

  @Test func containerInWhichNothingChangesNeedNotBeEntered() throws {
    try withBench(["c", "d"]) { bench in
      for network in ["k", "n"] { try bench.create(network) }
      for container in ["c", "d"] { try bench.connect("n", container) }
      try bench.connect("k", "c")
      bench.world.otherFiles.insert("/run/netns/d")

      try bench.run { try $0.rename("n", to: "a") }

      #expect(bench.world["/run/netns/c"].routes.map(\.interface.description) == ["eth0"])
      #expect(throws: ServiceError.self) { try bench.connect("k", "d") }
    }
  }
}
