import OrderedJSON
import Testing

/// The rows hold what Go's encoding/json prints.
struct JSONWritingTests {
  @Test(arguments: [
    ("plain", "plain", "plain"),
    (#"a"b\c/d"#, #"a\"b\\c/d"#, #"a\"b\\c/d"#),
    ("\n\r\t\u{8}\u{c}", #"\n\r\t\b\f"#, #"\n\r\t\b\f"#),
    ("\0\u{1}\u{1f}\u{7f}", "\\u0000\\u0001\\u001f\u{7f}", "\\u0000\\u0001\\u001f\u{7f}"),
    (
      #"<a href="x">&</a>"#, #"<a href=\"x\">&</a>"#,
      #"\u003ca href=\"x\"\u003e\u0026\u003c/a\u003e"#
    ),
    (
      "\u{2028}\u{2029}\u{2027}\u{202a}", "\\u2028\\u2029\u{2027}\u{202a}",
      "\\u2028\\u2029\u{2027}\u{202a}"
    ),
    ("é漢😀", "é漢😀", "é漢😀"),
    ("\u{a8}\u{a9}\u{80}\u{a028}", "\u{a8}\u{a9}\u{80}\u{a028}", "\u{a8}\u{a9}\u{80}\u{a028}"),
    ("", "", ""),
  ])
  func escapesTexts(_ text: String, _ plain: String, _ forHTML: String) throws {
    let value = JSONValue(text)

    #expect(value.text() == "\"\(plain)\"")
    #expect(value.text(escapingHTML: true) == "\"\(forHTML)\"")
    #expect(try JSONValue(parsing: value.bytes(escapingHTML: true)) == value)
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (1.5, "1.5"), (100, "100"),
    (1e20, "100000000000000000000"), (1e21, "1e+21"),
    (123456789012345683968, "123456789012345680000"), (1.5e300, "1.5e+300"), (1e-6, "0.000001"),
    (1e-7, "1e-7"), (1.25e-7, "1.25e-7"), (-2.5e-10, "-2.5e-10"),
    (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"), (3.141592653589793, "3.141592653589793"),
    (1e100, "1e+100"), (1e-5, "0.00001"), (123456.789, "123456.789"), (1e15, "1000000000000000"),
    (1e16, "10000000000000000"), (12345678901234568, "12345678901234568"),
    (2.2250738585072014e-308, "2.2250738585072014e-308"), (0.3, "0.3"), (9.5e-7, "9.5e-7"),
    (4503599627370496.5, "4503599627370496"),
  ])
  func spellsFractions(_ value: Double, _ expected: String) throws {
    let number = try #require(JSONNumber(value))

    #expect(number.description == expected)
    #expect(Double(number.description) == value)
  }

  @Test func infinityIsNoNumber() {
    #expect(JSONNumber(.infinity) == nil)
    #expect(JSONNumber(.nan) == nil)
  }

  @Test func integersKeepAllDigits() {
    #expect(JSONValue(18_446_744_073_709_551_614 as UInt64).text() == "18446744073709551614")
    #expect(JSONValue(Int64.min).text() == "-9223372036854775808")
    #expect(JSONValue(UInt128.max).text() == "340282366920938463463374607431768211455")
  }

  @Test func indentsAsMarshalIndent() {
    let value: JSONValue = [
      "Name": "n", "List": [1, true, .null, "x", [], ["k": [1]]], "Map": ["a": "<", "b": "1"],
      "E": [], "Empty": [:],
    ]

    #expect(
      value.text(.inspect, escapingHTML: true) == #"""
        {
            "Name": "n",
            "List": [
                1,
                true,
                null,
                "x",
                [],
                {
                    "k": [
                        1
                    ]
                }
            ],
            "Map": {
                "a": "\u003c",
                "b": "1"
            },
            "E": [],
            "Empty": {}
        }
        """#)
    #expect(
      value.text()
        == #"{"Name":"n","List":[1,true,null,"x",[],{"k":[1]}],"Map":{"a":"<","b":"1"},"E":[],"Empty":{}}"#
    )
  }

  @Test func emptyDocumentsStayOnOneLine() {
    #expect(JSONValue.array([]).text(.inspect) == "[]")
    #expect(JSONValue(JSONObject()).text(.inspect) == "{}")
  }

  @Test func mapsAreSortedBytewise() {
    #expect(
      JSONValue(sorting: ["b": "1", "é": "2", "B": "3"]).text() == #"{"B":"3","b":"1","é":"2"}"#)
  }
}
