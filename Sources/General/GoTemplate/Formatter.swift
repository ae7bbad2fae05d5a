/// Prints values as Go's fmt package does.
struct Formatter {
  /// The flags between `%` and the verb.
  struct Flags {
    var width: Int?
    var precision: Int?
    var minus = false
    var plus = false
    var sharp = false
    var space = false
    var zero = false
    /// `%+v`: names of fields.
    var plusV = false
    /// `%#v`: Go syntax.
    var sharpV = false

    /// Zeros are only added on the left.
    var padsWithZeros: Bool { zero && !minus }
  }

  var output: [UInt8]
  var flags = Flags()
  /// Whether a bad verb is being reported, which calls no `String` method.
  var isReporting = false

  /// Prints to the end of `output`.
  static func appending(to output: inout [UInt8], _ body: (inout Formatter) -> Void) {
    var formatter = Formatter(output: [])
    swap(&formatter.output, &output)
    body(&formatter)
    swap(&formatter.output, &output)
  }

  /// What `body` prints.
  static func text(_ body: (inout Formatter) -> Void) -> GoString {
    var formatter = Formatter(output: [])
    body(&formatter)
    return GoString(bytes: formatter.output)
  }

  /// How an action prints the value.
  static func text(printable value: Value) -> GoString {
    text { $0.write(printable: value) }
  }

  // MARK: Sprint and Sprintln

  /// Prints with spaces between neighbours of which none is a string.
  mutating func print(_ values: [Value]) {
    var previousIsString = false
    for (index, value) in values.enumerated() {
      let isString = value.isString
      if index > 0, !isString, !previousIsString { output.append(" ") }
      write(value, as: "v")
      previousIsString = isString
    }
  }

  /// Prints with spaces between all, and a newline.
  mutating func printLine(_ values: [Value]) {
    for (index, value) in values.enumerated() {
      if index > 0 { output.append(" ") }
      write(value, as: "v")
    }
    output.append("\n")
  }

  /// Like `print`, each value in the form that an action prints.
  mutating func print(printable values: [Value]) {
    var previousIsString = false
    for (index, value) in values.enumerated() {
      let isString = value.isString || value.type == nil
      if index > 0, !isString, !previousIsString { output.append(" ") }
      write(printable: value)
      previousIsString = isString
    }
  }

  /// Prints as an action does: a pointer as what it points to.
  mutating func write(printable value: Value) {
    switch value.concrete {
    case .noValue: output.append("<no value>")
    case .object(let object) where object.isPointer:
      if !writeStringForm(of: object, as: "v") { writeFields(of: object, as: "v") }
    case let concrete: write(concrete, as: "v")
    }
  }
}

extension Value {
  fileprivate var isString: Bool {
    if case .string = plain { return true }
    return false
  }
}
