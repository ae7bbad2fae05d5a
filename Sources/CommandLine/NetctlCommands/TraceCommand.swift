import Drawing
import GoTemplate
import NetworkModel
import NetworkService
import PFlag
import PacketTrace
import Presentation

/// `netctl network trace`
struct TraceCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let parsed = context.parsed { () throws(TemplateError) in
      try TraceFormat(flags[TraceOptions.format])
    }
    guard let format = parsed else { return ExitStatus.unusableTemplate }
    let request: TraceRequest
    do throws(TraceSyntax.Problem) {
      request = try TraceRequest(flags, target: arguments[1].trimmingWhitespace())
    } catch {
      context.printError("Error: " + TerminalText.escaped(error.text))
      return ExitStatus.failure
    }
    let result: PacketTraceResult
    do throws(ServiceError) {
      result = try trace(request, container: arguments[0].trimmingWhitespace())
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    let report = TraceReport(
      result.observation, result.conclusion, container: result.container.name,
      namespacePath: result.container.path, peer: result.peer, networks: result.networks,
      policies: result.policies, endpoints: result.endpoints, ports: result.ports)
    do throws(TemplateError) {
      if let text = try format.text(of: report) {
        context.output.write(text)
      } else {
        context.printLines(
          report.lines(
            showingAll: flags[TraceOptions.all], hasUnicode: context.treeStyle.hasUnicode))
      }
    } catch {
      context.printError(Diagnostics.text(error))
      return ExitStatus.failure
    }
    return result.conclusion.exitStatus
  }

  /// Follows the packet; on a terminal, a line shows where it is.
  private func trace(
    _ request: TraceRequest, container: String
  ) throws(ServiceError) -> PacketTraceResult {
    let line = TransientLine(context)
    defer { line.clear() }
    return try context.service().trace(request, container: container) { event in
      Self.text(event).map(line.show)
    }
  }

  /// What the line says of an event; nothing of the trace's own rules.
  private static func text(_ event: PacketEvent) -> String? {
    switch event {
    case .sighting(let sighting):
      return "\(sighting.form.sourceText) to \(sighting.form.destinationText)"
    case .step(let step):
      if step.isOwn { return nil }
      let (table, chain) = (TerminalText.escaped(step.table), TerminalText.escaped(step.chain))
      return "\(step.hook ?? ""): \(step.family) \(table), chain \(chain)"
    }
  }
}
