import NetworkModel
import NetworkService
import OrderedJSON
import Presentation
import StateStore

/// `netctl system cdi`
struct CDICommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run() -> Int32 {
    do throws(ServiceError) {
      let networks = try context.service().networks().networks
        .filter { $0.isJoinable && $0.name != PredefinedNetwork.none.rawValue }
        .map(\.name).filter(CDIDocument.canName).sorted()
      let document = CDIDocument.json(networks: networks, program: context.deviceFile.program)
      if let problem = context.deviceFile.write(document.bytes(.inspect) + [UInt8(ascii: "\n")]) {
        context.printError("Error: \(context.deviceFile.path): \(problem)")
        return ExitStatus.failure
      }
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}

/// The file that tells container engines of devices, and what its hooks call.
package struct DeviceFile {
  package let path: String
  /// The path of this program.
  package let program: String
  /// Replaces the contents; returns why that failed.
  package let write: ([UInt8]) -> String?

  package init(path: String, program: String, write: @escaping ([UInt8]) -> String?) {
    self.path = path
    self.program = program
    self.write = write
  }
}
