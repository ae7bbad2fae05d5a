import NetworkFilters
import NetworkService
import PFlag

/// `netctl network prune`
struct PruneCommand {
  private let context: CommandContext

  private static let question =
    "WARNING! This will remove all custom networks not used by at least one container.\n"
    + "Are you sure you want to continue? [y/N] "

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags) -> Int32 {
    if !flags[PruneSyntax.force] && !isConfirmed() { return ExitStatus.success }
    let given = flags[PruneSyntax.filter].map { (name: $0.name, value: $0.value) }
    let terms = context.readDockerConfiguration().pruneTerms(with: given)
    let filter: PruneFilter
    do throws(FilterError) {
      filter = try PruneFilter(
        terms, now: context.now(), secondsEastOfUTC: context.secondsEastOfUTC)
    } catch {
      context.printError("Error: " + Diagnostics.text(error))
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      let names = try context.service().prune(where: filter.matches)
      if !names.isEmpty {
        context.printLine("Deleted Networks:\n" + names.joined(separator: "\n") + "\n")
      }
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  private func isConfirmed() -> Bool {
    context.output.write(Array(Self.question.utf8))
    switch context.readAnswer() {
    case .line(let text):
      let word = text.drop { $0.isWhitespace }
      return word.first.map { "yY".contains($0) } == true
        && word.dropFirst().allSatisfy(\.isWhitespace)
    case .interrupted:
      context.printLine("")
      return false
    }
  }
}
