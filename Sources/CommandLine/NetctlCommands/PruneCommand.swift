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
    let service = context.service()
    do throws(ServiceError) {
      try service.checkPrivileges()
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    if !flags[PruneOptions.force] && !isConfirmed() { return ExitStatus.success }
    let given = flags[PruneOptions.filter].map { (name: $0.name, value: $0.value) }
    let terms = context.readDockerConfiguration().pruneTerms(with: given)
    let filter: PruneFilter
    do throws(FilterError) {
      filter = try PruneFilter(
        terms, now: context.now(), secondsEastOfUTC: context.secondsEastOfUTC)
    } catch {
      context.report(error, knowing: PruneFilter.names)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      var operation = try service.pruneOperation(where: filter.matches)
      context.run(&operation, progressTitle: "Pruning")
      return report(operation)
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  // Docker's daemon only logs what it could not remove; here the user is told.
  private func report(_ operation: PruneOperation) -> Int32 {
    if !operation.removed.isEmpty {
      let names = operation.removed.map(context.shown).joined(separator: "\n")
      context.printLine("Deleted Networks:\n\(names)\n")
    }
    for failure in operation.failures { context.report(failure) }
    return operation.failures.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func isConfirmed() -> Bool {
    switch context.readReply({ context.output.write(Array(Self.question.utf8)) }) {
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
