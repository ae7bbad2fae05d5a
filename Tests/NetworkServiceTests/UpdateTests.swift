import Addressing
import KernelModel
import NetworkService
import Testing

/// Changes of a network whose containers are not all within reach.
struct UpdateTests {
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
