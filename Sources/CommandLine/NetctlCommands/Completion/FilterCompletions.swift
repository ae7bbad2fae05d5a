import NetworkModel
import NetworkService
import PFlag

/// Completions of filters: first the key, then its values.
struct FilterCompletions {
  let typed: String
  let service: NetworkService

  func candidates(for kind: CompletionKind) -> [Candidate] {
    let pair = KeyValue(cutting: typed)
    guard pair.isPair else { return keys(of: kind) }
    return values(of: pair.key, kind).map { Candidate("\(pair.key)=\($0)") }
  }

  private func keys(of kind: CompletionKind) -> [Candidate] {
    switch kind {
    case .listFilter:
      [
        Candidate("container=", "A container that is connected"),
        Candidate("dangling=", "Whether no container is connected"),
        Candidate("driver=", "The driver"),
        Candidate("id=", "Part of the ID"),
        Candidate("label=", "A label, or a label and its value"),
        Candidate("name=", "Part of the name"),
        Candidate("scope=", "The scope"),
        Candidate("type=", "builtin or custom"),
      ]
    case .eventFilter:
      [
        Candidate("container=", "The beginning of a container's name or ID"),
        Candidate("event=", "What happened"),
        Candidate("label=", "An attribute, or an attribute and its value"),
        Candidate("network=", "The beginning of a network's name or ID"),
        Candidate("scope=", "The scope"),
        Candidate("type=", "network"),
      ]
    default:
      [
        Candidate("label=", "Only those with the label"),
        Candidate("label!=", "Only those without the label"),
        Candidate("until=", "Only those created before a time, or longer ago than an age"),
      ]
    }
  }

  private func values(of key: String, _ kind: CompletionKind) -> [String] {
    let networks = (try? service.recordedNetworks()) ?? []
    switch (key, kind) {
    case ("event", .eventFilter): return NetworkEvent.Action.allCases.map(\.rawValue)
    case ("network", .eventFilter): return distinct(networks.map(\.name))
    case ("scope", .eventFilter): return distinct(networks.map(\.scope))
    case ("type", .eventFilter): return ["network"]
    case ("label", .listFilter), ("label", .pruneFilter), ("label!", .pruneFilter):
      return distinct(networks.flatMap { $0.labels.flatMap { [$0.key, "\($0.key)=\($0.value)"] } })
    case ("dangling", .listFilter): return ["true", "false"]
    case ("driver", .listFilter): return distinct(networks.map(\.driver.rawValue))
    case ("id", .listFilter): return distinct(networks.map(\.id.short))
    case ("name", .listFilter): return distinct(networks.map(\.name))
    case ("scope", .listFilter): return distinct(networks.map(\.scope))
    case ("type", .listFilter): return ["builtin", "custom"]
    default: return []
    }
  }

  private func distinct(_ texts: [String]) -> [String] { Set(texts).sorted() }
}
