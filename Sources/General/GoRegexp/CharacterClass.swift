/// The code points accepted at one position of an expression.
struct CharacterClass: Sendable {
  /// A Unicode category as part of a class.
  struct CategoryItem: Sendable {
    let category: UnicodeCategory
    let isInverted: Bool
    let ignoresCase: Bool

    func contains(_ codePoint: UInt32) -> Bool {
      containsPlainly(codePoint) != isInverted
    }

    private func containsPlainly(_ codePoint: UInt32) -> Bool {
      let candidates = ignoresCase ? CaseOrbits.shared.orbit(of: codePoint) : [codePoint]
      return candidates.contains { Unicode.Scalar($0).map(category.contains) ?? false }
    }
  }

  private let ranges: CharacterRanges
  private let categories: [CategoryItem]
  private let isInverted: Bool
  /// One bit for every ASCII character in the class.
  private let ascii: UInt128

  init(_ ranges: CharacterRanges, categories: [CategoryItem] = [], isInverted: Bool = false) {
    self.ranges = ranges
    self.categories = categories
    self.isInverted = isInverted
    ascii = (0..<128 as Range<UInt32>).reduce(0) { bits, character in
      let isMember =
        ranges.contains(character) || categories.contains { $0.contains(character) }
      return isMember != isInverted ? bits | 1 << UInt128(character) : bits
    }
  }

  func contains(_ codePoint: UInt32) -> Bool {
    if codePoint < 128 { return ascii >> UInt128(codePoint) & 1 == 1 }
    let isMember =
      ranges.contains(codePoint) || categories.contains { $0.contains(codePoint) }
    return isMember != isInverted
  }
}
