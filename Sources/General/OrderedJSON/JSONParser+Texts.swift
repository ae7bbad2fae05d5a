extension JSONParser {
  mutating func parseString(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    try skipPlainText(in: bytes)
    if bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return try text(start..<position - 1, in: bytes)
    }
    return try parseEscapedString(from: start, in: bytes)
  }

  /// Stops at the closing quote or at a backslash.
  private mutating func skipPlainText(in bytes: Span<UInt8>) throws(JSONSyntaxError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      guard byte >= 0x20 else { throw .controlCharacter(byte, offset: position) }
      position += 1
    }
    throw .unexpectedEnd(offset: position)
  }

  func text(_ range: Range<Int>, in bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      throw .invalidUTF8(offset: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  /// Continues at the first backslash of a string that began at `start`.
  private mutating func parseEscapedString(
    from start: Int, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> String {
    var result = try text(start..<position, in: bytes)
    while bytes[position] == UInt8(ascii: "\\") {
      result.unicodeScalars.append(try parseEscape(in: bytes))
      let plain = position
      try skipPlainText(in: bytes)
      result += try text(plain..<position, in: bytes)
    }
    position += 1
    return result
  }

  private mutating func parseEscape(
    in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position
    position += 1
    let byte = try peek(in: bytes)
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try parseCodePoint(escapedAt: start, in: bytes)
    default: throw .malformedEscape(offset: start)
    }
  }

  /// Parses the digits after `\u` and, for a leading surrogate, the escape of its partner.
  private mutating func parseCodePoint(
    escapedAt start: Int, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Unicode.Scalar {
    let unit = try parseFourDigits(escapedAt: start, in: bytes)
    if let scalar = Unicode.Scalar(unit) { return scalar }

    guard UTF16.isLeadSurrogate(unit), position + 1 < bytes.count,
      bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { throw .malformedEscape(offset: start) }
    position += 2
    let partner = try parseFourDigits(escapedAt: position - 2, in: bytes)
    guard UTF16.isTrailSurrogate(partner) else { throw .malformedEscape(offset: start) }
    let high = UInt32(unit & 0x3ff) << 10
    guard let scalar = Unicode.Scalar(0x10000 + high + UInt32(partner & 0x3ff)) else {
      throw .malformedEscape(offset: start)
    }
    return scalar
  }

  private mutating func parseFourDigits(
    escapedAt start: Int, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = hexadecimalValue(of: try peek(in: bytes)) else {
        throw .malformedEscape(offset: start)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

/// The value of a hexadecimal digit in ASCII.
private func hexadecimalValue(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
