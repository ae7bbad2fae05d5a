import Drawing
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
      do throws(TemplateError) {
        let format = try ConfigurationFormat(flags[SystemOptions.format])
        context.output.write(
          try format.text(
            of: entries, path: path, isForTerminal: context.treeStyle.width != nil))
        return ExitStatus.success
      } catch {
        context.printError(Diagnostics.text(error))
        return ExitStatus.failure
      }
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
