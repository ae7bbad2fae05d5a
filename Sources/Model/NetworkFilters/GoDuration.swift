/// Durations as parsed by Go's time.ParseDuration: `24h`, `1h30m`, `-1.5s`.
enum GoDuration {
  /// The nanoseconds; nil for a string that is not a duration or exceeds 292 years.
  static func nanoseconds(_ text: String) -> Int64? {
    var rest = Substring(text).utf8
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual("0".utf8) { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = component(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow || sum > limit { return nil }
      total = sum
    }
    if isNegative { return Int64(truncatingIfNeeded: 0 &- total) }
    return Int64(exactly: total)
  }

  // The limit for negative durations; positive ones end a nanosecond earlier.
  private static let limit: UInt64 = 1 << 63

  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000),
    ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  private static func component(_ rest: inout Substring.UTF8View) -> UInt64? {
    let whole = digits(&rest)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = digits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
    guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
    rest = rest.dropFirst(name.count)
    guard let number = whole.isEmpty ? 0 : UInt64(String(Substring(whole))) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
    if overflow || product > limit { return nil }
    let sum = product + self.fraction(fraction, of: unit.nanoseconds)
    return sum > limit ? nil : sum
  }

  // Digits beyond 63 bits are ignored.
  private static func fraction(_ digits: Substring.UTF8View, of unit: UInt64) -> UInt64 {
    var (number, scale): (UInt64, Double) = (0, 1)
    for digit in digits {
      guard number <= (limit - 1) / 10 else { break }
      number = number * 10 + UInt64(digit - 0x30)
      scale *= 10
    }
    return UInt64(Double(number) * (Double(unit) / scale))
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    return digits
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte)
  }
}
