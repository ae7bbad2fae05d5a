import LinuxSystem

/// All finders, in the order in which they are asked for a name.
package struct ContainerFinders: Sendable {
  /// The result of asking for a container.
  package struct Answer: Sendable {
    /// The container; nil if no finder knows it.
    package var container: FoundContainer?
    /// Finders that were asked before, and could not answer.
    package var failures: [FinderFailure] = []
    /// Finders that were not asked.
    fileprivate var rest: [any ContainerFinder] = []
  }

  private let system: [any ContainerFinder]
  private let ofUser: @Sendable (UInt32) -> [any ContainerFinder]
  private let invokingUser: UInt32?

  /// - Parameters:
  ///   - system: the finders of root's containers.
  ///   - ofUser: the finders of the containers of a user's own runtimes.
  ///   - invokingUser: whose finders are asked for a name after root's; nil for nobody's.
  package init(
    system: [any ContainerFinder], ofUser: @escaping @Sendable (UInt32) -> [any ContainerFinder],
    invokingUser: UInt32?
  ) {
    self.system = system
    self.ofUser = ofUser
    self.invokingUser = invokingUser
  }

  /// Finders of namespaces that need no runtime.
  package static let namespaces = ContainerFinders(
    system: [NamedNamespaceFinder(), ProcessFinder()], ofUser: { _ in [] }, invokingUser: nil)

  /// The container that a reference refers to. For a name, finders are asked in order until one
  /// knows it; one that cannot answer is passed over. Throws the error of a finder that was asked
  /// for by its kind.
  package func container(_ reference: ContainerReference) throws(FinderFailure) -> Answer {
    switch reference {
    case .path(let path): return Answer(container: NamedNamespaceFinder.container(atPath: path))
    case .explicit(let kind, let user, let name):
      let finders = (user.map(ofUser) ?? system).filter { $0.kind == kind }
      for finder in finders {
        if let found = try Self.ask(finder, name) { return Answer(container: found) }
      }
      return Answer()
    case .name(let name):
      return firstAnswer(
        to: name,
        (system + (invokingUser.map(ofUser) ?? [])).filter { $0.kind != .process })
    }
  }

  /// Whether a runtime of root's says that it no longer has a container with an ID.
  package func hasRemoved(_ id: String, of kind: String) throws(FinderFailure) -> Bool {
    for finder in system where finder.kind.rawValue == kind {
      do throws(FinderError) {
        if let answer = try finder.hasRemoved(id) { return answer }
      } catch {
        throw FinderFailure(kind: finder.kind, error: error)
      }
    }
    return false
  }

  /// The other containers that a name refers to, besides the one that was found.
  package func others(of answer: Answer, _ name: String) -> [FoundContainer] {
    var others: [FoundContainer] = []
    var seen = [answer.container?.location]
    var answer = answer
    while !answer.rest.isEmpty {
      answer = firstAnswer(to: name, answer.rest)
      guard let found = answer.container else { break }
      if !found.isRunning || !seen.contains(found.location) { others.append(found) }
      seen.append(found.location)
    }
    return others
  }

  /// Every container that has a name, once; and the finders that did not answer in time. Each has
  /// the given time, or, if that is `forAll`, a fair share of what the others have left.
  package func containers(
    within limit: Duration, forAll: Bool = false
  ) -> (containers: [ListedContainer], failures: [FinderFailure]) {
    let finders = system + (invokingUser.map(ofUser) ?? [])
    let end = Deadline(after: limit)
    var waiting = finders.count(where: \.asksOthers)
    var containers: [ListedContainer] = []
    var failures: [FinderFailure] = []
    var known: Set<String> = []
    for finder in finders {
      let deadline = Deadline(
        after: forAll ? .milliseconds(end.milliseconds) / max(waiting, 1) : limit)
      if finder.asksOthers { waiting -= 1 }
      do throws(FinderError) {
        // An engine's containers are also those of its OCI runtime, by their ID; machines are also
        // those of systemd-nspawn.
        for container in try finder.containers(until: deadline)
        where known.isDisjoint(with: container.keys) {
          containers.append(container)
          known.formUnion(container.keys)
        }
      } catch {
        failures.append(FinderFailure(kind: finder.kind, error: error))
      }
    }
    return (containers, failures)
  }

  private func firstAnswer(to name: String, _ finders: [any ContainerFinder]) -> Answer {
    var answer = Answer()
    for (index, finder) in finders.enumerated() {
      do throws(FinderFailure) {
        guard let found = try Self.ask(finder, name) else { continue }
        answer.container = found
        answer.rest = Array(finders[(index + 1)...])
        return answer
      } catch {
        answer.failures.append(error)
      }
    }
    return answer
  }

  private static func ask(
    _ finder: any ContainerFinder, _ name: String
  ) throws(FinderFailure) -> FoundContainer? {
    do throws(FinderError) {
      return try finder.container(name)
    } catch {
      throw FinderFailure(kind: finder.kind, error: error)
    }
  }
}

extension ListedContainer {
  /// What no other container has: its spelling, and what its own finder and others know it by.
  fileprivate var keys: [String] {
    switch kind {
    case .machine, .nspawn: [spelling, "machine " + name]
    case .crun, .runc: [spelling, "ID " + name]
    case .namespace, .process, .path, .docker, .podman, .containerd, .lxc, .incus, .firejail:
      [spelling] + (id.map { ["ID " + $0] } ?? [])
    }
  }
}
