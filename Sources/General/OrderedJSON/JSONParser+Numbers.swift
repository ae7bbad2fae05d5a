extension JSONParser {
  mutating func parseNumber(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONNumber {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }

    let integer = try skipDigits(in: bytes)
    let startsWithZero = bytes[integer.lowerBound] == UInt8(ascii: "0")
    guard !startsWithZero || integer.count == 1 else {
      throw .malformedNumber(offset: integer.lowerBound)
    }
    var isInteger = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      _ = try skipDigits(in: bytes)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      _ = try skipDigits(in: bytes)
    }

    if isInteger, integer.lowerBound == start, let natural = natural(integer, in: bytes) {
      return JSONNumber(natural: natural)
    }
    let text = try text(start..<position, in: bytes)
    return JSONNumber(verified: text)
  }

  private mutating func skipDigits(
    in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Range<Int> {
    let start = position
    while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
      position += 1
    }
    guard position > start else {
      throw position < bytes.count
        ? .malformedNumber(offset: position) : .unexpectedEnd(offset: position)
    }
    return start..<position
  }

  /// The value of up to 19 digits, which always fit.
  private func natural(_ digits: Range<Int>, in bytes: Span<UInt8>) -> UInt64? {
    guard digits.count <= 19 else { return nil }
    var value: UInt64 = 0
    for index in digits { value = value &* 10 &+ UInt64(bytes[index] &- UInt8(ascii: "0")) }
    return value
  }
}
