import PFlag
import Spelling

extension Diagnostics {
  /// The command or flag that was probably meant; nil if none is similar.
  static func hint(_ error: UsageError) -> String? {
    switch error {
    case .unknownCommand(let word, let group):
      // `network` may have been left out before one of its verbs.
      let paths = group.isProgram ? [group.names, group.names + [network.name]] : [group.names]
      return paths.lazy.compactMap { path in
        command(at: path).flatMap { NameSuggestion.of(word, among: $0.subcommands.map(\.name)) }
          .map { "Did you mean \((path + [$0]).joined(separator: " "))?" }
      }.first
    case .flag(.unknown(let name), of: let reference):
      return command(at: reference.names)
        .flatMap { NameSuggestion.of(name, among: $0.flags.map(\.name) + ["help"]) }
        .map { "Did you mean --\($0)?" }
    case .flag, .flagBeforeCommand, .argumentCount, .unknownHelpTopic: return nil
    }
  }

  private static var network: Command<NetctlVerb> { NetctlSyntax.network }

  private static func command(at path: [String]) -> Command<NetctlVerb>? {
    path.dropFirst().reduce(NetctlSyntax.program) { command, name in
      command?.subcommand(called: name)
    }
  }
}
