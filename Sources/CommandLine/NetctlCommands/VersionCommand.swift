import GoTemplate
import NetworkService
import PFlag
import Presentation

/// `netctl version`
struct VersionCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags) -> Int32 {
    let parsed = context.parsed { () throws(TemplateError) in
      try VersionFormat(flags[VersionOptions.format])
    }
    guard let format = parsed else { return ExitStatus.unusableTemplate }
    let version: VersionReport
    do throws(ServiceError) {
      let kernel = try context.service().describeKernel()
      version = VersionReport(
        version: Program.version, build: context.build, kernel: kernel.release,
        features: kernel.features)
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    return context.show { () throws(TemplateError) in try format.text(of: version) }
  }
}
