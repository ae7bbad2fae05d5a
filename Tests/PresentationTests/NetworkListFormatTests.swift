import GoTemplate
import NetworkModel
import Presentation
import Testing

struct NetworkListFormatTests {
  @Test(
    arguments: [
      ("", "NETWORK ID     NAME      DRIVER    SCOPE\naaaaaaaaaaaa   n1        bridge    local\n"),
      (
        "table",
        "NETWORK ID     NAME      DRIVER    SCOPE\naaaaaaaaaaaa   n1        bridge    local\n"
      ),
      ("raw", "network_id: aaaaaaaaaaaa\nname: n1\ndriver: bridge\nscope: local\n\n"),
      (
        "json",
        #"{"CreatedAt":"2026-11-21 03:42:27.886594769 +0000 UTC","Driver":"bridge","#
          + #""ID":"aaaaaaaaaaaa","IPv4":"true","IPv6":"false","Internal":"false","#
          + #""Labels":"h=\u003c\u0026\u003e,k=v","Name":"n1","Scope":"local"}"# + "\n"
      ),
      (#"{{.Name}}\t{{.Driver}}"#, "n1\tbridge\n"),
      (#"table {{.Name}}\t{{.Label "k"}}"#, "NAME      k\nn1        v\n"),
      (#"table {{.Label "com.example.the-key_1"}}"#, "the key 1\n\n"),
      ("{{.Subnets}} {{.Gateways}} {{.Containers}}", "10.66.0.0/24 10.66.0.1 3\n"),
      ("{{.BridgeName}}", "br-aaaaaaaaaaaa\n"),
      (
        #"table {{.Subnets}}\t{{.Gateways}}\t{{.Containers}}\t{{.BridgeName}}"#,
        "SUBNETS        GATEWAYS    CONTAINERS   BRIDGE NAME\n"
          + "10.66.0.0/24   10.66.0.1   3            br-aaaaaaaaaaaa\n"
      ),
    ])
  func networkIsListed(_ format: String, text: String) throws {
    #expect(try listing(format, isQuiet: false) == text)
  }

  @Test(
    arguments: [
      ("", "aaaaaaaaaaaa\n"), ("table", "aaaaaaaaaaaa\n"),
      ("raw", "network_id: aaaaaaaaaaaa\n"), ("{{.Name}}", "n1\n"),
    ])
  func quietListsIdentities(_ format: String, text: String) throws {
    #expect(try listing(format, isQuiet: true) == text)
  }

  @Test func namesDoNotBreakTablesOnATerminal() throws {
    let networks = [Sample.network(named: "n\u{1b}[2J\n1", labels: ["k": "a\tb"])]
    func shown(_ format: String, isForTerminal: Bool) throws -> String {
      let format = try NetworkListFormat(format, isQuiet: false)
      return String(
        decoding: try format.text(
          of: networks, truncatesIDs: true, isForTerminal: isForTerminal,
          containerCount: { _ in 0 }, bridgeName: { _ in nil }),
        as: UTF8.self)
    }

    #expect(
      try shown(#"table {{.Name}}\t{{.Labels}}"#, isForTerminal: true)
        == "NAME          LABELS\n" + #"n\x1b[2J\n1   k=a\tb"# + "\n")
    #expect(try shown("table {{.Name}}", isForTerminal: false) == "NAME\nn\u{1b}[2J\n1\n")
    #expect(try shown("{{.Name}}", isForTerminal: true) == "n\u{1b}[2J\n1\n")
  }

  @Test func badPlaceholderIsUnseenWithoutNetworks() throws {
    #expect(try listing("{{.Nope}}", isQuiet: false, []) == "")
    #expect(throws: TemplateError.self) { try listing("{{.Nope}}", isQuiet: false) }
    #expect(throws: TemplateError.self) { try listing("{{.Name", isQuiet: false, []) }
  }

  private func listing(
    _ format: String, isQuiet: Bool, _ networks: [Network]? = nil
  ) throws -> String {
    let networks = networks ?? [Sample.network(labels: ["k": "v", "h": "<&>"])]
    let format = try NetworkListFormat(format, isQuiet: isQuiet)
    let text = try format.text(
      of: networks, truncatesIDs: true, containerCount: { _ in 3 },
      bridgeName: { "br-\($0.id.short)" })
    return String(decoding: text, as: UTF8.self)
  }
}
