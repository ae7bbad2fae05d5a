extension Formatter {
  static let lowerDigits = Array("0123456789abcdefx".utf8)
  static let upperDigits = Array("0123456789ABCDEFX".utf8)

  /// Prints an integer under any verb.
  mutating func writeInteger(
    _ magnitude: UInt64, isNegative: Bool, isSigned: Bool, as verb: Unicode.Scalar, of value: Value
  ) {
    let rune = isNegative ? Rune.replacement : UInt32(clamping: magnitude)
    switch verb {
    case "v" where flags.sharpV && !isSigned:
      flags.sharp = true
      writeInteger(magnitude, isNegative: false, base: 16)
      flags.sharp = false
    case "v", "d": writeInteger(magnitude, isNegative: isNegative, base: 10)
    case "b": writeInteger(magnitude, isNegative: isNegative, base: 2)
    case "o": writeInteger(magnitude, isNegative: isNegative, base: 8)
    case "O": writeInteger(magnitude, isNegative: isNegative, base: 8, prefix: "0o")
    case "x": writeInteger(magnitude, isNegative: isNegative, base: 16)
    case "X":
      writeInteger(magnitude, isNegative: isNegative, base: 16, digits: Formatter.upperDigits)
    case "c":
      var text: [UInt8] = []
      text.append(rune: rune)
      pad(text)
    case "q": pad(Quoting.quoted(rune: rune, asciiOnly: flags.plus))
    case "U":
      let bits = isNegative ? 0 &- magnitude : magnitude
      padWithSpaces(Formatter.unicodeName(bits, minimum: flags.precision, quotes: flags.sharp))
    default: reportBadVerb(verb, value)
    }
  }

  /// Prints the digits with sign, prefix, precision and width.
  mutating func writeInteger(
    _ magnitude: UInt64, isNegative: Bool, base: UInt64, prefix: String = "",
    digits: [UInt8] = Formatter.lowerDigits
  ) {
    var minimum = 0
    if let precision = flags.precision {
      guard precision > 0 || magnitude > 0 else {
        padWithSpaces([])
        return
      }
      minimum = precision
    } else if flags.padsWithZeros, let width = flags.width {
      minimum = isNegative || flags.plus || flags.space ? width - 1 : width
    }

    var reversed: [UInt8] = []
    var rest = magnitude
    repeat {
      reversed.append(digits[Int(rest % base)])
      rest /= base
    } while rest > 0
    if reversed.count < minimum {
      reversed += repeatElement(UInt8(ascii: "0"), count: minimum - reversed.count)
    }
    if flags.sharp { appendPrefix(base, digits, to: &reversed) }
    reversed += prefix.utf8.reversed()
    if isNegative {
      reversed.append(UInt8(ascii: "-"))
    } else if flags.plus {
      reversed.append(UInt8(ascii: "+"))
    } else if flags.space {
      reversed.append(UInt8(ascii: " "))
    }
    padWithSpaces(reversed.reversed())
  }

  private func appendPrefix(_ base: UInt64, _ digits: [UInt8], to reversed: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    switch base {
    case 2: reversed += [UInt8(ascii: "b"), zero]
    case 8: if reversed.last != zero { reversed.append(zero) }
    case 16: reversed += [digits[16], zero]
    default: break
    }
  }

  /// `U+0041 'A'`.
  static func unicodeName(_ rune: UInt32) -> String {
    String(decoding: unicodeName(UInt64(rune), minimum: nil, quotes: true), as: UTF8.self)
  }

  private static func unicodeName(_ rune: UInt64, minimum: Int?, quotes: Bool) -> [UInt8] {
    let digits = String(rune, radix: 16, uppercase: true)
    let zeros = max(0, max(minimum ?? 4, 4) - digits.utf8.count)
    var text = Array("U+".utf8) + repeatElement(UInt8(ascii: "0"), count: zeros) + digits.utf8
    if quotes, let rune = UInt32(exactly: rune), RuneClass.isPrintable(rune) {
      text.append(" '")
      text.append(rune: rune)
      text.append("'")
    }
    return text
  }

  // MARK: Floating point

  mutating func writeFloat(_ number: Double, as verb: Unicode.Scalar, of value: Value) {
    switch verb {
    case "v": writeFloat(number, form: "g", precision: nil)
    case "b", "g", "G", "x", "X": writeFloat(number, form: verb, precision: nil)
    case "f", "e", "E": writeFloat(number, form: verb, precision: 6)
    case "F": writeFloat(number, form: "f", precision: 6)
    default: reportBadVerb(verb, value)
    }
  }

  mutating func writeComplex(_ number: Complex, as verb: Unicode.Scalar, of value: Value) {
    guard "vbgGxXfFeE".unicodeScalars.contains(verb) else { return reportBadVerb(verb, value) }
    output.append("(")
    writeFloat(number.real, as: verb, of: value)
    let plus = flags.plus
    // The imaginary part always has a sign.
    flags.plus = true
    writeFloat(number.imaginary, as: verb, of: value)
    flags.plus = plus
    output.append("i)")
  }

  private mutating func writeFloat(_ number: Double, form: Unicode.Scalar, precision: Int?) {
    let precision = flags.precision ?? precision
    var text = FloatText.text(of: number.magnitude, form: form, precision: precision)
    let isNegative = number.sign == .minus && !number.isNaN
    guard number.isFinite else {
      writeNonFinite(text, isNegative: isNegative)
      return
    }
    if flags.sharp, form != "b" {
      text = FloatText.keepingZeros(text, form: form, precision: precision)
    }
    let sign: UInt8? =
      isNegative
      ? UInt8(ascii: "-")
      : flags.plus ? UInt8(ascii: "+") : flags.space ? UInt8(ascii: " ") : nil
    guard let sign else { return pad(text) }
    guard flags.padsWithZeros, let width = flags.width, width > text.count + 1 else {
      return pad([sign] + text)
    }
    output.append(sign)
    writePadding(width - text.count - 1)
    output += text
  }

  /// Infinity always has a sign, NaN only if requested; neither is zero-padded.
  private mutating func writeNonFinite(_ text: [UInt8], isNegative: Bool) {
    var sign: [UInt8] = []
    if isNegative {
      sign = [UInt8(ascii: "-")]
    } else if flags.space, !flags.plus {
      sign = [UInt8(ascii: " ")]
    } else if text.first == UInt8(ascii: "I") || flags.plus {
      sign = [UInt8(ascii: "+")]
    }
    padWithSpaces(sign + text)
  }
}
