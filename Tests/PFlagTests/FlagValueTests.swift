import PFlag
import Testing

@Suite struct FlagValueTests {
  static let numbers: [(text: String, number: Int)] = [
    ("0", 0), ("-5", -5), ("+7", 7), ("0x10", 16), ("-0X1f", -31), ("0o17", 15), ("017", 15),
    ("0b101", 5), ("1_000", 1000), ("0_7", 7), ("0x_ff", 255),
    ("9223372036854775807", .max), ("-9223372036854775808", .min),
  ]

  @Test(arguments: numbers)
  func numberIsReadInGoNotation(row: (text: String, number: Int)) {
    let run = Run("thing", "make", "--weight=" + row.text, "t")

    #expect(run.invocation?.flags[SampleProgram.weight] == row.number)
  }

  static let notNumbers = [
    "", "x", "1.5", "0x", "08", "_1", "1_", "1__0", "0x_", "1_x", " 1", "--1", "0b2",
  ]

  @Test(arguments: notNumbers)
  func otherTextIsNoNumber(text: String) {
    #expect(
      Run("thing", "make", "--weight=" + text, "t").complaint
        == "invalid argument \"\(text)\" for \"-w, --weight\" flag: must be an integer")
  }

  @Test(arguments: ["9223372036854775808", "-9223372036854775809", "0xffffffffffffffffffff"])
  func numberOfMoreThan64BitsIsRefused(text: String) {
    #expect(
      Run("thing", "make", "--weight=" + text, "t").complaint
        == "invalid argument \"\(text)\" for \"-w, --weight\" flag: "
        + "must be an integer between -9223372036854775808 and 9223372036854775807")
  }

  static let records: [(texts: [String], fields: [String])] = [
    ([""], []),
    (["a"], ["a"]),
    (["a,b", "c"], ["a", "b", "c"]),
    ([","], ["", ""]),
    (["a, b"], ["a", " b"]),
    (["\"a,b\",c"], ["a,b", "c"]),
    (["\"a\"\"b\""], ["a\"b"]),
    (["\"\""], [""]),
    (["\"a\nb\",c"], ["a\nb", "c"]),
    (["\"a\r\nb\""], ["a\nb"]),
    (["a\nb"], ["a"]),
    (["\n\r\na"], ["a"]),
    (["a\r"], ["a"]),
    (["a\rb"], ["a\rb"]),
    (["\"a\"\r\nb"], ["a"]),
  ]

  @Test(arguments: records)
  func listIsACSVRecord(row: (texts: [String], fields: [String])) {
    let arguments = row.texts.flatMap { ["--part", $0] }

    let run = Run(["thing", "make", "t"] + arguments)

    #expect(run.invocation?.flags[SampleProgram.part] == row.fields)
  }

  static let malformedRecords: [(text: String, quoted: String, reason: String)] = [
    ("a\"b", "a\\\"b", "parse error on line 1, column 2: bare \" in non-quoted-field"),
    ("x,a\"", "x,a\\\"", "parse error on line 1, column 4: bare \" in non-quoted-field"),
    (
      "\"a\"b", "\\\"a\\\"b",
      "parse error on line 1, column 3: extraneous or missing \" in quoted-field"
    ),
    ("\"a", "\\\"a", "parse error on line 1, column 3: extraneous or missing \" in quoted-field"),
    (
      "\"a\n", "\\\"a\\n",
      "parse error on line 1, column 4: extraneous or missing \" in quoted-field"
    ),
    (
      "\"a\nb", "\\\"a\\nb",
      "record on line 1; parse error on line 2, column 2: extraneous or missing \" in quoted-field"
    ),
    (
      "\n\"a\nb\"c", "\\n\\\"a\\nb\\\"c",
      "record on line 2; parse error on line 3, column 2: extraneous or missing \" in quoted-field"
    ),
    ("\n", "\\n", "EOF"),
  ]

  @Test(arguments: malformedRecords)
  func malformedListIsRefusedWithThePlace(row: (text: String, quoted: String, reason: String)) {
    #expect(
      Run("thing", "make", "--part", row.text, "t").complaint
        == "invalid argument \"\(row.quoted)\" for \"--part\" flag: \(row.reason)")
  }

  @Test func mapKeepsTheLastOfEqualKeys() {
    let run = Run("thing", "make", "-o", "a=1,2", "-o", "b", "-o", "=c", "-o", "a=b=c", "t")

    #expect(run.invocation?.flags[SampleProgram.option] == ["a": "b=c", "b": "", "": "c"])
  }

  @Test func listKeepsCommasAndOrder() {
    let run = Run("thing", "make", "-l", "b,c", "-l", "a", "-l", "a", "t")

    #expect(run.invocation?.flags[SampleProgram.label] == ["b,c", "a", "a"])
  }

  @Test func listElementIsCheckedWhenRead() {
    #expect(
      Run("thing", "make", "-l", "bad", "t").complaint
        == "invalid argument \"bad\" for \"-l, --label\" flag: the label is bad")
  }

  @Test func filterIsTrimmedAndItsNameLowered() {
    let run = Run(
      "thing", "make", "-f", " NaMe\u{A0} =\t Value ", "-f", "", "-f", "a=b=c", "-f", "\u{130}=",
      "t")

    #expect(
      run.invocation?.flags[SampleProgram.filter] == [
        FilterTerm(name: "name", value: "Value"), FilterTerm(name: "a", value: "b=c"),
        FilterTerm(name: "i", value: ""),
      ])
  }

  @Test func filterWithoutEqualsSignIsRefused() {
    #expect(
      Run("thing", "ls", "-f", "foo").complaint
        == "invalid argument \"foo\" for \"-f, --filter\" flag: "
        + "bad format of filter (expected name=value)")
  }

  @Test func emptyAddressChangesNothing() {
    let run = Run("thing", "make", "-p", " 4 ", "-p", "", "t")

    #expect(run.invocation?.flags[SampleProgram.place] == .some(4))
  }

  @Test func addressIsMissingUnlessGiven() throws {
    let flags = try #require(Run("thing", "make", "-p", "", "t").invocation?.flags)

    #expect(flags[SampleProgram.place] == nil)
  }

  @Test func addressListsAreSplitAndFreedOfQuotes() {
    let run = Run("thing", "make", "--places", "\"2, 4\"", "--places=", "--places='6'", "t")

    #expect(run.invocation?.flags[SampleProgram.places] == [2, 4, 6])
  }

  static let badAddresses: [(argument: String, complaint: String)] = [
    ("--place= x\"", "\" x\\\"\" for \"-p, --place\" flag: failed to parse IP: \" x\\\"\""),
    (
      "--places=2, 3",
      "\"2, 3\" for \"--places\" flag: invalid string being converted to IP address:  3"
    ),
    ("--places=2,", "\"2,\" for \"--places\" flag: invalid string being converted to IP address: "),
    ("--areas=x", "\"x\" for \"--areas\" flag: invalid string being converted to CIDR: x"),
  ]

  @Test(arguments: badAddresses)
  func otherTextIsNoAddress(row: (argument: String, complaint: String)) {
    #expect(
      Run("thing", "make", row.argument, "t").complaint == "invalid argument " + row.complaint)
  }
}
