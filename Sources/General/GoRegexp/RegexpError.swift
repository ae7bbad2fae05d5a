/// Why a regular expression is rejected, with the offending part.
package enum RegexpError: Error, Hashable, Sendable {
  /// A backslash starts no known escape; back-references are not supported.
  case invalidEscape(String)
  /// The expression ends in a backslash.
  case trailingBackslash
  /// A range in brackets runs backwards, or a class has an unknown name.
  case invalidClassRange(String)
  /// A bracket is not closed.
  case missingBracket(String)
  /// A parenthesis is not closed.
  case missingParenthesis
  /// There is an unmatched closing parenthesis.
  case unexpectedParenthesis
  /// `(?` is followed by something unsupported, such as look-around.
  case invalidGroup(String)
  /// A group's name is empty or has characters other than letters, digits and underscores.
  case invalidGroupName(String)
  /// A repetition has nothing to repeat.
  case missingRepeatArgument(String)
  /// A repetition follows a repetition.
  case invalidRepeatOperator(String)
  /// A counted repetition exceeds 1000, alone or together with those around it, or runs backwards.
  case invalidRepeatSize(String)
  /// Groups are nested deeper than 1000 levels.
  case nestedTooDeeply
  /// The expression needs too many instructions.
  case tooLarge
}
