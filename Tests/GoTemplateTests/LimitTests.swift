import GoTemplate
import Testing

struct LimitTests {
  @Test("Deep nesting is refused", arguments: ["(", "{{if 1}}", "{{range 1}}", "{{with 1}}"])
  func deepNestingIsRefused(_ opening: String) {
    let start = opening == "(" ? "{{" : ""

    let error = #expect(throws: TemplateError.self) {
      try Template(parsing: start + String(repeating: opening, count: 100_000))
    }

    #expect(error?.message == "template: :1: max expression depth exceeded")
  }

  @Test func longChainsOfElseAreRefused() {
    let text = "{{if 0}}" + String(repeating: "{{else if 0}}", count: 100_000) + "{{end}}"

    let error = #expect(throws: TemplateError.self) { try Template(parsing: text) }

    #expect(error?.message == "template: :1: max expression depth exceeded")
  }

  @Test func nestingOfAHundredIsExecuted() throws {
    let parentheses =
      "{{" + String(repeating: "(print ", count: 100) + "1" + String(repeating: ")", count: 100)
      + "}}"
    let branches =
      String(repeating: "{{range 1}}", count: 100) + "x" + String(repeating: "{{end}}", count: 100)

    #expect(try Template(parsing: parentheses).execute(.noValue) == "1")
    #expect(try Template(parsing: branches).execute(.noValue) == "x")
  }

  @Test func endlessRecursionThroughManyBranchesEnds() {
    let text =
      #"{{define "r"}}"# + String(repeating: "{{range 1}}{{with 1}}", count: 48)
      + #"{{template "r" (print (print (print 1)))}}"#
      + String(repeating: "{{end}}", count: 96) + #"{{end}}{{template "r"}}"#

    let error = #expect(throws: TemplateError.self) {
      try Template(parsing: text).execute(.noValue)
    }

    #expect(error?.message.hasSuffix("exceeded maximum template depth (100000)") == true)
  }

  @Test func recursionThatEndsIsExecuted() throws {
    let text = """
      {{define "r"}}{{if .}}x{{template "r" (slice . 1)}}{{end}}{{end}}{{template "r" .}}
      """
    let input = String(repeating: "a", count: 150)

    #expect(
      try Template(parsing: text).execute(.string(input)) == String(repeating: "x", count: 150))
  }

  @Test func longPipelinesAreRefused() {
    let text = "{{1" + String(repeating: "|print", count: 100_000) + "}}"

    let error = #expect(throws: TemplateError.self) { try Template(parsing: text) }

    #expect(error?.message == "template: :1: pipeline too long")
  }

  @Test func rangeOverTheLargestIntegerStartsAtOnce() throws {
    let text = "{{range 9223372036854775807}}{{if eq . 3}}{{break}}{{end}}{{.}}{{end}}"

    #expect(try Template(parsing: text).execute(.noValue) == "012")
  }

  @Test func whatWasWrittenBeforeAnErrorIsKept() throws {
    let template = try Template(parsing: "a{{1}}{{index 1 1}}b")
    var output = Array("before ".utf8)

    #expect(throws: TemplateError.self) {
      try template.execute(.noValue, appendingTo: &output)
    }

    #expect(String(decoding: output, as: UTF8.self) == "before a1")
  }

  @Test func aCharacterCutInTwoKeepsItsBytes() throws {
    let template = try Template(parsing: #"{{slice "é" 0 1}}"#)
    var output: [UInt8] = []

    try template.execute(.noValue, appendingTo: &output)

    #expect(output == [0xC3])
  }
}
