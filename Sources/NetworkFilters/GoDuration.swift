/// Durations as Go's time.ParseDuration reads them: `24h`, `1h30m`, `-1.5s`.
enum GoDuration {
  static func nanoseconds(_ text: String) -> Int64? {
    var rest = Substring(text).utf8
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    if rest.elementsEqual("0".utf8) { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = component(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    return isNegative ? -total : total
  }

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000),
    ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  private static func component(_ rest: inout Substring.UTF8View) -> Int64? {
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.prefix(while: isDigit)
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
    guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
    rest = rest.dropFirst(name.count)
    guard let number = whole.isEmpty ? 0 : Int64(String(Substring(whole))) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
    if overflow { return nil }
    var scale = Double(unit.nanoseconds)
    var part = 0.0
    for digit in fraction.prefix(18) {
      scale /= 10
      part += Double(digit - 0x30) * scale
    }
    let (sum, sumOverflow) = product.addingReportingOverflow(Int64(part))
    return sumOverflow ? nil : sum
  }
}
