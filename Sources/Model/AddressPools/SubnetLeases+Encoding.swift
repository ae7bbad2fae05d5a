package import Addressing

extension SubnetLeases {
  /// The addresses in use as offsets from the first of the subnet, as `0-1,5,255`.
  package var encodedRanges: String {
    ordinals.ranges.map { range in
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }.joined(separator: ",")
  }

  /// Parses `encodedRanges`; reserved addresses missing there are in use again.
  package init(
    subnet: IPPrefix, range: IPPrefix?, encodedRanges: String
  ) throws(LeaseDecodingError) {
    guard let chosen = Self.automaticRange(range, of: subnet) else { throw .rangeOutsideSubnet }
    let last = SubnetLeases(subnet: subnet).lastOrdinal
    var ordinals = OrdinalSet()
    let parts =
      encodedRanges.isEmpty
      ? [] : encodedRanges.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      guard let bounds = ordinalRange(part) else { throw .malformed(String(part)) }
      guard bounds.upperBound <= last else { throw .outsideSubnet(String(part)) }
      guard ordinals.append(bounds) else { throw .outOfOrder(String(part)) }
    }
    self.init(subnet: subnet.masked, range: chosen, ordinals: ordinals)
  }
}

/// Parses `5` or `0-1`; a range of one number is malformed.
private func ordinalRange(_ text: Substring) -> ClosedRange<UInt128>? {
  let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
  guard let lower = ordinal(bounds[0]) else { return nil }
  guard bounds.count == 2 else { return lower...lower }
  guard let upper = ordinal(bounds[1]), lower < upper else { return nil }
  return lower...upper
}

/// Parses a number without sign and leading zeros.
private func ordinal(_ text: Substring) -> UInt128? {
  guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
    text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0")
  else { return nil }
  return UInt128(text)
}
