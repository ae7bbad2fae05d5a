/// A set of numbers, stored as ascending ranges separated by gaps.
struct OrdinalSet: Hashable, Sendable {
  /// A run of numbers. Unlike an array of `ClosedRange`, one of these needs no generic type at run
  /// time.
  struct Run: Hashable, Sendable {
    var lowerBound: UInt128
    var upperBound: UInt128

    func contains(_ ordinal: UInt128) -> Bool { lowerBound <= ordinal && ordinal <= upperBound }
  }

  private(set) var ranges: [Run] = []

  func contains(_ ordinal: UInt128) -> Bool {
    let index = firstIndex(endingAtOrAfter: ordinal)
    return index < ranges.count && ranges[index].contains(ordinal)
  }

  /// Inserts a number; false when it was already there.
  mutating func insert(_ ordinal: UInt128) -> Bool {
    let index = firstIndex(endingAtOrAfter: ordinal)
    if index < ranges.count, ranges[index].contains(ordinal) { return false }

    let extendsLower = index > 0 && ranges[index - 1].upperBound + 1 == ordinal
    let extendsUpper = index < ranges.count && ranges[index].lowerBound - 1 == ordinal
    switch (extendsLower, extendsUpper) {
    case (true, true):
      ranges[index - 1].upperBound = ranges[index].upperBound
      ranges.remove(at: index)
    case (true, false): ranges[index - 1].upperBound = ordinal
    case (false, true): ranges[index].lowerBound = ordinal
    case (false, false): ranges.insert(Run(lowerBound: ordinal, upperBound: ordinal), at: index)
    }
    return true
  }

  /// Removes a number; false when it was not there.
  mutating func remove(_ ordinal: UInt128) -> Bool {
    let index = firstIndex(endingAtOrAfter: ordinal)
    guard index < ranges.count, ranges[index].contains(ordinal) else { return false }

    let range = ranges[index]
    switch (range.lowerBound == ordinal, range.upperBound == ordinal) {
    case (true, true): ranges.remove(at: index)
    case (true, false): ranges[index].lowerBound = ordinal + 1
    case (false, true): ranges[index].upperBound = ordinal - 1
    case (false, false):
      ranges[index].upperBound = ordinal - 1
      ranges.insert(Run(lowerBound: ordinal + 1, upperBound: range.upperBound), at: index + 1)
    }
    return true
  }

  /// Appends a range after all others; returns false and changes nothing unless it lies there with
  /// a gap before it.
  mutating func append(_ range: ClosedRange<UInt128>) -> Bool {
    if let last = ranges.last {
      guard last.upperBound < range.lowerBound, range.lowerBound - last.upperBound > 1 else {
        return false
      }
    }
    ranges.append(Run(lowerBound: range.lowerBound, upperBound: range.upperBound))
    return true
  }

  /// The lowest number of `bounds` that is not in the set.
  func lowestMissing(in bounds: ClosedRange<UInt128>) -> UInt128? {
    let index = firstIndex(endingAtOrAfter: bounds.lowerBound)
    guard index < ranges.count, ranges[index].contains(bounds.lowerBound) else {
      return bounds.lowerBound
    }
    let end = ranges[index].upperBound
    return end < bounds.upperBound ? end + 1 : nil
  }

  /// The number of elements, at most `UInt128.max`.
  var count: UInt128 {
    ranges.reduce(0) { sum, range in
      let (length, lengthOverflows) = (range.upperBound - range.lowerBound)
        .addingReportingOverflow(1)
      let (total, totalOverflows) = sum.addingReportingOverflow(length)
      return lengthOverflows || totalOverflows ? .max : total
    }
  }

  /// The number of missing elements within `bounds`, at most `UInt128.max`.
  func countMissing(in bounds: ClosedRange<UInt128>) -> UInt128 {
    var missing: UInt128 = 0
    var start = bounds.lowerBound
    for range in ranges[firstIndex(endingAtOrAfter: start)...] {
      guard range.lowerBound <= bounds.upperBound else { break }
      if range.lowerBound > start { missing += range.lowerBound - start }
      guard range.upperBound < bounds.upperBound else { return missing }
      start = range.upperBound + 1
    }
    let (rest, overflows) = (bounds.upperBound - start).addingReportingOverflow(1)
    return overflows ? .max : missing + rest
  }

  private func firstIndex(endingAtOrAfter ordinal: UInt128) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < ordinal { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
