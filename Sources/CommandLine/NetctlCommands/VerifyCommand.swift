import NetworkService
import PFlag

/// `netctl network verify`
struct VerifyCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    do throws(ServiceError) {
      let (findings, failures) = try context.service()
        .verify(arguments.map { $0.trimmingWhitespace() })
      for finding in findings { context.printLine(Diagnostics.text(finding)) }
      for failure in failures { context.report(failure) }
      let isFine = failures.isEmpty && findings.allSatisfy(\.isNote)
      // What is on record is right; the rest of the host may not be.
      if isFine, context.showsHints { context.printError(Diagnostics.traceHint) }
      return isFine ? ExitStatus.success : ExitStatus.failure
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
