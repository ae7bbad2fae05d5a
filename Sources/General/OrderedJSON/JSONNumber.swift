/// A number with its JSON spelling, so that nothing is lost between reading and writing.
package struct JSONNumber: Sendable {
  /// Integers are stored as such; `-0`, fractions, exponents and longer integers as text.
  private enum Storage: Hashable, Sendable {
    case natural(UInt64)
    case negative(Int64)
    case text(String)
  }

  private let storage: Storage

  /// Makes an integer of any width.
  package init(_ value: some BinaryInteger) {
    if let natural = UInt64(exactly: value) {
      storage = .natural(natural)
    } else if let negative = Int64(exactly: value) {
      storage = .negative(negative)
    } else {
      storage = .text(String(value))
    }
  }

  /// Creates a number spelled like Go's encoding/json; nil for infinities and NaN.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    self.init(verified: goSpelling(of: value))
  }

  /// Takes a spelling that the parser has verified.
  init(verified text: String) {
    if !text.hasPrefix("-"), let natural = UInt64(text) {
      storage = .natural(natural)
    } else if let negative = Int64(text), negative < 0 {
      storage = .negative(negative)
    } else {
      storage = .text(text)
    }
  }

  init(natural: UInt64) { storage = .natural(natural) }

  /// The number if it is spelled as an integer, without fraction and exponent, and fits.
  package func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self) -> Integer?
  {
    switch storage {
    case .natural(let natural): Integer(exactly: natural)
    case .negative(let negative): Integer(exactly: negative)
    case .text(let text): Integer(text)
    }
  }
}

extension JSONNumber: Hashable {}

extension JSONNumber: CustomStringConvertible {
  /// The number as JSON spells it.
  package var description: String {
    switch storage {
    case .natural(let natural): String(natural)
    case .negative(let negative): String(negative)
    case .text(let text): text
    }
  }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  /// Makes an integer.
  package init(integerLiteral value: Int) { self.init(value) }
}

/// The shortest digits that round-trip: positional between 1e-6 and 1e21, otherwise scientific.
private func goSpelling(of value: Double) -> String {
  if value == 0 { return value.sign == .minus ? "-0" : "0" }

  let shortest = "\(value.magnitude)".split(separator: "e")
  let mantissa = shortest[0].split(separator: ".")
  let fraction = mantissa.count == 2 && mantissa[1] != "0" ? String(mantissa[1]) : ""
  var digits = String(mantissa[0]) + fraction
  var point = mantissa[0].count + (shortest.count == 2 ? Int(shortest[1]) ?? 0 : 0)
  while digits.first == "0" {
    digits.removeFirst()
    point -= 1
  }
  while digits.last == "0" { digits.removeLast() }

  let sign = value < 0 ? "-" : ""
  if value.magnitude < 1e-6 || value.magnitude >= 1e21 {
    let rest = digits.count > 1 ? "." + digits.dropFirst() : ""
    let exponent = point - 1
    return sign + digits.prefix(1) + rest + "e" + (exponent < 0 ? "-" : "+")
      + String(exponent.magnitude)
  }
  if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
  if point >= digits.count {
    return sign + digits + String(repeating: "0", count: point - digits.count)
  }
  return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}
