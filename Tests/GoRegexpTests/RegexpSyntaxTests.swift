import GoRegexp
import Testing

/// Go refuses all rows too, but for the script and the expression that is only too large here.
struct RegexpSyntaxTests {
  @Test(
    arguments: [
      ("back-reference", #"(a)\1"#, .invalidEscape(#"\1"#)),
      ("unknown escape", #"\y"#, .invalidEscape(#"\y"#)),
      ("escaped letter beyond ASCII", #"\é"#, .invalidEscape(#"\é"#)),
      ("end of text before a newline", #"a\Z"#, .invalidEscape(#"\Z"#)),
      ("any byte", #"\C"#, .invalidEscape(#"\C"#)),
      ("end of no quotation", #"\E"#, .invalidEscape(#"\E"#)),
      ("decimal digit", #"\8"#, .invalidEscape(#"\8"#)),
      ("short hexadecimal", #"\x4"#, .invalidEscape(#"\x4"#)),
      ("empty hexadecimal", #"\x{}"#, .invalidEscape(#"\x{"#)),
      ("beyond Unicode", #"\x{110000}"#, .invalidEscape(#"\x{110000"#)),
      ("backslash at the end", #"a\"#, .trailingBackslash),
      ("backslash at the end of a class", #"[a\"#, .trailingBackslash),
      ("backward range", "[z-a]", .invalidClassRange("z-a")),
      ("class as end of a range", #"[a-\d]"#, .invalidEscape(#"\d"#)),
      ("unknown POSIX class", "[[:foo:]]", .invalidClassRange("[:foo:]")),
      ("unknown category", #"\pX"#, .invalidClassRange(#"\pX"#)),
      ("unclosed category", #"\p{Lu"#, .invalidClassRange(#"\p{Lu"#)),
      ("empty category", #"\p{}"#, .invalidClassRange(#"\p{}"#)),
      ("no category", #"\p"#, .invalidClassRange(#"\p"#)),
      ("script", #"\p{Greek}"#, .invalidClassRange(#"\p{Greek}"#)),
      ("open class", "x[a", .missingBracket("[a")),
      ("empty class", "[]", .missingBracket("[]")),
      ("range without end", "[a-", .missingBracket("[a-")),
      ("open group", "(a", .missingParenthesis),
      ("closed group", "a)", .unexpectedParenthesis),
      ("look-ahead", "(?=a)", .invalidGroup("(?=")),
      ("negative look-ahead", "(?!a)", .invalidGroup("(?!")),
      ("look-behind", "(?<=a)", .invalidGroupName("(?<=a)")),
      ("comment", "(?#a)", .invalidGroup("(?#")),
      ("atomic group", "(?>a)", .invalidGroup("(?>")),
      ("named back-reference", "(?P=a)", .invalidGroup("(?P")),
      ("question mark at the end", "(?", .invalidGroup("(?")),
      ("unclosed flags", "(?i", .invalidGroup("(?i")),
      ("no flags after the minus", "(?i-)", .invalidGroup("(?i-)")),
      ("two minuses", "(?i--s)", .invalidGroup("(?i--")),
      ("unknown flag", "(?x)a", .invalidGroup("(?x")),
      ("empty name", "(?P<>a)", .invalidGroupName("(?P<>a)")),
      ("name with a blank", "(?P<a b>c)", .invalidGroupName("(?P<a b>c)")),
      ("unclosed name", "(?P<a", .invalidGroupName("(?P<a")),
      ("star first", "*a", .missingRepeatArgument("*")),
      ("star in a group", "(*a)", .missingRepeatArgument("*")),
      ("plus in a branch", "a|+", .missingRepeatArgument("+")),
      ("count first", "{2}", .missingRepeatArgument("{2}")),
      ("star after flags", "(?i)*", .missingRepeatArgument("*")),
      ("double star", "a**", .invalidRepeatOperator("**")),
      ("possessive plus", "a++", .invalidRepeatOperator("++")),
      ("three question marks", "a???", .invalidRepeatOperator("???")),
      ("count after a count", "a{2}{3}", .invalidRepeatOperator("{2}{3}")),
      ("count too high", "a{1001}", .invalidRepeatSize("{1001}")),
      ("bound too high", "a{2,1001}", .invalidRepeatSize("{2,1001}")),
      ("huge count", "a{99999999999999999999}", .invalidRepeatSize("{99999999999999999999}")),
      ("backward bounds", "a{3,2}", .invalidRepeatSize("{3,2}")),
      ("counts multiply beyond 1000", "((a{100}){11})", .invalidRepeatSize("{11}")),
      ("deep nesting", String(repeating: "(", count: 5_000), .nestedTooDeeply),
      (
        "too many instructions", "(?:" + String(repeating: "a", count: 2_000) + "){1000}", .tooLarge
      ),
    ] as [(String, String, RegexpError)])
  func isRefused(_ name: String, _ pattern: String, _ expected: RegexpError) {
    #expect(throws: expected) { try Regexp(pattern) }
  }

  @Test(arguments: [
    "(?:a{20}){50}", "(?:a{1000})*", "(?:a{0}){1000}", "(?:(?:a{2,}){500})+", "a{1000}b{1000}",
    "(a{10}|b{100}){10}",
  ])
  func countsMultiplyUpTo1000(_ pattern: String) throws {
    #expect(throws: Never.self) { try Regexp(pattern) }
  }
}
