import GoTemplate
import NetworkService
import PFlag
import Presentation

/// `netctl system config`
struct ConfigurationCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags) -> Int32 {
    do throws(ServiceError) {
      let (path, entries) = try context.service().configurationInForce()
      return context.show { () throws(TemplateError) in
        try ConfigurationFormat(flags[SystemOptions.format])
          .text(of: entries, path: path, isForTerminal: context.isTerminal)
      }
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
