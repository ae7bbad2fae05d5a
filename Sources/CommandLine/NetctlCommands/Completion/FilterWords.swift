import NetworkModel
import NetworkService
import PFlag

/// Conditions as words: first what can be asked, then with what it can be compared.
struct FilterWords {
  let typed: String
  let service: NetworkService

  func candidates(for kind: WordKind) -> [Candidate] {
    let pair = KeyValue(cutting: typed)
    guard pair.isPair else { return keys(of: kind) }
    return values(of: pair.key, kind).map { Candidate("\(pair.key)=\($0)") }
  }

  private func keys(of kind: WordKind) -> [Candidate] {
    kind == .listFilter
      ? [
        Candidate("dangling=", "Whether no container is connected"),
        Candidate("driver=", "The driver"),
        Candidate("id=", "A part of the ID"),
        Candidate("label=", "A label, or a label and its value"),
        Candidate("name=", "A part of the name"),
        Candidate("scope=", "The scope"),
        Candidate("type=", "builtin or custom"),
      ]
      : [
        Candidate("label=", "Only those with the label"),
        Candidate("label!=", "Only those without the label"),
        Candidate("until=", "Only those made before a time, or so long ago"),
      ]
  }

  private func values(of key: String, _ kind: WordKind) -> [String] {
    let networks = (try? service.recordedNetworks()) ?? []
    switch (key, kind) {
    case ("label", _), ("label!", .pruneFilter):
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
