/// The sort order of `ls`: runs of digits compare as numbers and precede all other characters;
/// everything else compares bytewise.
package enum NaturalOrder {
  /// Whether `left` comes before `right`.
  package static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8.span, right.utf8.span)
    var (one, other) = (0, 0)
    while one < left.count, other < right.count {
      switch (isDigit(left[one]), isDigit(right[other])) {
      case (true, false): return true
      case (false, true): return false
      case (false, false):
        if left[one] != right[other] { return left[one] < right[other] }
        one += 1
        other += 1
      case (true, true):
        let (first, second) = (Number(left, from: one), Number(right, from: other))
        if let isLess = first.isLess(than: second, left, right) { return isLess }
        (one, other) = (first.end, second.end)
      }
    }
    return left.count - one < right.count - other
  }

  /// A run of digits.
  private struct Number {
    let start: Int
    let end: Int
    let zeros: Int

    init(_ text: Span<UInt8>, from start: Int) {
      var end = start
      while end < text.count, text[end] == UInt8(ascii: "0") { end += 1 }
      zeros = end - start
      self.start = end
      while end < text.count, isDigit(text[end]) { end += 1 }
      self.end = end
    }

    /// Nil for identical digits; of equal numbers, the one with fewer leading zeros is less.
    func isLess(
      than other: Number, _ text: Span<UInt8>, _ otherText: Span<UInt8>
    ) -> Bool? {
      if end - start != other.end - other.start { return end - start < other.end - other.start }
      for offset in 0..<(end - start) {
        let (digit, otherDigit) = (text[start + offset], otherText[other.start + offset])
        if digit != otherDigit { return digit < otherDigit }
      }
      return zeros == other.zeros ? nil : zeros < other.zeros
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
