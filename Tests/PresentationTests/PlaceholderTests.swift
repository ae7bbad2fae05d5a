import GoTemplate
import KernelModel
import NetworkModel
import Presentation
import Testing

@Suite struct PlaceholderTests {
  @Test(arguments: InspectOutput.placeholders)
  func inspectKnowsThePlaceholder(_ name: String) throws {
    var output = try InspectOutput(format: "{{.\(name)}}")

    #expect(throws: Never.self) { try output.add(NetworkStatus(network: Sample.network())) }
  }

  @Test(arguments: NetworkListFormat.placeholders)
  func listKnowsThePlaceholder(_ name: String) throws {
    let format = try NetworkListFormat("{{.\(name)}}", isQuiet: false)

    #expect(throws: Never.self) {
      try format.text(
        of: [Sample.network()], truncatesIDs: true, containerCount: { _ in 0 },
        bridgeName: { _ in nil })
    }
  }

  @Test(arguments: VersionFormat.placeholders)
  func versionKnowsThePlaceholder(_ name: String) throws {
    let features = KernelFeature.allCases.map { ($0, FeatureAvailability.loaded) }
    let report = VersionReport(
      version: "1", build: BuildInfo(commit: "1", swift: "1"), kernel: "1",
      features: Dictionary(uniqueKeysWithValues: features))

    let text = try VersionFormat("{{.\(name)}}").text(of: report)

    #expect(text != Array("<no value>\n".utf8))
  }
}
