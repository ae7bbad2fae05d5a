import Addressing
import NetworkService
import PFlag
import Presentation

/// `netctl network lookup`
struct LookupCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Prints the answer and where it comes from. Fails if no container has the name.
  func run(_ arguments: [String]) -> Int32 {
    let (container, name) = (arguments[0].trimmingWhitespace(), arguments[1].trimmingWhitespace())
    do throws(ServiceError) {
      switch try context.service().lookup(name, by: container) {
      case .hostsFile(let path, let answers):
        show(answers, from: TerminalText.escaped(path))
        return ExitStatus.success
      case .nameServer(let answers, let file):
        show(answers, from: "the name server, \(TerminalText.escaped(file))")
        return ExitStatus.success
      case .unlisted(let answers):
        show(answers, from: "in no hosts file of the container, which asks others")
        return ExitStatus.success
      case .forwarded(let servers, let file, let byNameServer):
        let target =
          servers.isEmpty ? "no name server" : servers.map(\.description).joined(separator: ", ")
        context.printLine(
          "not the name of a container that \(context.shown(container)) could reach; "
            + "asked of \(target) (\(byNameServer ? "by the name server, " : "")"
            + "\(TerminalText.escaped(file)))")
        return ExitStatus.failure
      }
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  private func show(_ answers: [NameLookup.Answer], from source: String) {
    for answer in answers {
      let network = answer.network.map { " on network \(context.shown($0))" } ?? ""
      context.printLine("\(answer.address)\(network) (\(source))")
    }
  }
}
