import OrderedJSON
import Testing

struct JSONParsingTests {
  @Test(
    arguments: [
      ("null", .null), (" true ", true), ("\t\r\nfalse\n", false), ("0", 0), ("-1", -1), ("[]", []),
      ("{}", [:]), ("[ ]", []), ("{ }", [:]), ("[1 , 2]", [1, 2]),
      (#"{"b":1,"a":[{"c":"d"}]}"#, ["b": 1, "a": [["c": "d"]]]),
      (#"{ "a" : null , "" : { } }"#, ["a": .null, "": [:]]),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
      (#""\u0041\u00e9\u6f22\uD83D\ude00\u0000""#, "Aé漢😀\0"),
      (#""x\u0041y""#, "xAy"), ("\"é漢😀\u{7f}\"", "é漢😀\u{7f}"),
      (#""e\u0301""#, "e\u{301}"),
    ] as [(String, JSONValue)])
  func readsDocuments(_ text: String, _ expected: JSONValue) throws {
    let value = try JSONValue(parsing: text)

    #expect(value == expected)
    #expect(value.text() == expected.text())
  }

  @Test(arguments: [
    "0", "-0", "12", "-12", "0.5", "-0.50", "1e3", "1E+3", "1.0e-03", "18446744073709551615",
    "18446744073709551616", "-9223372036854775808", "-9223372036854775809",
    "9999999999999999999", "10000000000000000000", "3.14159265358979323846264338327950288",
  ])
  func numbersKeepTheirText(_ text: String) throws {
    #expect(try JSONValue(parsing: text).text() == text)
    #expect(try JSONValue(parsing: "[\(text) ]").text() == "[\(text)]")
  }

  @Test func integersAreExact() throws {
    let most = try #require(try JSONValue(parsing: "18446744073709551615").number)
    let least = try #require(try JSONValue(parsing: "-9223372036854775808").number)

    #expect(most.integer(as: UInt64.self) == .max)
    #expect(most.integer(as: Int64.self) == nil)
    #expect(least.integer(as: Int64.self) == .min)
    #expect(least.integer(as: Int.self) == .min)
    #expect(try JSONValue(parsing: "256").number?.integer(as: UInt8.self) == nil)
    #expect(try JSONValue(parsing: "1e2").number?.integer(as: Int.self) == nil)
    #expect(try JSONValue(parsing: "1e2").number?.description == "1e2")
  }

  @Test(
    arguments: [
      ("", .unexpectedEnd(offset: 0)), ("  ", .unexpectedEnd(offset: 2)),
      ("[", .unexpectedEnd(offset: 1)), ("[1", .unexpectedEnd(offset: 2)),
      ("[1,", .unexpectedEnd(offset: 3)), ("{\"a\"", .unexpectedEnd(offset: 4)),
      ("{\"a\":", .unexpectedEnd(offset: 5)), ("\"abc", .unexpectedEnd(offset: 4)),
      ("\"abc\\", .unexpectedEnd(offset: 5)), ("\"\\u12", .unexpectedEnd(offset: 5)),
      ("tru", .unexpectedEnd(offset: 3)), ("-", .unexpectedEnd(offset: 1)),
      ("1.", .unexpectedEnd(offset: 2)), ("1e", .unexpectedEnd(offset: 2)),
      ("1e+", .unexpectedEnd(offset: 3)),
      ("trUe", .unexpectedByte(0x55, offset: 2)), ("[1,]", .unexpectedByte(0x5d, offset: 3)),
      ("[,1]", .unexpectedByte(0x2c, offset: 1)), ("[1 2]", .unexpectedByte(0x32, offset: 3)),
      ("[1}", .unexpectedByte(0x7d, offset: 2)), ("{\"a\":1]", .unexpectedByte(0x5d, offset: 6)),
      ("{\"a\":1,}", .unexpectedByte(0x7d, offset: 7)), ("{a:1}", .unexpectedByte(0x61, offset: 1)),
      ("{\"a\" 1}", .unexpectedByte(0x31, offset: 5)), ("{1:1}", .unexpectedByte(0x31, offset: 1)),
      ("'a'", .unexpectedByte(0x27, offset: 0)), ("+1", .unexpectedByte(0x2b, offset: 0)),
      (".5", .unexpectedByte(0x2e, offset: 0)), ("NaN", .unexpectedByte(0x4e, offset: 0)),
      ("\u{feff}1", .unexpectedByte(0xef, offset: 0)), ("/**/1", .unexpectedByte(0x2f, offset: 0)),
      ("\u{a0}1", .unexpectedByte(0xc2, offset: 0)), ("\u{b}1", .unexpectedByte(0x0b, offset: 0)),
      ("01", .malformedNumber(offset: 0)), ("-01", .malformedNumber(offset: 1)),
      ("00", .malformedNumber(offset: 0)), ("-x", .malformedNumber(offset: 1)),
      ("1.x", .malformedNumber(offset: 2)), ("1ex", .malformedNumber(offset: 2)),
      ("[1.]", .malformedNumber(offset: 3)),
      ("0x10", .trailingBytes(offset: 1)), ("1 1", .trailingBytes(offset: 2)),
      ("{}}", .trailingBytes(offset: 2)), ("null,", .trailingBytes(offset: 4)),
      ("1\0", .trailingBytes(offset: 1)),
      (#""\x""#, .malformedEscape(offset: 1)), (#""\u12g4""#, .malformedEscape(offset: 1)),
      (#""a\ud800""#, .malformedEscape(offset: 2)),
      (#""\ud800\u0041""#, .malformedEscape(offset: 1)),
      (#""\ud800\ud800""#, .malformedEscape(offset: 1)),
      (#""\udc00""#, .malformedEscape(offset: 1)),
      (#""\ud800\n""#, .malformedEscape(offset: 1)), (#""\U0041""#, .malformedEscape(offset: 1)),
      ("\"a\nb\"", .controlCharacter(0x0a, offset: 2)), ("\"\0\"", .controlCharacter(0, offset: 1)),
      (#"{"a":1,"b":2,"a":3}"#, .duplicateKey("a", offset: 13)),
      (#"{"x":{"a":1,"\u0061":1}}"#, .duplicateKey("a", offset: 12)),
    ] as [(String, JSONSyntaxError)])
  func malformedDocumentsAreRefused(_ text: String, _ expected: JSONSyntaxError) {
    #expect(throws: expected) { try JSONValue(parsing: text) }
  }

  @Test(
    arguments: [
      ([0x22, 0xff, 0x22], 1), ([0x22, 0x61, 0xc3, 0x22], 2), ([0x22, 0xc0, 0x80, 0x22], 1),
      ([0x22, 0xed, 0xa0, 0x80, 0x22], 1), ([0x22, 0x5c, 0x6e, 0x80, 0x22], 3),
      ([0x7b, 0x22, 0xf5, 0x22, 0x3a, 0x31, 0x7d], 2),
    ] as [([UInt8], Int)])
  func textsMustBeUTF8(_ bytes: [UInt8], _ offset: Int) {
    #expect(throws: JSONSyntaxError.invalidUTF8(offset: offset)) { try JSONValue(parsing: bytes) }
  }

  @Test func nestingIsLimitedTo512Levels() throws {
    let deepest = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    let tooDeep = String(repeating: "[{\"a\":", count: 100_000)

    #expect(try JSONValue(parsing: deepest).text() == deepest)
    #expect(throws: JSONSyntaxError.nestedTooDeeply(offset: 6 * 256)) {
      try JSONValue(parsing: tooDeep)
    }
  }

  @Test func siblingsDoNotCountAsNesting() throws {
    let siblings = "[" + Array(repeating: "[[]]", count: 2_000).joined(separator: ",") + "]"

    #expect(try JSONValue(parsing: siblings).array?.count == 2_000)
  }

  @Test func duplicatesAreFoundInLargeObjects() throws {
    let names = (0..<5_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",")

    #expect(try JSONValue(parsing: "{\(names)}").object?["name4999"] == 4999)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\(names),\"name17\":0}") }
  }

  @Test func namesOfDifferentBytesAreDifferent() throws {
    let value = try JSONValue(parsing: "{\"\u{e9}\":1,\"e\u{301}\":2}")

    #expect(value.object?.count == 2)
    #expect(value.object?["e\u{301}"] == 2)
  }

  @Test func everyPrefixOfADocumentIsRefused() throws {
    let bytes = Array(#"{"a":[1.5e3,true,null,"\u00e9\n"],"b":{"c":"é"}}"#.utf8)

    for count in 0..<bytes.count {
      #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(bytes[..<count])) }
    }
    #expect(try JSONValue(parsing: bytes).object?.names == ["a", "b"])
  }
}
