extension FunctionTable {
  /// The functions that Docker adds to Go's in every `--format`.
  package static let docker: FunctionTable = [
    "json": Function(parameters: [.any]) { arguments throws(FunctionError) in
      .string(GoString(bytes: try DockerFunctions.json(arguments[0])))
    },
    "split": Function(parameters: [.string, .string]) { arguments in
      .list(GoList(DockerFunctions.split(arguments.text(0), by: arguments.text(1))))
    },
    "join": Function(parameters: [.any, .string]) { arguments throws(FunctionError) in
      .string(try DockerFunctions.join(arguments[0], with: arguments.text(1)))
    },
    "title": Function(parameters: [.string]) { .string(CaseMapping.title($0.text(0))) },
    "lower": Function(parameters: [.string]) { .string(CaseMapping.lower($0.text(0))) },
    "upper": Function(parameters: [.string]) { .string(CaseMapping.upper($0.text(0))) },
    "pad": Function(parameters: [.string, .int, .int]) { arguments throws(FunctionError) in
      .string(
        try DockerFunctions.pad(
          arguments.text(0), before: arguments.number(1), after: arguments.number(2)))
    },
    "truncate": Function(parameters: [.string, .int]) { arguments throws(FunctionError) in
      .string(try DockerFunctions.truncate(arguments.text(0), to: arguments.number(1)))
    },
  ]

  /// The functions for the header row of a table: most leave the name of the column as it is.
  package static let dockerHeader = docker.overridden(by: [
    "json": passThrough([]),
    "split": passThrough([.string]),
    "join": passThrough([.string]),
    "title": passThrough([]),
    "lower": passThrough([]),
    "upper": passThrough([]),
    "truncate": passThrough([.int]),
  ])

  private static func passThrough(_ more: [Function.Parameter]) -> Function {
    Function(parameters: [.string] + more) { $0[0] }
  }
}

extension [Value] {
  fileprivate func text(_ index: Int) -> GoString {
    if case .string(let text) = self[index] { return text }
    return ""
  }

  fileprivate func number(_ index: Int) -> Int64 {
    if case .int(let number, _) = self[index] { return number }
    return 0
  }
}

private enum DockerFunctions {
  /// Go refuses longer strings too, although its own limit is memory.
  static let maximumPadding: Int64 = 1 << 28

  // Lists and maps contain no complex numbers.
  static func json(_ value: Value) throws(FunctionError) -> [UInt8] {
    if case .complex = value.concrete {
      throw FunctionError("json: unsupported type: \(value.concrete.typeName)")
    }
    return JSONEncoding.text(of: value)
  }

  /// The parts between separators; without a separator, the characters.
  static func split(_ text: GoString, by separator: GoString) -> [GoString] {
    let (bytes, separator) = (text.bytes, separator.bytes)
    var parts: [GoString] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if separator.isEmpty {
        index += Rune(in: bytes, at: index).width
        parts.append(GoString(bytes: Array(bytes[start..<index])))
        start = index
      } else if bytes[index...].starts(with: separator) {
        parts.append(GoString(bytes: Array(bytes[start..<index])))
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    if !separator.isEmpty { parts.append(GoString(bytes: Array(bytes[start...]))) }
    return parts
  }

  /// Joins a list in its order, or the values of a map sorted by their string form.
  static func join(_ value: Value, with separator: GoString) throws(FunctionError) -> GoString {
    var parts: [GoString]
    switch value {
    case .noValue: return ""
    case .list(let list): parts = list.elements.map(text)
    case .map(let map): parts = map.entries.map { text($0.value) }.sorted()
    default: throw FunctionError("expected slice, got \(value.typeName)")
    }
    return GoString(bytes: Array(parts.map(\.bytes).joined(separator: separator.bytes)))
  }

  private static func text(_ value: Value) -> GoString {
    Formatter.text { $0.print([value]) }
  }

  /// Adds spaces on both sides of a text that is not empty.
  static func pad(
    _ text: GoString, before: Int64, after: Int64
  ) throws(FunctionError) -> GoString {
    guard !text.bytes.isEmpty else { return text }
    guard before >= 0, after >= 0 else { throw FunctionError("strings: negative Repeat count") }
    guard before <= maximumPadding, after <= maximumPadding else {
      throw FunctionError("runtime error: makeslice: len out of range")
    }
    let space = UInt8(ascii: " ")
    return GoString(
      bytes: repeatElement(space, count: Int(before)) + text.bytes
        + repeatElement(space, count: Int(after)))
  }

  /// The first bytes.
  static func truncate(_ text: GoString, to length: Int64) throws(FunctionError) -> GoString {
    guard length <= text.bytes.count else { return text }
    guard length >= 0 else {
      throw FunctionError("runtime error: slice bounds out of range [:\(length)]")
    }
    return GoString(bytes: Array(text.bytes[..<Int(length)]))
  }
}
