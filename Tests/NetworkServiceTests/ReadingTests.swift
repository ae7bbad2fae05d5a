import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

/// Verbs that read leave the state directory and the kernel as they are.
struct ReadingTests {
  /// Every verb that reads, by its name.
  private static let verbs: [(name: String, call: @Sendable (NetworkService) throws -> Void)] = [
    ("networks", { _ = try $0.networks() }),
    ("network", { _ = try $0.network("n") }),
    ("hasLiveEndpoints", { _ = try $0.hasLiveEndpoints(try $0.network("n")) }),
    ("liveEndpointCounts", { _ = try $0.liveEndpointCounts(of: try $0.networks().networks) }),
    ("inspect", { _ = try $0.inspect("n") }),
    ("details", { _ = try $0.details(of: "n") }),
    ("snapshot", { _ = try $0.snapshot() }),
    ("ports", { _ = try $0.ports(of: "c") }),
    ("allPorts", { _ = try $0.allPorts() }),
    ("shadowedPorts", { _ = try $0.shadowedPorts() }),
    ("verify", { _ = try $0.verify([]) }),
    ("blockedTraffic of a network", { _ = try $0.blockedTraffic(to: try $0.network("n")) }),
    ("blockedTraffic of a container", { _ = try $0.blockedTraffic(toNetworksOf: "c") }),
    ("describeKernel", { _ = try $0.describeKernel() }),
    ("recordedNetworks", { _ = try $0.recordedNetworks() }),
    ("networksInUse", { _ = try $0.networksInUse() }),
    ("liveEndpoints", { _ = try $0.liveEndpoints(of: try $0.network("n").id) }),
  ]

  @Test(arguments: verbs.indices)
  func readingChangesNothing(_ place: Int) throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      try bench.publish("c", "8080:80")
      // A dead endpoint, and the remains of an interrupted removal.
      bench.world["/run/netns/d"] = World.Namespace()
      try bench.create("m")
      _ = try? bench.run(fault: .ending(0)) { try $0.remove("m") }
      let files = FolderSnapshot(of: bench.path)
      let world = bench.world

      try bench.run(Self.verbs[place].call)

      #expect(FolderSnapshot(of: bench.path) == files, "\(Self.verbs[place].name)")
      #expect(bench.world == world, "\(Self.verbs[place].name)")
    }
  }

  @Test func recordsAreOnlyMadeByVerbs() throws {
    try withTemporaryFolder { path in
      let bench = Bench(path + "/state")

      try bench.run { (service) throws in
        #expect(!service.hasRecords)
        #expect(try service.recordedNetworks() == nil)
        #expect(try service.networksInUse().isEmpty)
        let absent = String(repeating: "a", count: 64)
        #expect(throws: ServiceError.noSuchContainer(absent)) { try service.ports(of: absent) }
        #expect(throws: ServiceError.noSuchContainer("aa")) {
          try service.connect(ConnectRequest(network: "n", container: "aa"))
        }
      }

      #expect(try StateFolder.open(bench.path, boot: bench.boot) == nil)
    }
  }
}
