import NetworkService
import PFlag

/// `netctl network reload`
struct ReloadCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    do throws(ServiceError) {
      let references = arguments.map { $0.trimmingWhitespace() }
      let failures = try context.service().reload(references) { operation in
        context.run(&operation, progressTitle: "Reloading")
      }
      for failure in failures { context.report(failure) }
      return failures.isEmpty ? ExitStatus.success : ExitStatus.failure
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
