import NetworkService
import PFlag

/// `netctl network update`
struct UpdateCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let network = arguments[0].trimmingWhitespace()
    if let problem = Diagnostics.emptyArgument(network: network) {
      context.printError(problem)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      let service = context.service()
      let changed = try service.update(request(flags, network))
      context.printLine(context.shown(network))
      context.warn { () throws(ServiceError) in try service.blockedTraffic(to: changed) }
      return ExitStatus.success
    } catch {
      context.report(error, on: network)
      return ExitStatus.failure
    }
  }

  private func request(_ flags: ParsedFlags, _ network: String) -> UpdateRequest {
    var request = UpdateRequest(network: network)
    request.addedLabels = CreateOptions.labels(flags[UpdateOptions.labelAdd])
    request.removedLabels = flags[UpdateOptions.labelRemove]
    request.options = flags[UpdateOptions.option]
    request.removedOptions = flags[UpdateOptions.optionRemove]
    request.subnets = flags[UpdateOptions.subnet]
    request.gateways = flags[UpdateOptions.gateway]
    request.ranges = flags[UpdateOptions.ipRange]
    request.auxiliaryAddresses = flags[UpdateOptions.auxiliaryAddress]
    request.isInternal = flags.given(UpdateOptions.isInternal)
    request.ipv4 = flags.given(UpdateOptions.ipv4)
    request.ipv6 = flags.given(UpdateOptions.ipv6)
    return request
  }
}
