import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

struct SurveyTests {
  @Test func surveyHasEveryNetworkWithItsContainersAndWhatTheyPublish() throws {
    try withBench(["web", "db"]) { bench in
      try bench.create("front")
      try bench.create("back") { $0.isInternal = true }
      try bench.connect("front", "web")
      try bench.connect("back", "web")
      try bench.connect("back", "db")
      let published = try bench.publish("web", "8080:80")

      let snapshot = try snapshot(bench)

      let names = Dictionary(
        uniqueKeysWithValues: snapshot.networks.map { status in
          (status.network.name, Set(status.endpoints.map(\.container.name)))
        })
      let front = try #require(snapshot.networks.first { $0.network.name == "front" })
      #expect(
        names == ["front": ["web"], "back": ["web", "db"], "bridge": [], "host": [], "none": []])
      #expect(snapshot.ports == [front.endpoints[0].id: published])
      #expect(snapshot.damaged.isEmpty)
    }
  }

  @Test func containersThatAreGoneAreNotInIt() throws {
    try withBench(["web"]) { bench in
      try bench.create("front")
      try bench.connect("front", "web")
      bench.world.namespaces["/run/netns/web"] = nil
      bench.deleteVeths()

      #expect(try snapshot(bench).networks.allSatisfy(\.endpoints.isEmpty))
    }
  }

  @Test(arguments: [("endpoints/", ".json", 1), ("containers/", "/ports.json", 0)])
  func damageHidesNothingElse(folder: String, ending: String, lost: Int) throws {
    try withBench(["web", "db"]) { bench in
      try bench.create("front")
      try bench.connect("front", "web")
      try bench.connect("front", "db")
      try bench.publish("web", "8080:80")
      let whole = try snapshot(bench).networks.flatMap(\.endpoints).count
      let victim = try #require(
        bench.state.entries.keys.sorted().first { $0.hasPrefix(folder) && $0.hasSuffix(ending) })
      writeFile("\(bench.path)/\(victim)", Array("{".utf8))

      let snapshot = try snapshot(bench)

      #expect(snapshot.damaged.count == 1)
      #expect(snapshot.damaged.allSatisfy { "\($0)".contains(victim) })
      #expect(snapshot.networks.flatMap(\.endpoints).count == whole - lost)
    }
  }

  private func snapshot(_ bench: Bench) throws -> NetworkSnapshot {
    var snapshot: NetworkSnapshot?
    try bench.run { snapshot = try $0.snapshot() }
    return try #require(snapshot)
  }
}
