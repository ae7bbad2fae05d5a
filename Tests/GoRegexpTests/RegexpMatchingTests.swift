import GoRegexp
import Testing

/// The rows hold the answers of Go's regexp package.
struct RegexpMatchingTests {
  @Test(
    arguments: [
      ("literal", "net1", ["net1", "anet1b"], ["net2", ""]),
      ("unanchored", "et", ["net", "etc"], ["te", ""]),
      ("anchors", "^net$", ["net"], ["net1", "anet", ""]),
      ("begin of text", #"\Anet"#, ["net1"], ["anet", ""]),
      ("end of text", #"net\z"#, ["net"], ["net1", ""]),
      ("class", "net[12]", ["net1", "net2"], ["net3", ""]),
      ("range", "^[b-d]+$", ["bcd"], ["bce", "a", ""]),
      ("negated class", "^[^a-c]$", ["d", "é"], ["a", ""]),
      ("negated class takes newlines", "^[^a]$", ["\n"], ["a", ""]),
      ("bracket first in a class", "[]x]", ["]", "x"], ["y", ""]),
      ("hyphen at the end", "^[a-]+$", ["a-a"], ["b", ""]),
      ("POSIX class", "^[[:alpha:]_]+$", ["aZ_"], ["a1", ""]),
      ("inverted POSIX class", "^[[:^digit:]]$", ["a"], ["1", ""]),
      ("unfinished POSIX class", "^[[:a]+$", ["[:"], ["b", ""]),
      ("Perl classes", #"^\d\w\s\D\W\S$"#, ["1a b-x"], ["1a 1-x", ""]),
      ("Perl class in brackets", #"^[\d\-]+$"#, ["1-2"], ["a", ""]),
      ("inverted Perl class in brackets", #"^[\D]$"#, ["a"], ["1", ""]),
      ("Perl classes are ASCII", #"\d"#, ["3"], ["٣", ""]),
      ("category", #"^\p{Lu}\pL$"#, ["Aé"], ["aé", "1a", ""]),
      ("inverted category", #"^\PL+$"#, ["12"], ["1a", ""]),
      ("caret category", #"^\p{^Lu}$"#, ["a"], ["A", ""]),
      ("category in brackets", #"^[\pN_]+$"#, ["1_٣"], ["a", ""]),
      ("any", #"^\p{Any}$"#, ["😀"], ["aa", ""]),
      ("dot", "^a.c$", ["abc", "a😀c"], ["ac", "a\nc", ""]),
      ("dot with s", "(?s)^a.c$", ["abc", "a\nc"], [""]),
      ("multi-line", "(?m)^b$", ["a\nb\nc"], ["ab", ""]),
      ("single line", "^b$", ["b"], ["a\nb", ""]),
      ("ignoring case", "(?i)Net", ["nET", "nEt1"], ["nat", ""]),
      ("case of one group", "(?i:a)b", ["Ab"], ["AB", ""]),
      ("flags end with their group", "(a(?i)b)c", ["aBc", "abc"], ["aBC", ""]),
      ("flags off", "(?i)a(?-i)b", ["Ab"], ["AB", ""]),
      ("case of a class", "^(?i)[a-c]$", ["B"], ["D", ""]),
      ("case of a negated class", "^(?i)[^k]$", ["a"], ["K", "k", "K", ""]),
      ("Kelvin sign and long s", "^(?i)ks$", ["Kſ", "KS"], [""]),
      ("sigmas", "^(?i)σ+$", ["Σςσ"], ["s", ""]),
      ("sharp s", "^(?i)ß$", ["ẞ", "ß"], ["ss", ""]),
      ("dotless i", "^(?i)i$", ["I"], ["ı", "İ", ""]),
      (#"letters of \w without case"#, #"^(?i)\w$"#, ["ſ", "K"], ["é", ""]),
      ("case of a category", #"^(?i)\p{Lu}$"#, ["a", "A"], ["1", ""]),
      ("star", "^ab*$", ["a", "abbb"], ["ac", ""]),
      ("plus", "^ab+$", ["abbb"], ["a", ""]),
      ("question mark", "^ab?$", ["a", "ab"], ["abb", ""]),
      ("non-greedy", "^a+?b*?$", ["aab"], ["b", ""]),
      ("ungreedy", "(?U)^a+$", ["aa"], ["b", ""]),
      ("exact count", "^a{3}$", ["aaa"], ["aa", "aaaa", ""]),
      ("bounded count", "^a{1,2}$", ["a", "aa"], ["aaa", ""]),
      ("open count", "^a{2,}$", ["aa", "aaaa"], ["a", ""]),
      ("count of zero", "^a{0}$", [""], ["a", "b"]),
      ("brace is literal", "^a{,2}$", ["a{,2}"], ["aa", ""]),
      ("leading zero is literal", "^a{01}$", ["a{01}"], ["a", ""]),
      ("lone braces", "^}{x$", ["}{x"], ["x", ""]),
      ("alternation", "^(a|bc|)$", ["a", "bc", ""], ["b"]),
      ("empty branch", "^(|a)+$", ["aaa", ""], ["b"]),
      ("non-capturing group", "^(?:ab)+$", ["abab"], ["aba", ""]),
      ("named group", "^(?P<x>a)$", ["a"], ["b", ""]),
      ("named group without P", "^(?<x>a)$", ["a"], ["b", ""]),
      ("empty flags", "(?)a", ["a"], ["b", ""]),
      ("word boundary", #"\bnet\b"#, ["net 1", "a-net-b"], ["net1", ""]),
      ("no word boundary", #"\Bet\b"#, ["net"], ["et", ""]),
      ("word boundary is ASCII", #"\bé"#, ["aé"], ["é", ""]),
      ("quotation", #"^\Qa.b*\E+$"#, ["a.b*", "a.b**"], ["axb", ""]),
      ("open quotation", #"\Q[("#, ["[("], ["x", ""]),
      ("hexadecimal", #"^\x41\x{1f600}$"#, ["A😀"], ["A", ""]),
      ("octal", #"^\101\07?$"#, ["A"], ["B", ""]),
      ("nul", #"^\0?$"#, [""], ["a"]),
      ("control escapes", #"^\a?\f?\n\r?\t?\v?$"#, ["\n"], ["a", ""]),
      ("punctuation", #"^\.\*\_\-\/$"#, [".*_-/"], ["a", ""]),
      ("code point beyond ASCII", "^é漢$", ["é漢"], ["e漢", ""]),
      ("repeated assertion", "^*a", ["a", "ba"], [""]),
      ("starred empty loops", "^(?:(?:a*)*|b)*$", ["aabab", ""], ["abc"]),
      ("adjacent repeats in groups", "^(?:a*)*$", ["aaa", ""], ["b"]),
      ("after flags", "^a(?i)*$", ["aaa", ""], ["b"]),
    ] as [(String, String, [String], [String])])
  func matchesAsGo(
    _ name: String, _ pattern: String, _ matching: [String], _ others: [String]
  ) throws {
    let regexp = try Regexp(pattern)

    for text in matching { #expect(regexp.matches(text), "\(text) should match") }
    for text in others { #expect(!regexp.matches(text), "\(text) should not match") }
  }

  @Test func emptyExpressionMatchesEverything() throws {
    let regexp = try Regexp("")

    #expect(regexp.matches(""))
    #expect(regexp.matches("net1"))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      Row("nested stars", "(a*)*b", many("a", 20_000), false),
      Row("optional copies", "(?:a?){500}a{500}", many("a", 500), true),
      Row("deep groups", many("(", 900) + "a" + many(")", 900), "a", true),
      Row("many branches", many("x|", 5_000) + "x", "aaa", false),
      Row("unclosed names", many("[[:", 20_000) + "a]", "[:", true),
      Row("long text", "(?:a|b|c){100}$", many("abc", 3_000), true),
    ])
  func hostileExpressionsTakeLinearTime(_ row: Row) throws {
    let isMatch = try Regexp(row.pattern).matches(row.text)

    #expect(isMatch == row.isMatch)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let pattern: String
    let text: String
    let isMatch: Bool

    init(_ testDescription: String, _ pattern: String, _ text: String, _ isMatch: Bool) {
      self.testDescription = testDescription
      self.pattern = pattern
      self.text = text
      self.isMatch = isMatch
    }
  }
}

private func many(_ unit: String, _ count: Int) -> String {
  String(repeating: unit, count: count)
}
