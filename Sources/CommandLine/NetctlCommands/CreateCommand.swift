import NetworkModel
import NetworkService
import PFlag

/// `netctl network create`
struct CreateCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    do throws(ServiceError) {
      let service = context.service()
      let network = try service.create(request(flags, name: arguments[0]))
      context.printLine(network.id.description)
      context.warn { () throws(ServiceError) in try service.blockedTraffic(to: network) }
      return ExitStatus.success
    } catch {
      context.report(error, creating: flags[CreateOptions.subnet])
      return ExitStatus.failure
    }
  }

  private func request(_ flags: ParsedFlags, name: String) -> CreateRequest {
    var request = CreateRequest(name: name)
    request.driver = flags[CreateOptions.driver]
    request.subnets = flags[CreateOptions.subnet]
    request.ranges = flags[CreateOptions.ipRange]
    request.gateways = flags[CreateOptions.gateway]
    request.auxiliaryAddresses = flags[CreateOptions.auxiliaryAddress]
    request.addressDriver = flags[CreateOptions.ipamDriver]
    request.addressOptions = flags[CreateOptions.ipamOption]
    request.ipv4 = flags.given(CreateOptions.ipv4)
    request.ipv6 = flags.given(CreateOptions.ipv6)
    request.isInternal = flags[CreateOptions.isInternal]
    request.isAttachable = flags[CreateOptions.attachable]
    request.isIngress = flags[CreateOptions.ingress]
    request.scope = flags[CreateOptions.scope]
    request.isConfigurationOnly = flags[CreateOptions.configOnly]
    request.configurationSource = flags[CreateOptions.configFrom]
    request.options = flags[CreateOptions.option]
    request.labels = CreateOptions.labels(flags[CreateOptions.label])
    request.acceptsExisting = flags[CreateOptions.ignoreExisting]
    return request
  }
}
