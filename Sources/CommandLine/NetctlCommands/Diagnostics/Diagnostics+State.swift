import OrderedJSON
import Presentation
import StateStore

extension Diagnostics {
  static func text(_ error: StateError) -> String {
    switch error {
    case .folder(let path, let errno):
      "state directory \(TerminalText.escaped(path)): \(errno)" + cause(of: error)
    case .unsafePlace(let folder, let ancestor):
      "state directory \(TerminalText.escaped(folder)) can be replaced by others: "
        + "\(TerminalText.escaped(ancestor)) "
        + "belongs to another user, or is writable by others and has no sticky bit"
    case .locked(let folder, let process?, let command, let isStopped):
      "state directory \(TerminalText.escaped(folder)) is locked by process \(process)"
        + (command.isEmpty ? "" : " (\(TerminalText.escaped(command)))")
        + (isStopped
          ? ", which is stopped; kill -CONT \(process) resumes it"
          : ", which does not release it; kill \(process) ends it, and the next command cleans up")
    case .locked(let folder, nil, _, _):
      "state directory \(TerminalText.escaped(folder)) is locked by a process in another PID "
        + "namespace"
    case .unreadable(let file, let errno):
      "cannot read state file \(file): \(errno)" + cause(of: error)
    case .unwritable(let file, let errno):
      "cannot write state file \(file): \(errno)" + cause(of: error)
    case .notJSON(let file, let error):
      "state file \(file) is damaged: not JSON at byte \(error.offset)"
    case .malformed(let file, let error):
      "state file \(file) is damaged: "
        + (error.path.isEmpty ? "the document" : error.path)
        + (error.isMissing ? " is missing" : " is not \(expectation(error.expected))")
    case .misnamed(let file, isCopy: false):
      "the contents of state file \(file) do not match its name"
    case .misnamed(let file, isCopy: true):
      "state file \(file) is a copy of another and is ignored"
    case .newerSchema(let file): "state file \(file) was written by a newer netctl"
    }
  }

  private static func cause(of error: StateError) -> String {
    switch error.cause {
    case .symbolicLink: " (it is a symbolic link)"
    case .owner: " (it belongs to another user, is writable by others, or is immutable)"
    case .kind: " (it is not a regular file)"
    case .privilege: " (only its owner, root by default, may access it)"
    case nil: ""
    }
  }

  private static func expectation(_ expected: DocumentError.Expectation) -> String {
    switch expected {
    case .value: "a value"
    case .string: "a string"
    case .boolean: "true or false"
    case .integer(let type): "an integer (\(type))"
    case .array: "an array"
    case .object: "an object"
    case .text(let type): "a valid \(type)"
    }
  }
}
