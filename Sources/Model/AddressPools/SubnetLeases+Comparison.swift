package import Addressing

extension SubnetLeases {
  /// The addresses in use that are free in other leases of the same subnet.
  package func addresses(freeIn other: SubnetLeases) -> [IPAddress] {
    ordinals.ranges.flatMap { range in
      (range.lowerBound...range.upperBound).lazy.filter { !other.ordinals.contains($0) }.compactMap(
        address)
    }
  }

  /// The number of those, at most `UInt64.max`.
  package func count(freeIn other: SubnetLeases) -> UInt64 {
    ordinals.ranges.reduce(0) { count, range in
      let missing = UInt64(
        clamping: other.ordinals.countMissing(in: range.lowerBound...range.upperBound))
      return missing > .max - count ? .max : count + missing
    }
  }
}
