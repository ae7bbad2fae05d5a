import AgentAPI
import Configuration
import Containers
import Drivers
import Glibc
import LinuxKernel
import LinuxSystem
import NameService
import NetctlCommands
import NetworkModel
import NetworkService
import RemoteDrivers

// The composition root: everything that accesses the outside world is created here and passed down.

do throws(Errno) {
  try StandardDescriptors.openMissing()
} catch {
  // Standard error may be unavailable, too.
  StandardStream(descriptor: STDERR_FILENO).write(Array("Error: open /dev/null: \(error)\n".utf8))
  exit(ExitStatus.failure)
}
// A mode says who may read and write a file; a stricter mask than this would keep netctl from files
// that it has just written.
umask(S_IWGRP | S_IWOTH)
let environment = ProcessEnvironment()
let output = StandardStream(descriptor: STDOUT_FILENO)
let errors = StandardStream(descriptor: STDERR_FILENO)
// Unless CBuild replaces that part of Swift's library, it reads them from /proc, and treats an
// unreadable file as none.
if CommandLine.arguments.isEmpty {
  errors.write(Array("Error: cannot read the arguments (is /proc mounted?)\n".utf8))
  exit(ExitStatus.failure)
}
let arguments = Array(CommandLine.arguments.dropFirst())
let context = CommandContext(
  service: {
    guard let statePath = environment.statePath else {
      errors.write(
        Array("Error: \(ProcessEnvironment.stateVariable) is not an absolute path\n".utf8))
      exit(ExitStatus.failure)
    }
    let trace =
      Program.isDebugging(arguments)
      ? KernelTrace { line in errors.write(Array((line + "\n").utf8)) } : nil
    let boot: String
    do throws(Errno) {
      boot = try environment.bootIdentity()
    } catch {
      errors.write(
        Array("Error: read \(environment.bootIdentityPath): \(error) (is /proc mounted?)\n".utf8))
      exit(ExitStatus.failure)
    }
    let configuration = environment.configuration
    return NetworkService(
      statePath: statePath, boot: boot,
      kernel: LinuxKernel(trace: trace, firewall: configuration.configuration.firewall),
      drivers: .builtIn, configuration: configuration, nameFiles: NameFiles(statePath: statePath),
      nameServer: environment.nameServer, finders: environment.containerFinders,
      agent: environment.agent, reportsNamesakes: environment.showsHints,
      command: environment.commandLine,
      now: environment.now, random: SystemRandomNumberGenerator())
  },
  output: output, errors: errors,
  readReply: environment.readReply, readInput: environment.readInput,
  deviceFile: environment.deviceFile, now: environment.now,
  secondsEastOfUTC: environment.secondsEastOfUTC,
  dockerConfiguration: environment.dockerConfiguration,
  sources: CompletionSources(
    namedNamespaces: NamespaceScanner.namedNamespaces,
    containers: environment.quicklyListedContainers, processes: NamespaceScanner.processes,
    interfaces: LinuxKernel.interfacesWithoutEndpoints, plugins: { PluginDirectory().names }),
  width: environment.terminalWidth, treeStyle: environment.treeStyle,
  errorColumns: Terminal.width(of: STDERR_FILENO), showsHints: environment.showsHints,
  becomeServer: environment.becomeServer,
  agent: environment.agent,
  build: environment.build)
let status =
  arguments.isEmpty && environment.isCNIPlugin
  ? CNICommand(context, environment: environment.cniVariables, input: environment.readInput).run()
  : Program(context).run(arguments)
if let failure = output.failure {
  errors.write(Array("Error: write to standard output: \(failure)\n".utf8))
  exit(ExitStatus.failure)
}
exit(status)
