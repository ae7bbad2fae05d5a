/// A regular expression in the syntax of Go's regexp package (RE2).
///
/// Matching takes time proportional to the length of the text times that of the expression,
/// whatever both look like.
package struct Regexp: Sendable {
  private let program: Program

  /// Compiles an expression.
  ///
  /// Rejects what Go rejects, and also names of Unicode scripts (`\p{Greek}`) and expressions that
  /// need more than 100,000 instructions.
  package init(_ pattern: String) throws(RegexpError) {
    var parser = RegexpParser(pattern)
    program = try parser.parse()
  }

  /// Whether the expression matches any part of the text.
  package func matches(_ text: String) -> Bool {
    var matcher = Matcher(program)
    return matcher.matches(text)
  }
}
