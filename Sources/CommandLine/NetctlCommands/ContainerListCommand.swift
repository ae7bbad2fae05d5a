import GoTemplate
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl container ls`
struct ContainerListCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags) -> Int32 {
    do throws(ServiceError) {
      let showsAll = flags[ContainerListOptions.all]
      let containers = try context.service().containers()
        .filter { showsAll || $0.isRunning }
        .sorted { ($0.name, $0.runtime) < ($1.name, $1.runtime) }
      return show(containers, flags)
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  private func show(_ containers: [ContainerListing], _ flags: ParsedFlags) -> Int32 {
    context.show { () throws(TemplateError) in
      let format = try ContainerListFormat(
        flags[ContainerListOptions.format], isQuiet: flags[ContainerListOptions.quiet])
      return try format.text(
        of: containers, truncatesIDs: !flags[ContainerListOptions.noTruncation],
        isForTerminal: context.isTerminal)
    }
  }
}
