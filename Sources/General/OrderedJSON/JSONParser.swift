/// Parses a document in a single pass.
struct JSONParser {
  private static let deepestNesting = 512

  var position = 0
  private var depth = 0

  mutating func parseDocument(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    skipWhitespace(in: bytes)
    let value = try parseValue(in: bytes)
    skipWhitespace(in: bytes)
    guard position == bytes.count else { throw .trailingBytes(offset: position) }
    return value
  }

  mutating func parseValue(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    let byte = try peek(in: bytes)
    switch byte {
    case UInt8(ascii: "\""): return .string(try parseString(in: bytes))
    case UInt8(ascii: "{"): return .object(try parseObject(in: bytes))
    case UInt8(ascii: "["): return .array(try parseArray(in: bytes))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try parseNumber(in: bytes))
    case UInt8(ascii: "t"): return try parse("true", as: .bool(true), in: bytes)
    case UInt8(ascii: "f"): return try parse("false", as: .bool(false), in: bytes)
    case UInt8(ascii: "n"): return try parse("null", as: .null, in: bytes)
    default: throw .unexpectedByte(byte, offset: position)
    }
  }

  private mutating func parse(
    _ literal: StaticString, as value: JSONValue, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> JSONValue {
    for expected in literal.description.utf8 { try expect(expected, in: bytes) }
    return value
  }

  private mutating func parseObject(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONObject {
    try enter()
    defer { depth -= 1 }
    var object = JSONObject()
    if try skipOpening(until: UInt8(ascii: "}"), in: bytes) { return object }

    repeat {
      let start = position
      guard try peek(in: bytes) == UInt8(ascii: "\"") else {
        throw .unexpectedByte(bytes[position], offset: position)
      }
      let name = try parseString(in: bytes)
      skipWhitespace(in: bytes)
      try expect(UInt8(ascii: ":"), in: bytes)
      skipWhitespace(in: bytes)
      let value = try parseValue(in: bytes)
      guard object.append(name, value) else { throw .duplicateKey(name, offset: start) }
    } while try skipSeparator(orEnd: UInt8(ascii: "}"), in: bytes)
    return object
  }

  private mutating func parseArray(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var array: [JSONValue] = []
    if try skipOpening(until: UInt8(ascii: "]"), in: bytes) { return array }

    repeat {
      array.append(try parseValue(in: bytes))
    } while try skipSeparator(orEnd: UInt8(ascii: "]"), in: bytes)
    return array
  }

  private mutating func enter() throws(JSONSyntaxError) {
    guard depth < Self.deepestNesting else { throw .nestedTooDeeply(offset: position) }
    depth += 1
  }

  /// Skips the opening bracket and, in an empty container, also the closing one.
  mutating func skipOpening(
    until end: UInt8, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Bool {
    position += 1
    skipWhitespace(in: bytes)
    guard try peek(in: bytes) == end else { return false }
    position += 1
    return true
  }

  /// Skips a comma and returns true, or skips the closing bracket.
  mutating func skipSeparator(
    orEnd end: UInt8, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Bool {
    skipWhitespace(in: bytes)
    let byte = try peek(in: bytes)
    guard byte == end || byte == UInt8(ascii: ",") else {
      throw .unexpectedByte(byte, offset: position)
    }
    position += 1
    guard byte != end else { return false }
    skipWhitespace(in: bytes)
    return true
  }

  mutating func skipWhitespace(in bytes: Span<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        position += 1
      default:
        return
      }
    }
  }

  func peek(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> UInt8 {
    guard position < bytes.count else { throw .unexpectedEnd(offset: position) }
    return bytes[position]
  }

  mutating func expect(
    _ expected: UInt8, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    let byte = try peek(in: bytes)
    guard byte == expected else { throw .unexpectedByte(byte, offset: position) }
    position += 1
  }
}
