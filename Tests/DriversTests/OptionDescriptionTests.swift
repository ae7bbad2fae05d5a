import Foundation
import Testing

@testable import Drivers

@Suite struct OptionDescriptionTests {
  @Test(arguments: [
    (
      "netctl-network-create.8",
      DriverRegistry.builtIn.drivers.flatMap { $0.options } + NetworkOptions.descriptions
    ),
    ("netctl-network-connect.8", EndpointOptions.descriptions),
  ])
  func manualNamesExactlyTheOptions(page: String, descriptions: [OptionDescription]) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("man/\(page)"), encoding: .utf8)
    let named = text.replacing("\\\n", with: "").split(separator: "\n")
      .filter { $0.hasPrefix(".It Cm com.docker.") || $0.hasPrefix(".It Cm io.netctl.") }
      .flatMap { $0.dropFirst(7).split(separator: " , ").map(String.init) }

    // Keys of several drivers are in a section for each.
    let keys = descriptions.map(\.key).filter { $0.contains(".") }
    #expect(Set(named) == Set(keys))
  }

  @Test func bridgeOptionsWithWordsAcceptExactlyThese() throws {
    for description in BridgeOptions.descriptions {
      let words: [String]
      switch description.values {
      case .boolean: words = ["true", "false"]
      case .words(let listed, _): words = listed
      case .any, .interfaceName, .interfaces: continue
      }
      for word in words {
        _ = try BridgeOptions([description.key: word], isInternal: true)
      }
      #expect(throws: OptionError.self) {
        try BridgeOptions([description.key: "neither"], isInternal: true)
      }
    }
  }
}
