/// The name that was probably meant.
enum NearName {
  /// The one of the names that takes the fewest slips of the keyboard; nil when none is near, or when
  /// several are equally near.
  static func of(_ typed: String, among names: [String]) -> String? {
    let typed = Array(typed.lowercased())
    let limit = typed.count < 2 ? 0 : typed.count < 5 ? 1 : 2
    let near = names.map { (name: $0, slips: slips(typed, Array($0.lowercased()), limit: limit)) }
      .filter { $0.slips <= limit }
    guard let best = near.map(\.slips).min() else { return nil }
    let nearest = near.filter { $0.slips == best }
    return nearest.count == 1 ? nearest.first?.name : nil
  }

  /// How many characters were left out, put in, replaced or swapped with their neighbour (the optimal
  /// string alignment distance); more than `limit` is all the same.
  private static func slips(_ one: [Character], _ other: [Character], limit: Int) -> Int {
    guard abs(one.count - other.count) <= limit else { return limit + 1 }
    var earlier: [Int] = []
    var last = Array(0...other.count)
    for (row, character) in one.enumerated() {
      var next = [row + 1]
      for (column, counterpart) in other.enumerated() {
        var best = min(
          last[column] + (character == counterpart ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, character == other[column - 1], one[row - 1] == counterpart {
          best = min(best, earlier[column - 1] + 1)
        }
        next.append(best)
      }
      (earlier, last) = (last, next)
    }
    return last[other.count]
  }
}
