import NetworkService
import PFlag

/// `netctl network unpublish`
struct UnpublishCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    context.run(arguments) { (container, requests) throws(ServiceError) in
      try context.service().unpublish(requests, of: container)
    }
  }
}
