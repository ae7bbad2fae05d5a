extension IPAddress: CustomStringConvertible {
  /// Parses an address as Go's `netip.ParseAddr` does; nil when it is malformed or has a zone.
  public init?(_ text: String) {
    guard let address = try? IPAddress(parsing: text) else { return nil }
    self = address
  }

  /// Parses an address as Go's `netip.ParseAddr` does, and reports what is wrong with a malformed
  /// one.
  public init(parsing text: String) throws(IPAddressError) {
    var parser = IPAddressParser(text)
    self = try parser.parse()
  }

  /// The canonical form of RFC 5952; an IPv4-mapped address ends in dotted decimal.
  public var description: String {
    switch family {
    case .ipv4: dottedDecimal
    case .ipv6 where isIPv4Mapped: "::ffff:" + dottedDecimal
    case .ipv6: colonHexadecimal
    }
  }

  /// The low 32 bits as `1.2.3.4`.
  private var dottedDecimal: String {
    let low = UInt32(truncatingIfNeeded: value)
    return "\(low >> 24).\(low >> 16 & 0xff).\(low >> 8 & 0xff).\(low & 0xff)"
  }

  private var colonHexadecimal: String {
    let omitted = longestZeroRun
    var text = ""
    var index = 0
    while index < 8 {
      if index == omitted.lowerBound, !omitted.isEmpty {
        text += "::"
        index = omitted.upperBound
        continue
      }
      if index > 0, index != omitted.upperBound || omitted.isEmpty { text += ":" }
      text += String(group(index), radix: 16)
      index += 1
    }
    return text
  }

  /// The first of the longest runs of at least two zero groups, empty when there is none.
  private var longestZeroRun: Range<Int> {
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, group(end) == 0 { end += 1 }
      if end - start >= 2, end - start > longest.count { longest = start..<end }
      start = end + 1
    }
    return longest
  }

  /// The 16-bit group at `index`, counted from the left.
  private func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: value >> UInt128((7 - index) * 16))
  }
}
