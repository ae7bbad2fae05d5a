import GoTemplate
import KernelModel
import Presentation
import Testing

struct VersionReportTests {
  private let report = VersionReport(
    version: "1.2.3", build: BuildInfo(commit: "0123456789ab", swift: "6.3.1"), kernel: "6.1.0-32",
    features: [.bridge: .loaded, .nftables: .moduleAvailable, .bridgeNetfilter: .absent])

  @Test func blockIsThatOfDockersClient() throws {
    let lines = try text("").split(separator: "\n")

    #expect(
      lines.filter { !$0.contains("OS/Arch") } == [
        "netctl:",
        " Version:           1.2.3",
        " Swift version:     6.3.1",
        " Git commit:        0123456789ab",
        " Kernel version:    6.1.0-32",
        " Kernel features:",
        "  bridge:           loaded",
        "  nftables:         module available",
        "  br_netfilter:     not found",
      ])
  }

  @Test func jsonHasTheMembersOfTheBlock() throws {
    let json = try text("json")

    #expect(
      json.hasPrefix(
        #"{"Version":"1.2.3","SwiftVersion":"6.3.1","GitCommit":"0123456789ab","Os":"linux","Arch":"#
      ))
    #expect(
      json.hasSuffix(
        #","KernelVersion":"6.1.0-32","Features":{"bridge":"loaded","#
          + #""nftables":"module available","br_netfilter":"not found"}}"# + "\n"))
  }

  @Test(arguments: [
    ("{{.Version}} {{.GitCommit}} {{.SwiftVersion}}", "1.2.3 0123456789ab 6.3.1"),
    ("{{.Os}} {{.KernelVersion}}", "linux 6.1.0-32"),
    ("{{.Features.bridge}}", "loaded"),
    ("{{range $name, $is := .Features}}{{$name}} {{end}}", "br_netfilter bridge nftables "),
    ("{{json .Features.nftables}}", #""module available""#),
  ])
  func templatesReachEveryMember(format: String, output: String) throws {
    #expect(try text(format) == output + "\n")
  }

  @Test func unusableTemplatesAreRefused() throws {
    #expect(throws: TemplateError.self) { try VersionFormat("{{.Version") }
    #expect(throws: TemplateError.self) { try text("{{.Nope}}") }
  }

  private func text(_ format: String) throws -> String {
    String(decoding: try VersionFormat(format).text(of: report), as: UTF8.self)
  }
}
