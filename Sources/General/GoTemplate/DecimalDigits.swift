/// A non-negative number as decimal digits: 0.d₀d₁d₂… × 10^point, without trailing zeros.
struct DecimalDigits {
  private(set) var digits: [UInt8]
  private(set) var point: Int

  /// The digit at a position as a character; beyond the ends there are zeros.
  func digit(_ index: Int) -> UInt8 {
    UInt8(ascii: "0") + (digits.indices.contains(index) ? digits[index] : 0)
  }

  /// Rounded to this many digits; with nil, the shortest that represent the number.
  init(_ number: Double, significant: Int?) {
    guard let significant else {
      self.init(shortest: number)
      return
    }
    self.init(exact: number)
    round(to: significant)
  }

  /// Rounded to this many digits after the point; with nil, the shortest that represent the number.
  init(_ number: Double, fractional: Int?) {
    guard let fractional else {
      self.init(shortest: number)
      return
    }
    self.init(exact: number)
    round(to: point + fractional)
  }

  private init(shortest number: Double) {
    digits = []
    point = 0
    var exponent = 0
    var hasPoint = false
    let text = Array(number.description.utf8)
    let mantissaEnd = text.firstIndex(of: UInt8(ascii: "e")) ?? text.count
    if mantissaEnd < text.count {
      exponent = Int(String(decoding: text[(mantissaEnd + 1)...], as: UTF8.self)) ?? 0
    }
    for byte in text[..<mantissaEnd] {
      guard Lexer.isDigit(byte) else {
        hasPoint = true
        continue
      }
      digits.append(byte - UInt8(ascii: "0"))
      if !hasPoint { point += 1 }
    }
    point += exponent
    normalize()
  }

  private init(exact number: Double) {
    let (mantissa, exponent) = number.integerParts
    var integer = WideInteger(mantissa)
    if exponent >= 0 {
      integer.multiply(by: 2, times: exponent)
      digits = integer.decimalDigits
      point = digits.count
    } else {
      // m / 2^k = m × 5^k / 10^k
      integer.multiply(by: 5, times: -exponent)
      digits = integer.decimalDigits
      point = digits.count + exponent
    }
    normalize()
  }

  private mutating func normalize() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// Rounds half to even.
  private mutating func round(to count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      return
    }
    let isMiddle = digits[count] == 5 && count + 1 == digits.count
    let roundsUp = isMiddle ? count > 0 && digits[count - 1] % 2 == 1 : digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if digits.isEmpty {
        digits = [1]
        point += 1
      } else {
        digits[digits.count - 1] += 1
      }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }
}

/// An integer of any size, in limbs of nine decimal digits, the lowest first.
private struct WideInteger {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % WideInteger.base)
      rest /= WideInteger.base
    }
  }

  mutating func multiply(by factor: UInt64, times: Int) {
    var remaining = times
    while remaining > 0 {
      let step = min(remaining, 12)
      multiply(by: (0..<step).reduce(1) { product, _ in product * factor })
      remaining -= step
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % WideInteger.base
      carry = product / WideInteger.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  var decimalDigits: [UInt8] {
    var reversed: [UInt8] = []
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        reversed.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while reversed.last == 0 { reversed.removeLast() }
    return reversed.reversed()
  }
}
