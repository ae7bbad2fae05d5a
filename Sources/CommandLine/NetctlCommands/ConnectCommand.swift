import Addressing
import NetworkModel
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
    guard let request = request(flags, arguments) else { return ExitStatus.failure }
    do throws(ServiceError) {
      let service = context.service()
      let connection = try service.connect(request)
      context.show(connection.ports, for: request.ports)
      if connection.endpoint.container.isStopped {
        if connection.hasHook != true { context.printError(Diagnostics.waiting(connection)) }
        return ExitStatus.success
      }
      if context.showsHints { printHints(on: connection, for: request, service) }
      context.warn { () throws(ServiceError) in try service.blockedTraffic(to: connection.network) }
      return ExitStatus.success
    } catch {
      context.report(error, on: request.network)
      return ExitStatus.failure
    }
  }

  /// What the flags and arguments ask for; nil after an error, which is printed.
  private func request(_ flags: ParsedFlags, _ arguments: [String]) -> ConnectRequest? {
    var request = ConnectRequest(
      network: arguments[0].trimmingWhitespace(), container: arguments[1].trimmingWhitespace())
    request.aliases = flags[ConnectOptions.alias]
    request.gatewayPriority = Int64(flags[ConnectOptions.gatewayPriority])
    request.ipv4 = flags[ConnectOptions.ip]
    request.ipv6 = flags[ConnectOptions.ip6]
    request.links = flags[ConnectOptions.link]
    request.linkLocalAddresses = flags[ConnectOptions.linkLocalIP]
    request.ports = Array(flags[ConnectOptions.publish].joined())
    do throws(DriverOptionError) {
      request.driverOptions = try ConnectOptions.driverOptions(in: flags)
    } catch {
      context.printError(error.text)
      return nil
    }
    let mac = flags[ConnectOptions.macAddress].trimmingWhitespace()
    request.mac = MACAddress(mac)
    if !mac.isEmpty && request.mac == nil {
      context.printError("\(TerminalText.escaped(mac)) is not a valid mac address")
      return nil
    }
    if let problem = Diagnostics.emptyArgument(
      network: request.network, container: request.container)
    {
      context.printError(problem)
      return nil
    }
    return request
  }

  private func printHints(
    on connection: Connection, for request: ConnectRequest, _ service: NetworkService
  ) {
    if !request.aliases.isEmpty || !request.links.isEmpty,
      !service.hasHostsFile(connection.endpoint.container)
    {
      context.printError(Diagnostics.withoutHostsFile)
    }
    if !connection.unusableAliases.isEmpty {
      context.printError(Diagnostics.unusable(connection.unusableAliases))
    }
  }
}
