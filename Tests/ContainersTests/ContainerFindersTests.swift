import Containers
import Glibc
import LinuxSystem
import Testing

struct ContainerFindersTests {
  /// Knows some names, or cannot answer.
  private struct Sample: ContainerFinder {
    let kind: ContainerKind
    var names: [String] = []
    var location = FoundContainer.Location.stopped
    var error: FinderError?
    var user: UInt32?

    func container(_ name: String) throws(FinderError) -> FoundContainer? {
      if let error { throw error }
      guard names.contains(name) else { return nil }
      return FoundContainer(kind, name: name, location: location, user: user)
    }

    func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] { [] }
  }

  /// Asks a daemon that never answers, or one that needs some of its time.
  private struct Daemon: ContainerFinder {
    let kind: ContainerKind
    let answers: Bool

    var asksOthers: Bool { true }

    func container(_ name: String) throws(FinderError) -> FoundContainer? { nil }

    func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
      if answers, deadline.milliseconds > 0 { return [] }
      while deadline.milliseconds > 0 { sched_yield() }
      throw .unresponsive(kind.rawValue)
    }
  }

  @Test(arguments: [false, true])
  func daemonThatHangsTakesNoTimeFromOthers(_ forAll: Bool) {
    let daemons = [ContainerKind.docker, .podman, .incus].map {
      Daemon(kind: $0, answers: $0 != .docker)
    }
    let finders = ContainerFinders(system: daemons, ofUser: { _ in [] }, invokingUser: nil)
    let start = ContinuousClock.now

    let failures = finders.containers(within: .milliseconds(60), forAll: forAll).failures

    #expect(failures.map(\.kind) == [.docker])
    #expect(ContinuousClock.now - start >= .milliseconds(forAll ? 20 : 60))
  }

  private func finders(
    _ system: [Sample], ofUser: [Sample] = [], invokingUser: UInt32? = nil
  ) -> ContainerFinders {
    ContainerFinders(
      system: system, ofUser: { user in ofUser.filter { $0.user == user } },
      invokingUser: invokingUser)
  }

  @Test func firstFinderThatKnowsANameAnswers() throws {
    let finders = finders([
      Sample(kind: .docker, names: ["db"]), Sample(kind: .podman, names: ["web"]),
      Sample(kind: .lxc, names: ["web"]), Sample(kind: .incus, names: ["web"]),
    ])

    let answer = try finders.container(.name("web"))

    #expect(answer.container?.spelling == "podman:web")
    #expect(finders.others(of: answer, "web").map(\.spelling) == ["lxc:web", "incus:web"])
    #expect(try finders.container(.name("x")).container == nil)
  }

  @Test func oneContainerThatTwoFindersKnowIsOne() throws {
    let process = FoundContainer.Location.process(living)
    let finders = finders([
      Sample(kind: .podman, names: ["web"], location: process),
      Sample(kind: .crun, names: ["web"], location: process),
    ])

    #expect(finders.others(of: try finders.container(.name("web")), "web") == [])
  }

  @Test func finderThatCannotAnswerIsPassedOver() throws {
    let error = FinderError.unresponsive("/run/docker.sock")
    let finders = finders([
      Sample(kind: .docker, error: error), Sample(kind: .podman, names: ["web"]),
    ])

    let answer = try finders.container(.name("web"))

    #expect(answer.container?.spelling == "podman:web")
    #expect(answer.failures.map(\.kind) == [.docker])
    #expect(answer.failures.map(\.error) == [error])
  }

  @Test func kindAsksItsFindersAlone() throws {
    let finders = finders([
      Sample(kind: .podman, names: ["db"]), Sample(kind: .podman, names: ["web"]),
      Sample(kind: .lxc, names: ["web", "x"]), Sample(kind: .docker, error: .ambiguous([])),
    ])

    let answer = try finders.container(.explicit(.podman, user: nil, name: "web"))
    #expect(answer.container?.spelling == "podman:web")
    #expect(
      try finders.container(.explicit(.podman, user: nil, name: "x")).container == nil)
    #expect(throws: FinderFailure.self) {
      try finders.container(.explicit(.docker, user: nil, name: "web"))
    }
  }

  @Test func usersContainersAreFoundByTheirUserOrLast() throws {
    let system = [Sample(kind: .podman, names: ["web"])]
    let ofUser = [Sample(kind: .podman, names: ["web", "own"], user: 1500)]
    let forRoot = finders(system, ofUser: ofUser)
    let forUser = finders(system, ofUser: ofUser, invokingUser: 1500)

    #expect(
      try forRoot.container(.explicit(.podman, user: 1500, name: "web")).container?.spelling
        == "podman@1500:web")
    #expect(try forRoot.container(.name("own")).container == nil)
    #expect(try forUser.container(.name("own")).container?.spelling == "podman@1500:own")
    #expect(try forUser.container(.name("web")).container?.spelling == "podman:web")
  }
}
