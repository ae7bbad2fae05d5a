import NetworkService
import PFlag
import Presentation

/// `netctl network connect`
struct ConnectCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let (network, container) = (
      arguments[0].trimmingWhitespace(), arguments[1].trimmingWhitespace()
    )
    var request = ConnectRequest(network: network, container: container)
    request.aliases = flags[ConnectSyntax.alias]
    request.gatewayPriority = Int64(flags[ConnectSyntax.gatewayPriority])
    request.ipv4 = flags[ConnectSyntax.ip]
    request.ipv6 = flags[ConnectSyntax.ip6]
    request.links = flags[ConnectSyntax.link]
    request.linkLocalAddresses = flags[ConnectSyntax.linkLocalIP]
    request.ports = Array(flags[ConnectSyntax.publish].joined())
    do throws(DriverOptionError) {
      request.driverOptions = try ConnectSyntax.driverOptions(in: flags)
    } catch {
      context.printError(error.text)
      return ExitStatus.failure
    }
    if let problem = Diagnostics.emptyArgument(network: network, container: container) {
      context.printError(problem)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      let service = context.service()
      let ports = try service.connect(request)
      context.show(ports, for: request.ports)
      context.warn { () throws(ServiceError) in try service.obstructions(to: network) }
      return ExitStatus.success
    } catch {
      context.report(error, on: network)
      return ExitStatus.failure
    }
  }
}
