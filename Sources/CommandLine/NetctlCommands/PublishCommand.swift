import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl network publish`
struct PublishCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    context.run(arguments) { (container, requests) throws(ServiceError) in
      let service = context.service()
      context.show(try service.publish(requests, on: container), for: requests)
      context.warn { () throws(ServiceError) in
        try service.blockedTraffic(toNetworksOf: container)
      }
    }
  }
}
