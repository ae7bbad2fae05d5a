import Glibc
import LinuxKernel
import LinuxSystem
import NetctlCommands
import NetworkModel
import NetworkService

/// The composition root: everything that reaches the world is made here and handed down.
let arguments = Array(CommandLine.arguments.dropFirst())
let environment = Environment()
let context = CommandContext(
  service: {
    NetworkService(
      statePath: environment.statePath, boot: environment.bootIdentity(),
      kernel: LinuxKernel(), now: environment.now, random: SystemRandomNumberGenerator())
  },
  output: StandardStream.output, errors: StandardStream.errors,
  readAnswer: environment.readAnswer, now: environment.now,
  secondsEastOfUTC: environment.secondsEastOfUTC,
  dockerConfiguration: environment.dockerConfiguration, width: environment.terminalWidth)
exit(Program(context).run(arguments))
