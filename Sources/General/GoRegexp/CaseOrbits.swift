/// Which code points differ only in case, by Unicode's simple case folding.
struct CaseOrbits: Sendable {
  static let shared = CaseOrbits()

  /// Every code point that has equivalents, with all of its orbit, itself included.
  private let orbits: [UInt32: [UInt32]]
  private let folding: [UInt32]

  private init() {
    var members: [UInt32: [UInt32]] = [:]
    for block in Self.blocksWithCase {
      for codePoint in block {
        guard let scalar = Unicode.Scalar(codePoint) else { continue }
        members[Self.representative(of: scalar).value, default: []].append(codePoint)
      }
    }
    var orbits: [UInt32: [UInt32]] = [:]
    for orbit in members.values where orbit.count > 1 {
      for codePoint in orbit { orbits[codePoint] = orbit }
    }
    self.orbits = orbits
    folding = orbits.keys.sorted()
  }

  /// The code point and those that differ from it only in case.
  func orbit(of codePoint: UInt32) -> [UInt32] { orbits[codePoint] ?? [codePoint] }

  /// All code points that differ only in case from one in the range.
  func equivalents(of range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    guard let first = folding.first, let last = folding.last,
      range.lowerBound > first || range.upperBound < last
    else { return [] }
    var low = 0
    var high = folding.count
    while low < high {
      let middle = (low + high) / 2
      if folding[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return folding[low...].prefix { $0 <= range.upperBound }
      .flatMap { orbit(of: $0) }.filter { !range.contains($0) }.map { $0...$0 }
  }

  /// One code point for each orbit: the lower case of the upper case.
  ///
  /// Mappings to several code points do not take part in simple folding, and the dotless i is
  /// equivalent to i only in Turkic languages.
  private static func representative(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard scalar != "\u{131}" else { return scalar }
    let upper = only(scalar.properties.uppercaseMapping) ?? scalar
    return only(upper.properties.lowercaseMapping) ?? upper
  }

  private static func only(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }

  private static let blocksWithCase: [ClosedRange<UInt32>] = [
    0x41...0x587, 0x10a0...0x10ff, 0x13a0...0x13ff, 0x1c80...0x1cbf, 0x1d79...0x1d8e,
    0x1e00...0x1fff, 0x2126...0x2188, 0x24b6...0x24e9, 0x2c00...0x2d2d, 0xa640...0xa7ff,
    0xab53...0xabbf, 0xff21...0xff5a, 0x10400...0x104fb, 0x10570...0x105bc, 0x10c80...0x10cf2,
    0x10d50...0x10d85, 0x118a0...0x118df, 0x16e40...0x16e7f, 0x16ea0...0x16ed3, 0x1e900...0x1e943,
  ]
}
