/// The order in which `ls` lists names: runs of digits compare as numbers and come before every
/// other character; everything else compares bytewise.
public enum NaturalOrder {
  /// Whether `left` comes before `right`.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    var (left, right) = (Substring(left).utf8, Substring(right).utf8)
    while let first = left.first, let second = right.first {
      switch (isDigit(first), isDigit(second)) {
      case (true, false): return true
      case (false, true): return false
      case (false, false):
        if first != second { return first < second }
        left.removeFirst()
        right.removeFirst()
      case (true, true):
        let (one, other) = (Number(&left), Number(&right))
        if one != other { return one < other }
      }
    }
    return left.isEmpty && !right.isEmpty
  }

  /// A run of digits: of equal numbers the one with fewer leading zeros comes first.
  private struct Number: Comparable {
    let digits: Substring.UTF8View
    let zeros: Int

    init(_ text: inout Substring.UTF8View) {
      let run = text.prefix(while: isDigit)
      digits = run.drop { $0 == UInt8(ascii: "0") }
      zeros = run.count - digits.count
      text = text.dropFirst(run.count)
    }

    static func == (left: Number, right: Number) -> Bool {
      left.zeros == right.zeros && left.digits.elementsEqual(right.digits)
    }

    static func < (left: Number, right: Number) -> Bool {
      let (leftCount, rightCount) = (left.digits.count, right.digits.count)
      if leftCount != rightCount { return leftCount < rightCount }
      if left.digits.elementsEqual(right.digits) { return left.zeros < right.zeros }
      return left.digits.lexicographicallyPrecedes(right.digits)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
