import OrderedJSON
import StateStore

extension Diagnostics {
  static func text(_ error: StateError) -> String {
    switch error {
    case .folder(let path, let errno):
      "state folder \(Printable.text(path)): \(errno)" + cause(of: error)
    case .unsafePlace(let folder, let ancestor):
      "state folder \(Printable.text(folder)) can be replaced by others: \(Printable.text(ancestor)) "
        + "belongs to another user, or others may write to it and it has no sticky bit"
    case .locked(let folder, let process?, let command, let isStopped):
      "state folder \(Printable.text(folder)) is locked by process \(process)"
        + (command.isEmpty ? "" : " (\(Printable.text(command)))")
        + (isStopped
          ? ", which is stopped; kill -CONT \(process) lets it go on"
          : ", which does not let go of it; kill \(process) ends it, and the next command tidies up")
    case .locked(let folder, nil, _, _):
      "state folder \(Printable.text(folder)) is locked by a process that is not to be seen from here"
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
      "state file \(file) does not hold the network that its name says"
    case .misnamed(let file, isCopy: true):
      "state file \(file) is a copy of another and counts as nothing"
    case .newerSchema(let file): "state file \(file) was written by a later netctl"
    }
  }

  private static func cause(of error: StateError) -> String {
    switch error.cause {
    case .symbolicLink: " (it is a symbolic link)"
    case .owner: " (it belongs to another user, others may write to it, or it is immutable)"
    case .kind: " (it is not a regular file)"
    case .privilege: " (it is for its owner only, who is root by default)"
    case nil: ""
    }
  }

  private static func expectation(_ expected: DocumentError.Expectation) -> String {
    switch expected {
    case .value: "a value"
    case .string: "a text"
    case .boolean: "true or false"
    case .integer(let type): "an integer (\(type))"
    case .array: "a list"
    case .object: "an object"
    case .text(let type): "the text of \(type)"
    }
  }
}
