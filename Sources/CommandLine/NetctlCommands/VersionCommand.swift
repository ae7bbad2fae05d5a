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
    let format: VersionFormat
    do throws(TemplateError) {
      format = try VersionFormat(flags[VersionOptions.format])
    } catch {
      context.printError(Diagnostics.text(error))
      return ExitStatus.unusableTemplate
    }
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
    do throws(TemplateError) {
      context.output.write(try format.text(of: version))
      return ExitStatus.success
    } catch {
      context.printError(Diagnostics.text(error))
      return ExitStatus.failure
    }
  }
}
