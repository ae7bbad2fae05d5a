import Containers
import NetworkModel
import NetworkService
import PFlag

/// Containers as words, in every spelling that netctl reads.
struct ContainerWords {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  private static let namespaceMark = "netns:"
  private static let processMark = "pid:"

  func candidates(for kind: WordKind) -> [Candidate] {
    let connected = Set(endpoints.map(\.container.name))
    let others = Set(point.arguments)
    let candidates =
      kind == .connectedContainer
      ? connected.sorted().map { Candidate($0, "container") }
      : all.filter { !connected.contains($0.name) }.map(\.candidate)
    return candidates.filter { !others.contains($0.word) }
  }

  /// Those on the network that is named before, or on any if none is.
  private var endpoints: [Endpoint] {
    let service = context.service()
    let networks: [NetworkID]
    if let reference = point.arguments.first {
      networks = network(called: reference, service).map { [$0] } ?? []
    } else {
      networks = Array((try? service.networksInUse()) ?? [])
    }
    return networks.flatMap { (try? service.livingEndpoints(of: $0)) ?? [] }
  }

  private func network(called reference: String, _ service: NetworkService) -> NetworkID? {
    let networks = (try? service.recordedNetworks()) ?? []
    let found =
      networks.first { $0.name == reference }
      ?? networks.first { $0.id.description.hasPrefix(reference) }
    return found?.id
  }

  /// Every container with the name under which it would be connected. Of the processes that is one
  /// for each namespace, and only a hint as long as no process is being typed.
  private var all: [(name: String, candidate: Candidate)] {
    let namespaces = context.surroundings.namedNamespaces()
    let mark = point.typed.hasPrefix("n") ? Self.namespaceMark : ""
    let plain = namespaces.map { ($0, Candidate($0, "network namespace")) }
    let marked =
      mark.isEmpty || plain.contains { $0.0.hasPrefix(point.typed) }
      ? [] : namespaces.map { ($0, Candidate(mark + $0, "network namespace")) }
    return plain + marked + processes
  }

  private var processes: [(name: String, candidate: Candidate)] {
    guard point.typed.hasPrefix(Self.processMark) else {
      return [("", Candidate(Self.processMark, "namespace of a process"))]
    }
    return context.surroundings.processes().map { process in
      let name = "\(Self.processMark)\(process.identifier)"
      return (name, Candidate(name, process.name))
    }
  }
}
