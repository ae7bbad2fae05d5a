import GoTemplate
import NetworkModel
import Presentation
import Testing

struct InspectOutputTests {
  @Test func documentsAreAnArray() throws {
    #expect(try output("json", [Sample.status()]).hasPrefix(#"[{"Name":"n1","Id":"aaaa"#))
    #expect(try output("", [Sample.status()]).hasPrefix("[\n    {\n        \"Name\": \"n1\",\n"))
    #expect(try output("", [Sample.status(), Sample.status(named: "n2")]).hasSuffix("    }\n]\n"))
  }

  @Test(arguments: [("", "[]\n"), ("json", "[]\n"), ("{{.Name}}", "\n")])
  func nothingIsAnEmptyArrayOrLine(_ format: String, text: String) throws {
    #expect(try output(format, []) == text)
  }

  @Test(
    arguments: [
      ("{{.Name}}", "n1"), ("{{.Id}}", String(repeating: "a", count: 64)),
      ("{{.ID}}", String(repeating: "a", count: 64)),
      ("{{.IPAM}}", "{default map[] [{10.66.0.0/24  10.66.0.1 map[]}]}"),
      ("{{.ConfigFrom}} {{.Peers}} {{.Services}}", "{} [] map[]"),
      ("{{.Status}}", "{{map[10.66.0.0/24:{4 252}]}}"),
      (
        "{{json .Status}}",
        #"{"IPAM":{"Subnets":{"10.66.0.0/24":{"IPsInUse":4,"#
          + #""DynamicIPsAvailable":252}}}}"#
      ),
      ("{{.Labels.nosuch}}|{{index .Labels \"nosuch\"}}", "<no value>|"),
      (
        "{{range .Containers}}{{.Name}} {{.IPv4Address}} [{{.IPv6Address}}]{{end}}",
        "web 10.66.0.2/24 []"
      ),
      (
        "{{range $id, $c := .Containers}}{{eq $id \"x\"}}{{$c.MacAddress}}{{end}}",
        "false02:42:0a:42:00:02"
      ),
      (
        "{{.Created}} {{.Created.Year}} {{.Created.Month}}",
        "2026-11-21 03:42:27.886594769 +0000 UTC 2026 November"
      ),
      (#"{{.Created.Format "02 Jan 06"}}"#, "21 Nov 26"),
      (#"{{.Name}}\n"#, #"n1\n"#),
    ])
  func fieldsAreThoseOfDocker(_ format: String, text: String) throws {
    #expect(try output(format, [Sample.status()]) == text + "\n")
  }

  /// The raw document is tried when the typed one fails; from then on a missing key is an error.
  @Test func missingKeyIsAnErrorAfterAFallBack() throws {
    var output = try InspectOutput(format: "{{if .Id}}{{end}}{{.Labels.q}}")

    #expect(throws: TemplateError.self) { try output.add(Sample.status()) }

    var typed = try InspectOutput(format: "{{.Labels.q}}")
    try typed.add(Sample.status())
    #expect(String(decoding: typed.bytes, as: UTF8.self) == "<no value>\n")
  }

  @Test func failureOnOneNetworkLeavesTheOthers() throws {
    var output = try InspectOutput(format: #"{{if eq .Name "bad"}}{{.Nope}}{{end}}{{.Name}}"#)

    try output.add(Sample.status())
    #expect(throws: TemplateError.self) { try output.add(Sample.status(named: "bad")) }
    try output.add(Sample.status(named: "n3"))

    #expect(String(decoding: output.bytes, as: UTF8.self) == "n1\nn3\n")
  }

  @Test func unusableTemplateIsRefusedAtOnce() {
    #expect(throws: TemplateError.self) { try InspectOutput(format: "{{.Name") }
  }

  private func output(_ format: String, _ networks: [NetworkStatus]) throws -> String {
    var output = try InspectOutput(format: format)
    for network in networks { try output.add(network) }
    return String(decoding: output.bytes, as: UTF8.self)
  }
}
