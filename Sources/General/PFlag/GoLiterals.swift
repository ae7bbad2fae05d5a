/// Parses a boolean literal.
func boolean(_ text: String) throws(ConversionError) -> Bool {
  switch text {
  case "1", "t", "T", "true", "TRUE", "True": return true
  case "0", "f", "F", "false", "FALSE", "False": return false
  default: throw .notABoolean
  }
}

/// Reads a 64-bit number: decimal, `0x`, `0o` or leading-zero octal, `0b`, with `_` between digits.
func integer(_ text: String) throws(ConversionError) -> Int {
  var bytes = Array(text.utf8)[...]
  var isNegative = false
  if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    isNegative = sign == UInt8(ascii: "-")
    bytes.removeFirst()
  }
  let (radix, hasPrefix) = takeRadix(from: &bytes)
  guard underscoresSeparateDigits(bytes, afterPrefix: hasPrefix) else { throw .notAnInteger }
  var number: Int = 0
  for byte in bytes where byte != UInt8(ascii: "_") {
    guard let digit = digitValue(byte), digit < radix else { throw .notAnInteger }
    let (product, tooLarge) = number.multipliedReportingOverflow(by: radix)
    let (next, overflow) =
      isNegative
      ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
    if tooLarge || overflow { throw .integerOutOfRange }
    number = next
  }
  return number
}

/// Drops the radix prefix; a lone `0` is a decimal digit.
private func takeRadix(from bytes: inout ArraySlice<UInt8>) -> (radix: Int, hasPrefix: Bool) {
  guard bytes.count > 1, bytes.first == UInt8(ascii: "0") else { return (10, false) }
  bytes.removeFirst()
  let radix: Int? =
    switch bytes.first.map({ $0 | 0x20 }) {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  guard let radix else { return (8, true) }
  bytes.removeFirst()
  return (radix, true)
}

private func underscoresSeparateDigits(
  _ bytes: ArraySlice<UInt8>, afterPrefix hasPrefix: Bool
) -> Bool {
  var mayFollow = hasPrefix
  var sawDigit = false
  for byte in bytes {
    if byte == UInt8(ascii: "_") {
      guard mayFollow else { return false }
      mayFollow = false
    } else {
      mayFollow = true
      sawDigit = true
    }
  }
  return sawDigit && mayFollow
}

private func digitValue(_ byte: UInt8) -> Int? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}
