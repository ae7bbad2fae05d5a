import Containers
import NetworkModel
import NetworkService
import PFlag

/// Completions of containers, in every spelling that netctl accepts.
struct ContainerCompletions {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  private static let namespaceMark = "netns:"
  private static let processMark = "pid:"

  func candidates(for kind: CompletionKind) -> [Candidate] {
    let others = Set(point.arguments)
    let network = network
    let connected = connected(on: network)
    let candidates =
      switch kind {
      case .connectedContainer: connected.sorted().map { Candidate($0, "container") }
      case .linkedContainer: linkable(connected)
      case .anyContainer: all.map(\.candidate)
      default: joining(network, connected)
      }
    return candidates.filter { !others.contains($0.word) }
  }

  private func joining(_ network: Network?, _ connected: Set<String>) -> [Candidate] {
    guard network?.isJoinable != false else { return [] }
    return all.filter { !connected.contains($0.name) }.map(\.candidate)
  }

  /// Containers whose name has no colon, since in a link an alias follows it.
  private func linkable(_ connected: Set<String>) -> [Candidate] {
    let names = Set(context.sources.namedNamespaces()).union(connected)
    return names.filter { !$0.contains(":") }.sorted().map { Candidate($0, "container") }
  }

  /// Containers on the network named earlier, or on any network if none is.
  private func connected(on network: Network?) -> Set<String> {
    let service = context.service()
    let networks =
      point.arguments.isEmpty
      ? Array((try? service.networksInUse()) ?? []) : network.map { [$0.id] } ?? []
    let endpoints = networks.flatMap { (try? service.liveEndpoints(of: $0)) ?? [] }
    return Set(endpoints.map { service.reference(to: $0.container) })
  }

  /// The network named earlier.
  private var network: Network? {
    guard let reference = point.arguments.first else { return nil }
    let networks = (try? context.service().recordedNetworks()) ?? []
    return networks.first { $0.name == reference }
      ?? networks.first { $0.id.description.hasPrefix(reference) }
  }

  /// Every container with the name it would be connected under. Processes are reduced to one per
  /// namespace, and to a hint unless one is being typed.
  private var all: [(name: String, candidate: Candidate)] {
    let namespaces = context.sources.namedNamespaces()
    let mark = point.typed.hasPrefix("n") ? Self.namespaceMark : ""
    let plain = namespaces.map { ($0, Candidate($0, "network namespace")) }
    let marked =
      mark.isEmpty || plain.contains { $0.0.hasPrefix(point.typed) }
      ? [] : namespaces.map { ($0, Candidate(mark + $0, "network namespace")) }
    return plain + marked + runtimes + processes
  }

  /// The running containers of runtimes by their names, or with their kinds once a colon is typed.
  private var runtimes: [(name: String, candidate: Candidate)] {
    let isExplicit = point.typed.contains(":")
    return context.sources.containers().filter(\.isRunning).map { container in
      let word = isExplicit ? container.spelling : container.name
      return (container.name, Candidate(word, "container of \(container.kind.rawValue)"))
    }
  }

  private var processes: [(name: String, candidate: Candidate)] {
    guard point.typed.hasPrefix(Self.processMark) else {
      return [("", Candidate(Self.processMark, "namespace of a process"))]
    }
    return context.sources.processes().map { process in
      let name = "\(Self.processMark)\(process.identifier)"
      return (name, Candidate(name, process.name))
    }
  }
}
