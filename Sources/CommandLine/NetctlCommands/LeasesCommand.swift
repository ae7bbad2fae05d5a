import GoTemplate
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl network leases`
struct LeasesCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let network = arguments.first?.trimmingWhitespace()
    if let network, let problem = Diagnostics.emptyArgument(network: network) {
      context.printError(problem)
      return ExitStatus.failure
    }
    let leases: [AddressLease]
    do throws(ServiceError) {
      leases = try context.service().leases(of: network)
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    return context.show { () throws(TemplateError) in
      try LeaseListFormat(flags[LeasesOptions.format])
        .text(of: sorted(leases), isForTerminal: context.isTerminal)
    }
  }

  // By network; those of one keep their order.
  private func sorted(_ leases: [AddressLease]) -> [AddressLease] {
    leases.enumerated().sorted { one, other in
      let names = (one.element.network.name, other.element.network.name)
      if names.0 == names.1 { return one.offset < other.offset }
      return NaturalOrder.precedes(names.0, names.1)
    }.map(\.element)
  }
}
