import Drivers
import NetworkModel
import PFlag

/// Driver options as words: first the key, then what it takes.
struct OptionWords {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  func candidates(for kind: WordKind) -> [Candidate] {
    let options = kind == .endpointOption ? EndpointOptions.descriptions : networkOptions
    let pair = KeyValue(cutting: point.typed)
    guard pair.isPair else { return options.map { Candidate($0.key + "=", $0.summary) } }
    guard let option = options.first(where: { $0.key == pair.key }) else { return [] }
    return values(of: option, typed: pair.value).map { Candidate("\(pair.key)=\($0)") }
  }

  private var networkOptions: [OptionDescription] {
    switch DriverName(rawValue: point.value(of: CreateSyntax.driver) ?? DriverName.bridge.rawValue)
    {
    case .bridge: BridgeOptions.descriptions
    case .host, .null, nil: []
    }
  }

  private func values(of option: OptionDescription, typed: String) -> [String] {
    switch option.values {
    case .any: []
    case .boolean: ["true", "false"]
    // Without a gateway only an internal network can be.
    case .words(let words) where point.value(of: CreateSyntax.isInternal) != "true":
      words.filter { $0 != BridgeOptions.GatewayMode.isolated.rawValue }
    case .words(let words): words
    // Colons separate them.
    case .interfaces:
      context.surroundings.interfaces().map { name in
        typed.lastIndex(of: ":").map { typed[...$0] + name } ?? name
      }
    }
  }
}
