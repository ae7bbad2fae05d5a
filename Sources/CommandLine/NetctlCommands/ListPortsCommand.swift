import Addressing
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl network port`
struct ListPortsCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    do throws(ServiceError) {
      guard let reference = arguments.first else {
        let service = context.service()
        for held in try service.allPorts() {
          let name = TerminalText.escaped(service.reference(to: held.container))
          context.printLines(mappings(held).map { "\(name) \($0)" })
        }
        return ExitStatus.success
      }
      let container = reference.trimmingWhitespace()
      let held = try context.service().ports(of: container)
      if arguments.count == 2, !arguments[1].isEmpty {
        return show(arguments[1], of: held.ports, container: container)
      }
      context.printLines(mappings(held))
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  private func mappings(_ held: HeldPorts) -> [String] {
    PortText.mappings(held.ports.filter(held.reached.contains))
      + PortText.mappings(held.ports.filter { !held.reached.contains($0) })
      .map { $0 + " (held, but published by no network)" }
  }

  private func show(_ text: String, of ports: [PublishedPort], container: String) -> Int32 {
    let parts = text.split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let transport = parts.count == 2 && !parts[1].isEmpty ? parts[1] : "tcp"
    guard let number = UInt16(parts[0]) else {
      context.printError("Error: invalid port (\(TerminalText.escaped(String(parts[0]))))")
      return ExitStatus.failure
    }
    let found = ports.filter { $0.containerPort == number && $0.transport.name == transport }
    guard !found.isEmpty else {
      context.printError(
        "Error: No public port '\(TerminalText.escaped(text))' published for "
          + "\(TerminalText.escaped(container))"
      )
      return ExitStatus.failure
    }
    context.printLines(PortText.sockets(found))
    return ExitStatus.success
  }
}
