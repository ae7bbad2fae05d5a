import AgentAPI
import OrderedJSON
import PFlag
import Presentation

/// `netctl agent`
struct AgentCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Becomes the agent, which returns only if that fails; or asks the agent of this host.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let modes = [
      flags[AgentOptions.once] ? "once" : nil, flags[AgentOptions.drain] ? "drain" : nil,
    ]
    .compactMap(\.self)
    if let word = arguments.first {
      guard word == "status", modes.isEmpty else {
        return fail("'netctl agent' takes no argument but 'status', and that without other options")
      }
      return showStatus(flags)
    }
    guard modes.count < 2 else { return fail("--once and --drain exclude each other") }
    guard flags[AgentOptions.format].isEmpty else {
      return fail("--format is for 'netctl agent status'")
    }
    return fail(context.becomeServer(["agent", modes.first ?? "serve"]))
  }

  private func showStatus(_ flags: ParsedFlags) -> Int32 {
    let format = flags[AgentOptions.format]
    guard format.isEmpty || format == "json" else {
      return fail("--format must be json or empty")
    }
    do throws(AgentError) {
      let status = try context.agent.status()
      if format == "json" {
        context.printLine(JSONValue.object(status).text())
      } else {
        context.output.write(AgentStatusText(status, now: context.now()).bytes)
      }
      return status["registered"]?.bool == true ? ExitStatus.success : ExitStatus.failure
    } catch {
      switch error.kind {
      case .notRunning:
        return fail("no agent answers: \(error.message) (is \"netctl agent\" running?)")
      default: return fail(error.message)
      }
    }
  }

  private func fail(_ text: String) -> Int32 {
    context.printError("Error: " + text)
    return ExitStatus.failure
  }
}
