/// Instructions of a part of an expression; being relative they can be moved and repeated.
typealias Fragment = [Instruction]

/// A repetition; which of several matches is preferred does not matter.
enum Repetition {
  case zeroOrMore
  case oneOrMore
  case zeroOrOne
  case counted(minimum: Int, maximum: Int?)

  var bounds: (minimum: Int, maximum: Int?) {
    switch self {
    case .zeroOrMore: (0, nil)
    case .oneOrMore: (1, nil)
    case .zeroOrOne: (0, 1)
    case .counted(let minimum, let maximum): (minimum, maximum)
    }
  }
}

extension Array where Element == Instruction {
  /// The number of instructions that `repeated(_:)` returns.
  func countRepeated(_ repetition: Repetition) -> Int {
    let (minimum, maximum) = repetition.bounds
    guard !isEmpty else { return 0 }
    guard let maximum else {
      return Swift.max(minimum, 1) * count + (minimum == 0 ? 2 : 1)
    }
    return minimum * count + (maximum - minimum) * (count + 1)
  }

  /// The fragment as often as the repetition allows.
  func repeated(_ repetition: Repetition) -> Fragment {
    let (minimum, maximum) = repetition.bounds
    guard !isEmpty else { return [] }
    var result: Fragment = []
    result.reserveCapacity(countRepeated(repetition))

    for _ in 0..<minimum { result += self }
    if let maximum {
      for remaining in stride(from: maximum - minimum, to: 0, by: -1) {
        result.append(.split(1, Int32(remaining * (count + 1))))
        result += self
      }
    } else if minimum > 0 {
      result.append(.split(Int32(-count), 1))
    } else {
      result.append(.split(1, Int32(count + 2)))
      result += self
      result.append(.jump(Int32(-count - 1)))
    }
    return result
  }

  /// A fragment that matches what any of the branches matches.
  static func alternation(of branches: [Fragment]) -> Fragment {
    guard branches.count > 1 else { return branches.first ?? [] }
    let end = branches.reduce(0) { $0 + $1.count } + 2 * (branches.count - 1)
    var result: Fragment = []
    result.reserveCapacity(end)
    for branch in branches.dropLast() {
      result.append(.split(1, Int32(branch.count + 2)))
      result += branch
      result.append(.jump(Int32(end - result.count)))
    }
    return result + (branches.last ?? [])
  }
}
