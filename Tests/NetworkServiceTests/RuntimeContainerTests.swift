import Containers
import NetworkModel
import NetworkService
import Testing

/// Containers that a runtime knows.
struct RuntimeContainerTests {
  private func web(at path: String, user: UInt32? = nil) -> Runtime {
    Runtime(
      answer: .success(FoundContainer(.docker, name: "web", location: .file(path), user: user)))
  }

  @Test func containerIsConnectedUnderItsName() throws {
    try withBench { bench in
      bench.world["/proc/7/ns/net"] = World.Namespace()
      bench.runtimes = [web(at: "/proc/7/ns/net")]
      try bench.create("blue")
      try bench.connect("blue", "3f2a")

      var names: [String] = []
      try bench.run { names = try $0.inspect("blue").endpoints.map(\.container.name) }
      #expect(names == ["web"])
      #expect(throws: ServiceError.alreadyConnected(container: "web", network: "blue")) {
        try bench.connect("blue", "docker:web")
      }
    }
  }

  // An engine may run on another host than netctl, whose namespace looks like that of a container.
  @Test func containerOnTheNetworkOfItsHostIsRefusedWhereverThatIs() throws {
    try withBench { bench in
      bench.world["/proc/7/ns/net"] = World.Namespace()
      bench.runtimes = [
        Runtime(
          answer: .success(
            FoundContainer(
              .docker, name: "web", location: .file("/proc/7/ns/net"), sharing: .ofHost)))
      ]
      try bench.create("blue")

      #expect(throws: ServiceError.hostNamespace) { try bench.connect("blue", "web") }
    }
  }

  @Test func namedNamespacePrecedesAndTheOtherIsTold() throws {
    try withBench(["c"]) { bench in
      bench.world["/proc/7/ns/net"] = World.Namespace()
      bench.runtimes = [web(at: "/proc/7/ns/net")]
      try bench.create("blue")
      try bench.connect("blue", "c")

      #expect(bench.notices == [.namesakes(of: "netns:c", ["docker:web"])])
    }
  }

  @Test func containerThatDoesNotRunIsRefused() throws {
    try withBench { bench in
      bench.runtimes = [
        Runtime(answer: .success(FoundContainer(.docker, name: "web", location: .stopped)))
      ]
      try bench.create("blue")

      #expect(throws: ServiceError.containerNotRunning("docker:web")) {
        try bench.connect("blue", "web")
      }
    }
  }

  @Test func usersContainerMustBeInANamespaceOfTheUser() throws {
    try withBench { bench in
      bench.world["/proc/7/ns/net"] = World.Namespace(owner: 1000)
      bench.world["/proc/8/ns/net"] = World.Namespace()
      try bench.create("blue")

      bench.runtimes = [web(at: "/proc/8/ns/net", user: 1000)]
      let error = ServiceError.foreignNamespace(container: "docker@1000:web", user: 1000)
      #expect(throws: error) { try bench.connect("blue", "web") }

      bench.runtimes = [web(at: "/proc/7/ns/net", user: 1000)]
      try bench.connect("blue", "web")
    }
  }

  @Test func runtimeThatCannotAnswerIsPassedOverUnlessItIsMeant() throws {
    try withBench { bench in
      bench.world["/proc/7/ns/net"] = World.Namespace()
      let error = FinderError.unresponsive("/run/docker.sock")
      bench.runtimes = [Runtime(answer: .failure(error)), web(at: "/proc/7/ns/net")]
      try bench.create("blue")
      try bench.connect("blue", "web")

      guard case .finder(let failure)? = bench.notices.first else {
        Issue.record("no notice")
        return
      }
      #expect(failure.error == error)
      #expect(throws: ServiceError.finder(failure)) { try bench.disconnect("blue", "docker:web") }
    }
  }
}
