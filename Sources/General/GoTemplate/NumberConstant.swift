/// A constant in all the types that can represent it exactly; the context determines which one is
/// used.
struct NumberConstant: Equatable {
  var integer: Int64?
  var unsigned: UInt64?
  var float: Double?
  /// The value of an imaginary constant, whatever other types can represent it.
  var complex: Complex?

  /// The value of a character constant.
  init(rune: UInt32) {
    integer = Int64(rune)
    unsigned = UInt64(rune)
    float = Double(rune)
  }

  /// Without an imaginary part, other types can represent the number, too.
  private mutating func take(_ complex: Complex) {
    self.complex = complex
    guard complex.imaginary == 0 else { return }
    float = complex.real
    integer = Int64(exactly: complex.real)
    unsigned = UInt64(exactly: complex.real)
  }

  /// Parses the sum of a real and an imaginary number, such as `1+2i`.
  init(parsingSum bytes: [UInt8]) throws(SyntaxProblem) {
    guard let sign = bytes.indices.last(where: { Self.isSign(at: $0, in: bytes) }) else {
      throw .malformedComplex
    }
    take(
      Complex(
        real: try Self.part(bytes[..<sign]), imaginary: try Self.part(bytes[sign...].dropLast())))
  }

  // A sign after the exponent character belongs to the exponent.
  private static func isSign(at index: Int, in bytes: [UInt8]) -> Bool {
    guard index > 0, "+-".utf8.contains(bytes[index]) else { return false }
    let isHexadecimal =
      bytes.dropFirst(bytes[0] == UInt8(ascii: "0") ? 1 : 2).first
      .map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    return !(isHexadecimal ? "pP" : "eEpP").utf8.contains(bytes[index - 1])
  }

  private static func part(_ bytes: ArraySlice<UInt8>) throws(SyntaxProblem) -> Double {
    if let number = floatingPoint(Array(bytes)) { return number }
    let text = String(decoding: bytes, as: UTF8.self)
    let isHexadecimal = text.contains { $0 == "x" || $0 == "X" }
    let isOutOfRange = Double(text)?.isFinite == false
    guard isHexadecimal || isOutOfRange else { throw .malformedComplex }
    throw .malformedFloat(GoString(text), isOutOfRange: isOutOfRange)
  }

  /// Parses a number in Go's syntax.
  init(parsing bytes: [UInt8]) throws(SyntaxProblem) {
    if bytes.last == UInt8(ascii: "i"),
      let imaginary = NumberConstant.floatingPoint(Array(bytes.dropLast()))
    {
      take(Complex(real: 0, imaginary: imaginary))
      return
    }
    unsigned = NumberConstant.magnitude(bytes[...])
    integer = NumberConstant.signed(bytes[...])
    if integer == 0 { unsigned = 0 }
    if let integer {
      float = Double(integer)
    } else if let unsigned {
      float = Double(unsigned)
    } else if let parsed = NumberConstant.floatingPoint(bytes) {
      guard bytes.contains(where: { ".eEpP".utf8.contains($0) }) else {
        throw .integerOverflow(GoString(bytes: bytes))
      }
      float = parsed
      integer = Int64(exactly: parsed)
      unsigned = UInt64(exactly: parsed)
    } else {
      throw .illegalNumber(GoString(bytes: bytes))
    }
  }

  private static func signed(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return magnitude(bytes).flatMap { Int64(exactly: $0) }
    }
    guard let magnitude = magnitude(bytes.dropFirst()) else { return nil }
    if first == UInt8(ascii: "+") { return Int64(exactly: magnitude) }
    return magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 }
  }

  /// An unsigned integer with Go's base prefixes and underscores.
  private static func magnitude(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    guard hasWellPlacedUnderscores(bytes) else { return nil }
    let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let first = text.utf8.first, Lexer.isDigit(first) else { return nil }
    switch text.prefix(2).lowercased() {
    case "0x": return unsignedDigits(text.dropFirst(2), radix: 16)
    case "0o": return unsignedDigits(text.dropFirst(2), radix: 8)
    case "0b": return unsignedDigits(text.dropFirst(2), radix: 2)
    default:
      let isOctal = first == UInt8(ascii: "0") && text.utf8.count > 1
      return unsignedDigits(text[...], radix: isOctal ? 8 : 10)
    }
  }

  private static func unsignedDigits(_ digits: Substring, radix: Int) -> UInt64? {
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
    else { return nil }
    return UInt64(digits, radix: radix)
  }

  private static func floatingPoint(_ bytes: [UInt8]) -> Double? {
    let digits = bytes.first.map { "+-".utf8.contains($0) } == true ? bytes.dropFirst() : bytes[...]
    guard let first = digits.first, Lexer.isDigit(first) || first == UInt8(ascii: "."),
      digits.contains(where: Lexer.isDigit), hasWellPlacedUnderscores(digits)
    else { return nil }
    let plain = bytes.filter { $0 != UInt8(ascii: "_") }
    let isHexadecimal = digits.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
    if isHexadecimal, !plain.contains(where: { $0 | 0x20 == UInt8(ascii: "p") }) { return nil }
    guard let value = Double(String(decoding: plain, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  /// An underscore stands between digits, or after a base prefix.
  private static func hasWellPlacedUnderscores(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.contains(UInt8(ascii: "_")) else { return true }
    let hasPrefix =
      bytes.first == UInt8(ascii: "0")
      && bytes.dropFirst().first.map { "xXoObB".utf8.contains($0) } == true
    let isHexadecimal = hasPrefix && bytes.dropFirst().first.map { $0 | 0x20 } == 0x78
    var mayFollow = hasPrefix
    var wasUnderscore = false
    for byte in hasPrefix ? bytes.dropFirst(2) : bytes {
      let isDigit =
        Lexer.isDigit(byte) || isHexadecimal && (0x61...0x66).contains(byte | 0x20)
      if byte == UInt8(ascii: "_") {
        guard mayFollow else { return false }
        (mayFollow, wasUnderscore) = (false, true)
      } else {
        if wasUnderscore, !isDigit { return false }
        (mayFollow, wasUnderscore) = (isDigit, false)
      }
    }
    return !wasUnderscore
  }
}
