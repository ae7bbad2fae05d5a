extension Formatter {
  /// Go refuses wider fields than this.
  private static let maximumNumber = 1_000_000

  /// Prints the arguments according to the format, with Go's notes on mismatches.
  mutating func printFormatted(_ format: GoString, _ arguments: ArraySlice<Value>) {
    var directives = Directives(format: format.bytes, arguments: Array(arguments))
    while directives.index < format.bytes.count {
      let start = directives.index
      let percent = UInt8(ascii: "%")
      let end = format.bytes[start...].firstIndex(of: percent) ?? format.bytes.count
      output += format.bytes[start..<end]
      directives.index = end
      guard end < format.bytes.count else { break }
      directives.index += 1
      printDirective(&directives)
    }
    flags = Flags()
    guard !directives.isReordered else { return }
    printExtra(directives.arguments[min(directives.argument, directives.arguments.count)...])
  }

  private mutating func printExtra(_ extra: ArraySlice<Value>) {
    guard !extra.isEmpty else { return }
    output.append("%!(EXTRA ")
    for (offset, value) in extra.enumerated() {
      if offset > 0 { output.append(", ") }
      if value.concrete.type != nil { output.append("\(value.concrete.typeName)=") }
      write(value, as: "v")
    }
    output.append(")")
  }

  /// Prints one directive, after its `%`.
  private mutating func printDirective(_ directives: inout Directives) {
    directives.isGoodArgument = true
    flags = directives.readFlags()
    directives.readArgumentNumber()
    readWidth(&directives)
    readPrecision(&directives)
    if !directives.isAfterNumber { directives.readArgumentNumber() }
    guard let verb = directives.readVerb() else {
      output.append("%!(NOVERB)")
      directives.index = directives.format.count
      return
    }
    guard verb != "%" else { return output.append("%") }
    guard directives.isGoodArgument else { return output.append("%!\(verb)(BADINDEX)") }
    guard directives.argument < directives.arguments.count else {
      return output.append("%!\(verb)(MISSING)")
    }
    if verb == "v" {
      (flags.sharpV, flags.sharp) = (flags.sharp, false)
      (flags.plusV, flags.plus) = (flags.plus, false)
    }
    write(directives.arguments[directives.argument], as: verb)
    directives.argument += 1
  }

  private mutating func readWidth(_ directives: inout Directives) {
    guard directives.accept("*") else {
      flags.width = directives.readNumber()
      if directives.isAfterNumber, flags.width != nil { directives.isGoodArgument = false }
      return
    }
    flags.width = directives.readIntegerArgument()
    if flags.width == nil { output.append("%!(BADWIDTH)") }
    if let width = flags.width, width < 0 {
      flags.width = -width
      flags.minus = true
    }
    directives.isAfterNumber = false
  }

  private mutating func readPrecision(_ directives: inout Directives) {
    guard directives.index + 1 < directives.format.count, directives.accept(".") else { return }
    if directives.isAfterNumber { directives.isGoodArgument = false }
    directives.readArgumentNumber()
    guard directives.accept("*") else {
      flags.precision = directives.readNumber() ?? 0
      return
    }
    flags.precision = directives.readIntegerArgument().flatMap { $0 < 0 ? nil : $0 }
    if flags.precision == nil { output.append("%!(BADPREC)") }
    directives.isAfterNumber = false
  }

  /// The reading position in a format and its arguments.
  private struct Directives {
    let format: [UInt8]
    let arguments: [Value]
    var index = 0
    var argument = 0
    /// Whether arguments were chosen by number, so that unused ones are not an error.
    var isReordered = false
    /// Whether the last thing read was an argument number such as `[3]`.
    var isAfterNumber = false
    var isGoodArgument = true

    init(format: [UInt8], arguments: [Value]) {
      self.format = format
      self.arguments = arguments
    }

    mutating func accept(_ byte: Unicode.Scalar) -> Bool {
      guard index < format.count, format[index] == UInt8(ascii: byte) else { return false }
      index += 1
      return true
    }

    mutating func readFlags() -> Flags {
      var flags = Flags()
      while index < format.count {
        switch format[index] {
        case UInt8(ascii: "#"): flags.sharp = true
        case UInt8(ascii: "0"): flags.zero = true
        case UInt8(ascii: "+"): flags.plus = true
        case UInt8(ascii: "-"): flags.minus = true
        case UInt8(ascii: " "): flags.space = true
        default: return flags
        }
        index += 1
      }
      return flags
    }

    /// Parses digits; a number that is too large swallows the rest of the format, as in Go.
    mutating func readNumber() -> Int? {
      var number: Int?
      while index < format.count, Lexer.isDigit(format[index]) {
        if let number, number > Formatter.maximumNumber {
          index = format.count
          return nil
        }
        number = (number ?? 0) * 10 + Int(format[index] - UInt8(ascii: "0"))
        index += 1
      }
      return number
    }

    mutating func readIntegerArgument() -> Int? {
      guard argument < arguments.count else { return nil }
      defer { argument += 1 }
      let limits = -Formatter.maximumNumber...Formatter.maximumNumber
      switch arguments[argument].concrete {
      case .int(let value, _): return Int(exactly: value).flatMap { limits ~= $0 ? $0 : nil }
      case .uint(let value, _): return Int(exactly: value).flatMap { limits ~= $0 ? $0 : nil }
      default: return nil
      }
    }

    /// Parses `[n]`, which selects the next argument.
    mutating func readArgumentNumber() {
      isAfterNumber = false
      guard index < format.count, format[index] == UInt8(ascii: "[") else { return }
      isReordered = true
      guard format.count - index >= 3,
        let closing = format[(index + 1)...].firstIndex(of: UInt8(ascii: "]"))
      else {
        isGoodArgument = false
        index += 1
        return
      }
      var inside = Directives(format: Array(format[(index + 1)..<closing]), arguments: [])
      let number = inside.readNumber()
      let isNumber = number != nil && inside.index == inside.format.count
      index = closing + 1
      isAfterNumber = isNumber
      guard let number, isNumber, number >= 1, number <= arguments.count else {
        isGoodArgument = false
        return
      }
      argument = number - 1
    }

    mutating func readVerb() -> Unicode.Scalar? {
      guard index < format.count else { return nil }
      let rune = Rune(in: format, at: index)
      index += rune.width
      return Unicode.Scalar(rune.value)
    }
  }
}
