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

  /// Results that Docker's client gave for the same document.
  @Test(
    arguments: [
      (
        #"{{printf "%d %v %T %02d %x" .Created.Month .Created.Month .Created.Month .Created.Month "#
          + #".Created.Month}}"#, "11 November time.Month 11 4e6f76656d626572"
      ),
      ("{{eq .Created.Month 11}}{{gt .Created.Month 5}}{{json .Created.Month}}", "truetrue11"),
      ("{{print .Created.Month 3}} {{.Created.Month.String | upper}}", "November 3 NOVEMBER"),
      (
        #"{{printf "%d %s %T" .Created.Weekday .Created.Weekday .Created.Weekday}}"#,
        "6 Saturday time.Weekday"
      ),
      (
        #"{{printf "%z %5d|%-12s|" .Created.Month .Created.Month .Created.Month}}"#,
        "%!z(time.Month=11)    11|November    |"
      ),
      (#"{{printf "%T" .Created.Location}} {{.Created.Location}}"#, "*time.Location UTC"),
      (#"{{printf "%d" .Created}}"#, "{886594769 63930829347 0}"),
      (
        #"{{printf "%#v" .Created}}"#,
        "time.Date(2026, time.November, 21, 3, 42, 27, 886594769, time.UTC)"
      ),
      (
        "{{.Created.Equal .Created}} {{.Created.Before .Created}} {{.Created.Compare .Created}}",
        "true false 0"
      ),
      ("{{.Created.Add 1000000000}}", "2026-11-21 03:42:28.886594769 +0000 UTC"),
      ("{{.Created.Truncate 3600000000000}}", "2026-11-21 03:00:00 +0000 UTC"),
      ("{{.Created.Round 3600000000000}}", "2026-11-21 04:00:00 +0000 UTC"),
      (#"{{printf "%s" .Created.MarshalText}}"#, "2026-11-21T03:42:27.886594769Z"),
      (
        "{{with index .IPAM.Config 0}}{{.Subnet.Contains .Gateway}} {{.Gateway.Prefix 8}} "
          + "{{.Gateway.Next}} {{.Gateway.Prev}} {{.Gateway.IsPrivate}} {{.Gateway.AsSlice}}{{end}}",
        "true 10.0.0.0/8 10.66.0.2 10.66.0.0 true [10 66 0 1]"
      ),
      (
        "{{with index .IPAM.Config 0}}{{.Gateway.Less .Subnet.Addr}} "
          + "{{.Gateway.Compare .Subnet.Addr}} {{.Subnet.Overlaps .Subnet}}{{end}}", "false 1 true"
      ),
      (
        #"{{range .Containers}}{{printf "%T %d %s %x" .MacAddress .MacAddress .MacAddress "#
          + #".MacAddress}} {{len .MacAddress}} {{index .MacAddress 5}}{{end}}"#,
        "network.HardwareAddr [2 66 10 66 0 2] 02:42:0a:42:00:02 "
          + "30323a34323a30613a34323a30303a3032 6 2"
      ),
      ("{{range $k, $v := .Status.IPAM.Subnets}}{{$k.Bits}} {{$v.IPsInUse}}{{end}}", "24 4"),
      ("{{(index .Status.IPAM.Subnets (index .IPAM.Config 0).Subnet).IPsInUse}}", "4"),
      (
        #"{{index .Status.IPAM.Subnets "10.66.0.0/24"}}"#,
        "map[DynamicIPsAvailable:252 IPsInUse:4]"
      ),
      (
        #"{{.Id | len}} {{range .Status.IPAM.Subnets}}{{printf "%T %v %d" .IPsInUse .IPsInUse "#
          + #".IPsInUse}}{{end}}"#, "64 json.Number 4 %!d(json.Number=4)"
      ),
      (
        #"{{.Network.Name}} {{printf "%T" .Network}}"#,
        "n1 network.Network"
      ),
      (#"{{printf "%w" .Labels}}"#, "%!w(map[string]string=map[k:v])"),
    ])
  func valuesAreTypedAsInDocker(_ format: String, text: String) throws {
    #expect(try output(format, [Sample.status()]) == text + "\n")
  }

  @Test(
    arguments: [
      ("{{upper .Created.Month}}", "<.Created.Month>: can't evaluate field Month in type"),
      ("{{eq .Created.Month \"x\"}}", "<.Created.Month>: can't evaluate field Month in type"),
      ("{{eq .IPAM .IPAM}}", "error calling eq: non-comparable type map["),
    ])
  func typedFailuresAreThoseOfTheRawDocument(_ format: String, message: String) throws {
    let error = #expect(throws: TemplateError.self) {
      _ = try output(format, [Sample.status()])
    }
    #expect(error?.message.contains(message) == true)
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

  private static let details = VerboseDetails(
    phases: [Sample.endpoint.id: .attached],
    ports: [Sample.endpoint.id: ["80/tcp -> 0.0.0.0:8080"]],
    differences: ["bridge br0 is not there"])

  @Test(
    arguments: [
      ("{{.Differences}}", "[bridge br0 is not there]"),
      ("{{range .Containers}}{{.Phase}} {{.Ports}}{{end}}", "attached [80/tcp -> 0.0.0.0:8080]"),
      ("{{.Id}}{{.Differences}}", String(repeating: "a", count: 64) + "[bridge br0 is not there]"),
      ("{{json .Differences}}", #"["bridge br0 is not there"]"#),
    ])
  func templatesReachDetails(_ format: String, text: String) throws {
    var output = try InspectOutput(format: format)

    try output.add(Sample.status(), Self.details)

    #expect(String(decoding: output.bytes, as: UTF8.self) == text + "\n")
  }

  @Test func detailsComeLast() throws {
    var output = try InspectOutput(format: "json")

    try output.add(Sample.status(), Self.details)

    let text = String(decoding: output.bytes, as: UTF8.self)
    #expect(text.hasSuffix(#"252}}}},"Differences":["bridge br0 is not there"]}]"# + "\n"))
    #expect(text.contains(#""Phase":"attached","Ports":["80/tcp -> 0.0.0.0:8080"]}},"Status""#))
  }

  @Test(arguments: ["{{.Differences}}", "{{range .Containers}}{{.Phase}}{{end}}"])
  func thereAreNoDetailsUnasked(_ format: String) throws {
    #expect(throws: TemplateError.self) { try self.output(format, [Sample.status()]) }
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
