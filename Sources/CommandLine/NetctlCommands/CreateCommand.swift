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
      let id = try service.create(request(flags, name: arguments[0]))
      context.printLine(id.description)
      context.warn { () throws(ServiceError) in try service.obstructions(to: id.description) }
      return ExitStatus.success
    } catch {
      // What Docker's command line finds itself has no prefix.
      if case .definition(let error) = error, error.isFoundBeforeAsking {
        context.printError(Diagnostics.text(error))
      } else {
        context.report(error, creating: flags[CreateSyntax.subnet])
      }
      return ExitStatus.failure
    }
  }

  private func request(_ flags: ParsedFlags, name: String) -> CreateRequest {
    var request = CreateRequest(name: name)
    request.driver = flags[CreateSyntax.driver]
    request.subnets = flags[CreateSyntax.subnet]
    request.ranges = flags[CreateSyntax.ipRange]
    request.gateways = flags[CreateSyntax.gateway]
    request.auxiliaryAddresses = flags[CreateSyntax.auxiliaryAddress]
    request.addressDriver = flags[CreateSyntax.ipamDriver]
    request.addressOptions = flags[CreateSyntax.ipamOption]
    request.ipv4 = flags.given(CreateSyntax.ipv4)
    request.ipv6 = flags.given(CreateSyntax.ipv6)
    request.isInternal = flags[CreateSyntax.isInternal]
    request.isAttachable = flags[CreateSyntax.attachable]
    request.isIngress = flags[CreateSyntax.ingress]
    request.scope = flags[CreateSyntax.scope]
    request.isConfigurationOnly = flags[CreateSyntax.configOnly]
    request.configurationSource = flags[CreateSyntax.configFrom]
    request.options = flags[CreateSyntax.option]
    request.labels = CreateSyntax.labels(in: flags)
    return request
  }
}
