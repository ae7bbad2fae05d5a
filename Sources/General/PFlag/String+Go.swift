extension String {
  /// The text without white space at either end.
  package func trimmingWhitespace() -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The string with every scalar in lower case, regardless of context.
  ///
  /// Go maps one rune to one rune: of a mapping to several scalars, only the first counts.
  func loweringEachScalar() -> String {
    var lowered = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      lowered.append(scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar)
    }
    return String(lowered)
  }
}
