/// The string forms of floating-point numbers in Go's strconv; numbers are non-negative.
enum FloatText {
  /// The number in one of the forms `b e E f g G x X`; without a precision, the shortest exact one.
  static func text(of number: Double, form: Unicode.Scalar, precision: Int?) -> [UInt8] {
    if number.isNaN { return Array("NaN".utf8) }
    if number.isInfinite { return Array("Inf".utf8) }
    switch form {
    case "b": return binary(number)
    case "x", "X": return hexadecimal(number, precision: precision, isUpper: form == "X")
    case "e", "E":
      let digits = DecimalDigits(number, significant: precision.map { $0 + 1 })
      return exponential(digits, precision ?? max(digits.digits.count - 1, 0), form)
    case "f":
      let digits = DecimalDigits(number, fractional: precision)
      return plain(digits, precision ?? max(digits.digits.count - digits.point, 0))
    default: return general(number, precision: precision, exponent: form == "G" ? "E" : "e")
    }
  }

  private static func general(
    _ number: Double, precision: Int?, exponent: Unicode.Scalar
  ) -> [UInt8] {
    let wanted = precision.map { max($0, 1) }
    let digits = DecimalDigits(number, significant: wanted)
    let count = digits.digits.count
    var threshold = wanted ?? 6
    if wanted != nil, threshold > count, count >= digits.point { threshold = count }
    if digits.point - 1 < -4 || digits.point - 1 >= threshold {
      return exponential(digits, max(min(wanted ?? count, count) - 1, 0), exponent)
    }
    return plain(digits, max(count - digits.point, 0))
  }

  /// `d.ddde±dd`.
  private static func exponential(
    _ decimal: DecimalDigits, _ precision: Int, _ letter: Unicode.Scalar
  ) -> [UInt8] {
    var text: [UInt8] = [decimal.digit(0)]
    if precision > 0 {
      text.append(UInt8(ascii: "."))
      for index in 0..<precision { text.append(decimal.digit(index + 1)) }
    }
    let exponent = decimal.digits.isEmpty ? 0 : decimal.point - 1
    text.append(UInt8(ascii: letter))
    appendExponent(exponent, to: &text)
    return text
  }

  /// `ddd.ddd`.
  private static func plain(_ decimal: DecimalDigits, _ precision: Int) -> [UInt8] {
    var text: [UInt8] = []
    if decimal.point > 0 {
      for index in 0..<decimal.point { text.append(decimal.digit(index)) }
    } else {
      text.append(UInt8(ascii: "0"))
    }
    if precision > 0 {
      text.append(UInt8(ascii: "."))
      for index in 0..<precision { text.append(decimal.digit(decimal.point + index)) }
    }
    return text
  }

  private static func appendExponent(_ exponent: Int, to text: inout [UInt8]) {
    text.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let digits = String(exponent.magnitude)
    if digits.utf8.count < 2 { text.append(UInt8(ascii: "0")) }
    text += digits.utf8
  }

  /// `ddddp±ddd`: the mantissa as an integer and the power of two.
  private static func binary(_ number: Double) -> [UInt8] {
    let (mantissa, exponent) = number.integerParts
    return Array("\(mantissa)p\(exponent < 0 ? "-" : "+")\(exponent.magnitude)".utf8)
  }

  /// `0x1.hhhp±dd`.
  private static func hexadecimal(_ number: Double, precision: Int?, isUpper: Bool) -> [UInt8] {
    var mantissa: UInt64 = 0
    var exponent = 0
    if number != 0 {
      // The leading one is at bit 60.
      let parts = number.integerParts
      let shift = parts.mantissa.leadingZeroBitCount - 3
      mantissa = parts.mantissa << UInt64(shift)
      exponent = parts.exponent - shift + 60
    }
    if let precision, precision < 15 {
      let extra = UInt64(60 - precision * 4)
      let dropped = mantissa & ((1 << extra) - 1)
      let half: UInt64 = 1 << (extra - 1)
      mantissa >>= extra
      if dropped > half || dropped == half && mantissa & 1 == 1 { mantissa += 1 }
      mantissa <<= extra
      if mantissa & (1 << 61) != 0 {
        mantissa >>= 1
        exponent += 1
      }
    }
    let digits = isUpper ? Formatter.upperDigits : Formatter.lowerDigits
    var text: [UInt8] = [
      UInt8(ascii: "0"), digits[16], UInt8(ascii: "0") + UInt8(mantissa >> 60 & 1),
    ]
    mantissa <<= 4
    if precision.map({ $0 > 0 }) ?? (mantissa != 0) {
      text.append(UInt8(ascii: "."))
      var written = 0
      while precision.map({ written < $0 }) ?? (mantissa != 0) {
        text.append(digits[Int(mantissa >> 60)])
        mantissa <<= 4
        written += 1
      }
    }
    text.append(UInt8(ascii: isUpper ? "P" : "p"))
    appendExponent(exponent, to: &text)
    return text
  }

  /// The `#` flag: always a decimal point, and the zeros that `g` and `x` drop.
  static func keepingZeros(_ text: [UInt8], form: Unicode.Scalar, precision: Int?) -> [UInt8] {
    var missing = ["g", "G", "x"].contains(form) ? precision ?? 6 : 0
    let isHexadecimal = form == "x" || form == "X"
    let letters = isHexadecimal ? "pP" : "eEpP"
    let end = text.firstIndex { letters.utf8.contains($0) } ?? text.count
    var number = Array(text[..<end])
    var hasPoint = false
    var isSignificant = false
    for byte in number {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
        continue
      }
      if byte != UInt8(ascii: "0") { isSignificant = true }
      if isSignificant { missing -= 1 }
    }
    if !hasPoint {
      if number == [UInt8(ascii: "0")] { missing -= 1 }
      number.append(UInt8(ascii: "."))
    }
    number += repeatElement(UInt8(ascii: "0"), count: max(missing, 0))
    return number + text[end...]
  }
}

extension Double {
  /// The number as an integer and the power of two to multiply it by.
  var integerParts: (mantissa: UInt64, exponent: Int) {
    let isSubnormal = exponentBitPattern == 0
    let mantissa = significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    return (mantissa, Int(isSubnormal ? 1 : exponentBitPattern) - 1075)
  }
}
