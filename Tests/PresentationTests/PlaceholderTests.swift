import GoTemplate
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
      try format.text(of: [Sample.network()], truncatesIDs: true, containerCount: { _ in 0 })
    }
  }
}
