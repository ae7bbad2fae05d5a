/// One code point as Go decodes it: a byte that starts no valid sequence is U+FFFD of width 1.
struct Rune {
  static let replacement: UInt32 = 0xFFFD
  static let maximum: UInt32 = 0x10FFFF

  let value: UInt32
  let width: Int

  var isInvalidByte: Bool { value == Rune.replacement && width == 1 }

  /// Decodes the code point that starts at `index`, which must be inside `bytes`.
  init(in bytes: [UInt8], at index: Int) {
    let first = bytes[index]
    guard first >= 0x80 else {
      (value, width) = (UInt32(first), 1)
      return
    }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: length = 0
    }
    guard length > 0, index + length <= bytes.count,
      (lowest...highest).contains(bytes[index + 1]),
      bytes[(index + 2)..<(index + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else {
      (value, width) = (Rune.replacement, 1)
      return
    }
    let leading = UInt32(first) & (0x7F >> UInt32(length))
    value = bytes[(index + 1)..<(index + length)].reduce(leading) { $0 << 6 | UInt32($1 & 0x3F) }
    width = length
  }

  /// Calls `body` for every code point of `bytes`.
  static func forEach(in bytes: [UInt8], _ body: (Rune) -> Void) {
    var index = 0
    while index < bytes.count {
      let rune = Rune(in: bytes, at: index)
      body(rune)
      index += rune.width
    }
  }

  /// How many code points `bytes` holds.
  static func count(in bytes: some Sequence<UInt8> & Collection) -> Int {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
    var total = 0
    forEach(in: Array(bytes)) { _ in total += 1 }
    return total
  }
}

extension [UInt8] {
  /// Appends a code point as UTF-8; an invalid one becomes U+FFFD.
  mutating func append(rune: UInt32) {
    let scalar = Unicode.Scalar(rune) ?? "\u{FFFD}"
    append(contentsOf: UTF8.encode(scalar)!)
  }

  /// Appends the UTF-8 form of a text.
  mutating func append(_ text: String) {
    append(contentsOf: text.utf8)
  }
}

/// The character classes that Go's `unicode` package decides by general category.
enum RuneClass {
  static func isLetter(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return (rune | 0x20) >= 0x61 && (rune | 0x20) <= 0x7A }
    switch Unicode.Scalar(rune)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  static func isDigit(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return rune >= 0x30 && rune <= 0x39 }
    return Unicode.Scalar(rune)?.properties.generalCategory == .decimalNumber
  }

  static func isAlphanumeric(_ rune: UInt32) -> Bool {
    rune == 0x5F || isLetter(rune) || isDigit(rune)
  }

  static func isSpace(_ rune: UInt32) -> Bool {
    switch rune {
    case 0x09...0x0D, 0x20, 0x85, 0xA0: true
    case 0..<0x80: false
    default: Unicode.Scalar(rune)?.properties.isWhitespace ?? false
    }
  }

  static func isPrintable(_ rune: UInt32) -> Bool {
    if rune < 0x7F { return rune >= 0x20 }
    switch Unicode.Scalar(rune)?.properties.generalCategory {
    case nil, .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator,
      .lineSeparator, .paragraphSeparator:
      return false
    default: return true
    }
  }
}
