import Drivers
import NetworkModel
import NetworkService
import PFlag

/// Completions of driver options: first the key, then its values.
struct OptionCompletions {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  func candidates(for kind: CompletionKind) -> [Candidate] {
    let options = kind == .endpointOption ? EndpointOptions.descriptions : networkOptions(of: kind)
    let pair = KeyValue(cutting: point.typed)
    guard pair.isPair else { return options.map { Candidate($0.key + "=", $0.summary) } }
    guard let option = options.first(where: { $0.key == pair.key }) else { return [] }
    return values(of: option, typed: pair.value).map { Candidate("\(pair.key)=\($0)") }
  }

  private func networkOptions(of kind: CompletionKind) -> [OptionDescription] {
    let name: DriverName
    if kind == .changedOption {
      let service = context.service()
      let network = point.arguments.first.flatMap { reference in
        service.hasRecords ? try? service.network(reference) : nil
      }
      name = network?.driver ?? .bridge
    } else {
      name = point.value(of: CreateOptions.driver).map(DriverName.init) ?? .bridge
    }
    return (DriverRegistry.builtIn.driver(named: name)?.options ?? [])
      + NetworkOptions.descriptions
  }

  private func values(of option: OptionDescription, typed: String) -> [String] {
    switch option.values {
    case .any, .interfaceName: []
    case .boolean: ["true", "false"]
    case .words(let words, let onlyInternal):
      point.value(of: CreateOptions.isInternal) == "true"
        ? words : words.filter { !onlyInternal.contains($0) }
    // Separated by colons.
    case .interfaces:
      context.sources.interfaces().filter { $0 != "lo" }.map { name in
        typed.lastIndex(of: ":").map { typed[...$0] + name } ?? name
      }
    }
  }
}
