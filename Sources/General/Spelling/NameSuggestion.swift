/// Suggests the name that was probably meant.
package enum NameSuggestion {
  /// The name with the fewest typing errors; nil if none is close enough, or several are equally
  /// close.
  package static func of(_ typed: String, among names: [String]) -> String? {
    let nearest = nearest(to: typed, among: names)
    return nearest.count == 1 ? nearest.first : nil
  }

  /// The names with the fewest typing errors, as long as that is few enough.
  package static func nearest(to typed: String, among names: [String]) -> [String] {
    let typed = Array(typed.lowercased())
    let limit = typed.count < 2 ? 0 : typed.count < 5 ? 1 : 2
    let near = names.map {
      (name: $0, editDistance: editDistance(typed, Array($0.lowercased()), limit: limit))
    }
    .filter { $0.editDistance <= limit }
    let best = near.map(\.editDistance).min()
    return near.filter { $0.editDistance == best }.map(\.name)
  }

  /// The optimal string alignment distance: deletions, insertions, substitutions, and swaps of
  /// neighbours; not exact beyond `limit`.
  private static func editDistance(_ one: [Character], _ other: [Character], limit: Int) -> Int {
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
