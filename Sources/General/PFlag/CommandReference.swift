/// A command as messages speak of it.
public struct CommandReference: Equatable, Sendable {
  /// The names from the program down to the command.
  public let names: [String]
  /// What follows the path in the usage line.
  public let usage: String

  /// The name of the program.
  public var program: String { names.first ?? "" }
  /// All names, as the user types them.
  public var path: String { names.joined(separator: " ") }
  /// The path and what follows it.
  public var usageLine: String { usage.isEmpty ? path : path + " " + usage }
  /// Whether this is the program itself.
  public var isProgram: Bool { names.count == 1 }

  init(names: [String], usage: String) {
    self.names = names
    self.usage = usage
  }

  init(_ path: [String], _ command: Command<some Sendable>) {
    self.init(names: path + [command.name], usage: command.usage)
  }
}
