import Drivers
import NetworkModel
import PFlag

/// Completions of driver options: first the key, then its values.
struct OptionCompletions {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  func candidates(for kind: CompletionKind) -> [Candidate] {
    let options = kind == .endpointOption ? EndpointOptions.descriptions : networkOptions
    let pair = KeyValue(cutting: point.typed)
    guard pair.isPair else { return options.map { Candidate($0.key + "=", $0.summary) } }
    guard let option = options.first(where: { $0.key == pair.key }) else { return [] }
    return values(of: option, typed: pair.value).map { Candidate("\(pair.key)=\($0)") }
  }

  private var networkOptions: [OptionDescription] {
    switch DriverName(rawValue: point.value(of: CreateOptions.driver) ?? DriverName.bridge.rawValue)
    {
    case .bridge: BridgeOptions.descriptions
    case .host, .null, nil: []
    }
  }

  private func values(of option: OptionDescription, typed: String) -> [String] {
    switch option.values {
    case .any: []
    case .boolean: ["true", "false"]
    // `isolated` requires an internal network.
    case .words(let words) where point.value(of: CreateOptions.isInternal) != "true":
      words.filter { $0 != BridgeOptions.GatewayMode.isolated.rawValue }
    case .words(let words): words
    // Separated by colons.
    case .interfaces:
      context.sources.interfaces().map { name in
        typed.lastIndex(of: ":").map { typed[...$0] + name } ?? name
      }
    }
  }
}
