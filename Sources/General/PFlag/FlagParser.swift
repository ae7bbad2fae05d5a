/// Parses the flags in a list of arguments.
struct FlagParser {
  let flags: [FlagDeclaration]
  /// Whether flags may follow other arguments.
  var isInterspersed = true
  var parsed = ParsedFlags()
  private(set) var arguments: [String] = []
  private(set) var notices: [ShorthandNotice] = []

  init(flags: [FlagDeclaration], parsed: ParsedFlags) {
    self.flags = flags
    self.parsed = parsed
  }

  mutating func parse(_ given: some Collection<String>) throws(FlagError) {
    var rest = Array(given)[...]
    while let argument = rest.popFirst() {
      let bytes = argument.utf8
      guard bytes.count > 1, bytes.first == Self.dash else {
        arguments.append(argument)
        if isInterspersed { continue }
        break
      }
      if bytes.elementsEqual("--".utf8) { break }
      if bytes.starts(with: "--".utf8) {
        try parseLong(argument, rest: &rest)
      } else {
        try parseShort(argument, rest: &rest)
      }
    }
    arguments += rest
  }

  private mutating func parseLong(
    _ argument: String, rest: inout ArraySlice<String>
  ) throws(FlagError) {
    let body = argument.utf8.dropFirst(2)
    if body.first == Self.dash || body.first == Self.equals {
      throw .malformed(argument: argument)
    }
    let separator = body.firstIndex(of: Self.equals)
    let name = body[..<(separator ?? body.endIndex)]
    guard let flag = flags.first(where: { $0.name.utf8.elementsEqual(name) }) else {
      throw .unknown(name: String(Substring(name)))
    }
    if let separator {
      try set(flag, to: String(Substring(body[separator...].dropFirst())))
    } else if let value = flag.impliedValue ?? rest.popFirst() {
      try set(flag, to: value)
    } else {
      throw .valueMissing(name: flag.name)
    }
  }

  /// Parses `-abc`: shorthands of booleans, the last of which may be a flag with its value.
  private mutating func parseShort(
    _ argument: String, rest: inout ArraySlice<String>
  ) throws(FlagError) {
    var group = argument.utf8.dropFirst()
    while let letter = group.first {
      guard let flag = flags.first(where: { $0.shorthandByte == letter }) else {
        let unknown = Substring(group)
        throw .unknownShorthand(
          unknown.unicodeScalars.first ?? Unicode.Scalar(letter), group: String(unknown))
      }
      let tail = group.dropFirst()
      let value: String
      // A lone `=` at the end is not a separator but the value, or the next letter.
      if tail.first == Self.equals, tail.dropFirst().first != nil {
        value = String(Substring(tail.dropFirst()))
        group = tail[tail.endIndex...]
      } else if let implied = flag.impliedValue {
        value = implied
        group = tail
      } else if tail.first != nil {
        value = String(Substring(tail))
        group = tail[tail.endIndex...]
      } else if let next = rest.popFirst() {
        value = next
        group = tail
      } else {
        throw .shorthandValueMissing(Unicode.Scalar(letter), group: String(Substring(group)))
      }
      if let replacement = flag.shorthandReplacement {
        notices.append(ShorthandNotice(shorthand: letter, replacement: replacement))
      }
      try set(flag, to: value)
    }
  }

  private mutating func set(_ flag: FlagDeclaration, to value: String) throws(FlagError) {
    do throws(ConversionError) {
      try parsed.add(value, for: flag)
    } catch {
      // A deprecated shorthand is not shown.
      let shorthand = flag.shorthandReplacement == nil ? flag.shorthand : nil
      throw .invalidValue(value, name: flag.name, shorthand: shorthand, error)
    }
  }

  private static let dash = UInt8(ascii: "-")
  private static let equals = UInt8(ascii: "=")
}
