import PFlag

/// The whole command line: from arguments to an exit status.
package struct Program {
  private let context: CommandContext

  /// The version printed by `--version`.
  static let version = "0.1.0"

  /// Takes the commands' environment.
  package init(_ context: CommandContext) {
    self.context = context
  }

  /// Whether `--debug` precedes the command.
  package static func isDebugging(_ arguments: [String]) -> Bool {
    // Most command lines start with a command and need not be parsed twice.
    guard arguments.first?.hasPrefix("-") == true,
      case .invocation(let invocation) = NetctlSyntax.program.resolve(arguments).outcome
    else {
      return false
    }
    return invocation.flags[NetctlSyntax.debug]
  }

  /// Runs the command given by `arguments`, which do not include the program's name.
  package func run(_ arguments: [String]) -> Int32 {
    if arguments.first == CompletionCommand.name {
      return CompletionCommand(context).run(Array(arguments.dropFirst()))
    }
    let resolution = NetctlSyntax.program.resolve(arguments)
    for notice in resolution.globalNotices { context.printError(notice.text) }
    for notice in resolution.notices { context.printLine(notice.text) }
    switch resolution.outcome {
    case .invocation(let invocation):
      let status = run(invocation)
      context.reportNotices(isDebugging: invocation.flags[NetctlSyntax.debug])
      return status
    case .help(let page):
      context.output.write(Array(page.text(width: context.width).utf8))
      return ExitStatus.success
    case .groupHelp(let page):
      context.errors.write(Array(page.text(width: context.width).utf8))
      return ExitStatus.success
    case .version:
      context.printLine("netctl version \(Self.version)")
      return ExitStatus.success
    case .misuse(let error):
      let diagnostic = UsageDiagnostic(error)
      context.printError(diagnostic.text)
      if context.showsHints { Diagnostics.hint(error).map(context.printError) }
      return diagnostic.exitStatus
    }
  }

  private func run(_ invocation: Resolution<NetctlVerb>.Invocation) -> Int32 {
    let (flags, arguments) = (invocation.flags, invocation.arguments)
    switch invocation.action {
    case .agent: return AgentCommand(context).run(flags, arguments)
    case .connect: return ConnectCommand(context).run(flags, arguments)
    case .create: return CreateCommand(context).run(flags, arguments)
    case .disconnect: return DisconnectCommand(context).run(flags, arguments)
    case .dns: return DNSCommand(context).run(flags)
    case .events: return EventsCommand(context).run(flags)
    case .graph: return GraphCommand(context).run(flags, arguments)
    case .inspect: return InspectCommand(context).run(flags, arguments)
    case .hook: return HookCommand(context).run(arguments)
    case .inspectContainer:
      return ObjectInspectCommand(context, takesNetworks: false).run(flags, arguments)
    case .inspectObject:
      return ObjectInspectCommand(context, takesNetworks: true).run(flags, arguments)
    case .leases: return LeasesCommand(context).run(flags, arguments)
    case .listContainers: return ContainerListCommand(context).run(flags)
    case .list: return ListCommand(context).run(flags)
    case .lookup: return LookupCommand(context).run(arguments)
    case .port: return ListPortsCommand(context).run(arguments)
    case .prune: return PruneCommand(context).run(flags)
    case .publish: return PublishCommand(context).run(arguments)
    case .reload: return ReloadCommand(context).run(arguments)
    case .verify: return VerifyCommand(context).run(arguments)
    case .remove: return RemoveCommand(context).run(flags, arguments)
    case .showConfiguration: return ConfigurationCommand(context).run(flags)
    case .rename: return RenameCommand(context).run(arguments)
    case .trace: return TraceCommand(context).run(flags, arguments)
    case .unpublish: return UnpublishCommand(context).run(arguments)
    case .update: return UpdateCommand(context).run(flags, arguments)
    case .version: return VersionCommand(context).run(flags)
    case .writeDevices: return CDICommand(context).run()
    }
  }
}
