/// Code points as ascending ranges with a gap between any two of them.
struct CharacterRanges: Sendable {
  static let highestCodePoint: UInt32 = 0x10ffff

  let ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// Takes `a-z` as a pair of ASCII characters, so `"az09"` is `[a-z0-9]`.
  init(pairs: StaticString) {
    let bytes = Array(pairs.description.utf8).map(UInt32.init)
    self.init(
      stride(from: 0, to: bytes.count - 1, by: 2).map { bytes[$0]...bytes[$0 + 1] })
  }

  func contains(_ codePoint: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < codePoint { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= codePoint
  }

  /// All other code points.
  var inverted: CharacterRanges {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if next < range.lowerBound { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.highestCodePoint { result.append(next...Self.highestCodePoint) }
    return CharacterRanges(result)
  }

  /// The same with every code point that differs only in case.
  var ignoringCase: CharacterRanges {
    CharacterRanges(ranges + ranges.flatMap(CaseOrbits.shared.equivalents(of:)))
  }
}
