import Testing

@testable import Presentation

struct TabularTextTests {
  /// What the live engine made of these formats behind `table`.
  @Test(
    arguments: [
      ("a\tb", "a         b"),
      ("a\t", "a         "),
      ("\ta", "          a"),
      ("\t\ta", "                    a"),
      ("a\t\tb", "a                   b"),
      ("a\tb\nccc\td", "a         b\nccc       d"),
      ("aaaaaaaaaaaa\tb\nc\td", "aaaaaaaaaaaa   b\nc              d"),
      ("aaaaaaaa\tb", "aaaaaaaa   b"),
      ("a\tb\n\nlonglonglonglong\td", "a         b\n\nlonglonglonglong   d"),
      ("a\tb\tc\nd\ne\tf\tg", "a         b         c\nd\ne         f         g"),
      (
        "a\tbbbbbbbbbbbbbbbbbb\tc\nd\te\nf\tgg\th",
        "a         bbbbbbbbbbbbbbbbbb   c\nd         e\nf         gg        h"
      ),
      ("x\nlonglonglong\ty", "x\nlonglonglong   y"),
      ("a\tb\nc", "a         b\nc"),
      ("a\tb\nc\n", "a         b\nc\n"),
      ("日本語日本語\tb\nc\td", "日本語日本語   b\nc              d"),
      ("é\tb", "é         b"),
      (
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}\tb",
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}   b"
      ),
      ("👍👍👍👍👍👍\tb", "👍👍👍👍👍👍   b"),
      (
        "👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦\tb",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦   b"
      ),
      ("🇩🇪🇫🇷🇩🇪🇫🇷\tb", "🇩🇪🇫🇷🇩🇪🇫🇷   b"),
      ("한국어한국어\tb", "한국어한국어   b"),
      ("ｱｲｳｴｵｶｷｸｹ\tb", "ｱｲｳｴｵｶｷｸｹ   b"),
      (
        "\tx\tyy\n\txxxxxxxxxxxxxxxx\tz",
        "          x                  yy\n          xxxxxxxxxxxxxxxx   z"
      ),
      (
        "a\tb\tc\td\naaaaaaaaaaaaaa\t\t\td",
        "a                b         c         d\naaaaaaaaaaaaaa                       d"
      ),
      ("a\t \tb", "a                   b"),
      ("\u{200b}\u{200b}\u{200b}ab\tc", "\u{200b}\u{200b}\u{200b}ab        c"),
      (
        "a\tb\nlonglonglonglong\tc\td\ne\tf",
        "a                  b\nlonglonglonglong   c         d\ne                  f"
      ),
    ])
  func cellsAreAligned(_ text: String, table: String) {
    let aligned = TabularText.aligned(Array(text.utf8))

    #expect(String(decoding: aligned, as: UTF8.self) == table)
  }

  @Test func emptyTextStaysEmpty() {
    #expect(TabularText.aligned([]).isEmpty)
  }

  @Test func bytesThatAreNoTextStay() {
    let aligned = TabularText.aligned([0xff, 0x09, 0x61])

    #expect(aligned.first == 0xff)
    #expect(aligned.last == 0x61)
    #expect(aligned.count == 11)
  }

  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("\u{7f}\u{1b}", 0), ("👍🏽", 2),
      ("👨\u{200d}👩\u{200d}👧", 2), ("🇩🇪", 2), ("ｱ", 1), ("Ａ", 2), ("\u{200b}", 0),
    ])
  func cellsOfTheTerminalAreCounted(_ text: String, width: Int) {
    #expect(TerminalWidth.of(text) == width)
  }
}
