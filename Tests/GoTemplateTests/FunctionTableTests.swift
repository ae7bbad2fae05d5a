import GoTemplate
import Testing

struct FunctionTableTests {
  @Test func functionsOfTheCallerCanBeCalled() throws {
    let double = Function(parameters: [.int]) { arguments in
      if case .int(let number, _) = arguments[0] { return .int(number &* 2) }
      return .noValue
    }

    let template = try Template(
      parsing: "{{double 4}} {{4 | double}}", functions: ["double": double])

    #expect(try template.execute(.noValue) == "8 8")
  }

  @Test func functionsOfTheCallerWinOverThoseOfGo() throws {
    let functions: FunctionTable = ["len": Function(parameters: [.any]) { _ in "mine" }]

    #expect(try Template(parsing: "{{len 1}}", functions: functions).execute(.noValue) == "mine")
  }

  @Test func errorsOfFunctionsAreReportedAtTheCall() throws {
    let fail = Function(parameters: []) { _ throws(FunctionError) in throw FunctionError("no luck")
    }

    let template = try Template(parsing: "a {{fail}}", name: "t", functions: ["fail": fail])
    let error = #expect(throws: TemplateError.self) { try template.execute(.noValue) }

    #expect(
      error?.message
        == #"template: t:1:4: executing "t" at <fail>: error calling fail: no luck"#)
  }

  @Test func functionValuesAreCalledWithCall() throws {
    let add = Function(parameters: [.int], variadic: .int) { arguments in
      arguments.reduce(.int(0)) { sum, value in
        guard case .int(let left, _) = sum, case .int(let right, _) = value else { return sum }
        return .int(left &+ right)
      }
    }

    #expect(
      try Template(parsing: "{{call . 1 2 3}} {{3 | call . 1}}").execute(.function(add)) == "6 4")
  }

  @Test(
    "call checks arguments",
    arguments: [
      ("{{call .}}", "wrong number of args for .: got 0 want 1"),
      (#"{{call . "x"}}"#, "arg 0: value has type string; should be int"),
      ("{{call . nil}}", "arg 0: value is nil; should be of type int"),
    ])
  func callChecksArguments(_ text: String, _ problem: String) throws {
    let identity = Function(parameters: [.int]) { $0[0] }

    let template = try Template(parsing: text)
    let error = #expect(throws: TemplateError.self) { try template.execute(.function(identity)) }

    #expect(error?.message.hasSuffix("error calling call: " + problem) == true)
  }

  @Test func headersPassThroughDockersFunctions() throws {
    let text =
      #"{{json .}} {{upper .}} {{truncate . 1}} {{join . ","}} {{pad . 1 0}} {{slice . 0 2}}"#

    let template = try Template(parsing: text, functions: .dockerHeader)

    #expect(try template.execute("NAME") == "NAME NAME NAME NAME  NAME NA")
  }

  @Test func functionsThatAreNotGivenAreUndefined() {
    let error = #expect(throws: TemplateError.self) { try Template(parsing: "{{json .}}") }

    #expect(error?.message == #"template: :1: function "json" not defined"#)
  }
}
