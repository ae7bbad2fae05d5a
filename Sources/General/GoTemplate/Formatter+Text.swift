extension Formatter {
  /// Appends `text` in a field of the wanted width, counted in characters.
  mutating func pad(_ text: some Collection<UInt8>) {
    guard let width = flags.width, width > 0 else {
      output += text
      return
    }
    let padding = width - Rune.count(in: text)
    if flags.minus {
      output += text
      writePadding(padding)
    } else {
      writePadding(padding)
      output += text
    }
  }

  mutating func writePadding(_ count: Int) {
    guard count > 0 else { return }
    output += repeatElement(UInt8(ascii: flags.padsWithZeros ? "0" : " "), count: count)
  }

  /// Appends `text` in a field that is padded with spaces.
  mutating func padWithSpaces(_ text: some Collection<UInt8>) {
    let zero = flags.zero
    flags.zero = false
    pad(text)
    flags.zero = zero
  }

  /// Prints a string; false if the verb does not apply to strings.
  @discardableResult
  mutating func writeString(_ text: [UInt8], as verb: Unicode.Scalar) -> Bool {
    switch verb {
    case "v" where flags.sharpV: writeQuoted(text)
    case "v", "s": pad(truncated(text))
    case "x": writeHexadecimal(text, digits: Formatter.lowerDigits)
    case "X": writeHexadecimal(text, digits: Formatter.upperDigits)
    case "q": writeQuoted(text)
    default: return false
    }
    return true
  }

  /// The precision limits a string to this many characters.
  private func truncated(_ text: [UInt8]) -> ArraySlice<UInt8> {
    guard let precision = flags.precision else { return text[...] }
    return text.prefix(characters: precision)
  }

  private mutating func writeQuoted(_ text: [UInt8]) {
    let text = Array(truncated(text))
    if flags.sharp, Quoting.canBackquote(text) {
      pad([UInt8(ascii: "`")] + text + [UInt8(ascii: "`")])
    } else {
      pad(Quoting.quoted(text, asciiOnly: flags.plus))
    }
  }

  private mutating func writeHexadecimal(_ text: [UInt8], digits: [UInt8]) {
    let bytes = text.prefix(flags.precision ?? text.count)
    var field: [UInt8] = []
    field.reserveCapacity(bytes.count * 2)
    for (index, byte) in bytes.enumerated() {
      if flags.space, index > 0 { field.append(UInt8(ascii: " ")) }
      if flags.sharp, index == 0 || flags.space { field += [UInt8(ascii: "0"), digits[16]] }
      field.append(digits[Int(byte >> 4)])
      field.append(digits[Int(byte & 0xF)])
    }
    pad(field)
  }
}

extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
  /// The first `count` characters.
  func prefix(characters count: Int) -> ArraySlice<UInt8> {
    guard self.count > count else { return self[...] }
    let bytes = Array(self)
    var index = 0
    for _ in 0..<count where index < bytes.count { index += Rune(in: bytes, at: index).width }
    return bytes[..<index]
  }
}

extension GoString {
  func prefix(characters count: Int) -> GoString {
    GoString(bytes: Array(bytes.prefix(characters: count)))
  }
}
