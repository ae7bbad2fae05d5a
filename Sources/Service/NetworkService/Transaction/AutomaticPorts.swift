/// Host ports to allocate from when the request names none.
enum AutomaticPorts {
  private static let defaultRange: ClosedRange<UInt16> = 32768...60999

  /// Parses ip_local_port_range (two numbers) and ip_local_reserved_ports (`a,b-c`).
  static func ranges(range: String, reserved: String) -> [ClosedRange<UInt16>] {
    let bounds = range.split { $0 == "\t" || $0 == " " }.compactMap { UInt16($0) }
    let whole = bounds.count == 2 && bounds[0] <= bounds[1] ? bounds[0]...bounds[1] : defaultRange
    var ranges: [ClosedRange<UInt16>] = []
    var next = UInt32(whole.lowerBound)
    // The kernel lists them in ascending order.
    for word in reserved.split(separator: ",") {
      let ends = word.split(separator: "-").compactMap { UInt32($0) }
      guard let first = ends.first, let last = ends.last, last >= next,
        first <= whole.upperBound
      else { continue }
      if first > next { ranges.append(UInt16(next)...UInt16(first - 1)) }
      next = last + 1
    }
    if next <= whole.upperBound { ranges.append(UInt16(next)...whole.upperBound) }
    return ranges
  }
}
