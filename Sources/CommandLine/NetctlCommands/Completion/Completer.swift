import Addressing
import Drawing
import Drivers
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// Finds completions for the word being typed.
struct Completer {
  let point: CompletionPoint<NetctlVerb>
  let context: CommandContext

  /// Whether the typed word starts like a path to a namespace file.
  var wantsFiles: Bool {
    guard case .word(.container) = point.expectation else { return false }
    return point.typed.contains("/")
  }

  /// Completions of the typed word that no command would reject.
  func candidates() -> [Candidate] {
    switch point.expectation {
    case .nothing: []
    case .command(let commands):
      fitting(commands.map { Candidate($0.name, $0.summary) })
    case .flag(let flags): fitting(flags.flatMap(spellings))
    case .word(let kind): fitting(words(of: kind)).filter(canBeGiven)
    }
  }

  private func words(of kind: CompletionKind) -> [Candidate] {
    switch kind {
    case .network, .customNetwork, .removableNetwork, .joinableNetwork, .usedNetwork,
      .configuration:
      NetworkCompletions(kind, at: point, context.service()).candidates
    case .containerOrNetwork:
      ContainerCompletions(point: point, context: context).candidates(for: .anyContainer)
        + NetworkCompletions(.network, at: point, context.service()).candidates
    case .container, .anyContainer, .connectedContainer, .linkedContainer:
      ContainerCompletions(point: point, context: context).candidates(for: kind)
    case .publishedPort: ports
    case .name: names
    case .listFilter, .pruneFilter, .eventFilter:
      FilterCompletions(typed: point.typed, service: context.service()).candidates(for: kind)
    case .networkOption, .changedOption, .endpointOption:
      OptionCompletions(point: point, context: context).candidates(for: kind)
    case .listFormat, .leaseListFormat, .inspectFormat, .versionFormat, .containerListFormat,
      .containerFormat, .configurationFormat, .traceFormat, .eventFormat:
      FormatCompletions(typed: point.typed).candidates(for: kind)
    case .graphFormat: GraphFormat.allCases.map { Candidate($0.rawValue, $0.summary) }
    case .traceOrigin:
      [Candidate("host", "A process of this host")]
        + context.sources.interfaces().map { Candidate($0, "An interface of this host") }
    case .driver:
      DriverRegistry.builtIn.creatable.map { Candidate($0.name.rawValue, $0.summary) } + plugins
    case .addressDriver: [Candidate("default", "netctl's own")] + plugins
    case .agentRequest: [Candidate("status", "What the agent of this host is doing")]
    case .scope: [Candidate("local", "This host")]
    case .objectType: [Candidate("container"), Candidate("network")]
    case .boolean: [Candidate("true"), Candidate("false")]
    default: []
    }
  }

  // Only a plugin itself knows which kinds of driver it is.
  private var plugins: [Candidate] { context.sources.plugins().map { Candidate($0, "A plugin") } }

  // `ports(of:)` would create the state directory; completion must not.
  private var ports: [Candidate] {
    let service = context.service()
    guard let container = point.arguments.first, service.hasRecords,
      let published = try? service.ports(of: container).ports
    else { return [] }
    let words = Set(published.map { "\($0.containerPort)/\($0.transport.name)" })
    return words.subtracting(point.arguments).sorted().map { Candidate($0, "published port") }
  }

  private var names: [Candidate] {
    let service = context.service()
    guard let container = point.arguments.first, service.hasRecords,
      let names = try? service.names(resolvedBy: container)
    else { return [] }
    return names.map { Candidate($0, "container") }
  }

  private func fitting(_ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { $0.word.utf8.starts(with: point.typed.utf8) }
  }

  /// Shorthands are offered only if no long name has been started.
  private func spellings(of flag: FlagDeclaration) -> [Candidate] {
    let summary = String(flag.usage.prefix { $0 != "\n" })
    let name = Candidate("--" + flag.name, summary)
    guard let letter = flag.shorthand, flag.shorthandReplacement == nil else { return [name] }
    return [name, Candidate("-\(letter)", summary)]
  }

  /// Whether a candidate can be typed on a command line: control characters would break the output
  /// format, commands trim blanks, and a leading dash makes a flag.
  private func canBeGiven(_ candidate: Candidate) -> Bool {
    let word = candidate.word
    return TerminalText.escaped(word) == word && word.trimmingWhitespace() == word
      && (!word.hasPrefix("-") || point.areFlagsOver || !point.attached.isEmpty)
  }
}
