/// A command as messages refer to it.
package struct CommandReference: Equatable, Sendable {
  /// The names from the program down to the command.
  package let names: [String]
  /// What follows the path in the usage line.
  package let usage: String

  /// The name of the program.
  package var program: String { names.first ?? "" }
  /// All names, as the user types them.
  package var path: String { names.joined(separator: " ") }
  /// The path and what follows it.
  package var usageLine: String { usage.isEmpty ? path : path + " " + usage }
  /// Whether this is the program itself.
  package var isProgram: Bool { names.count == 1 }

  init(names: [String], usage: String) {
    self.names = names
    self.usage = usage
  }

  init(_ path: [String], _ command: Command<some Sendable>) {
    self.init(names: path + [command.name], usage: command.usage)
  }
}
