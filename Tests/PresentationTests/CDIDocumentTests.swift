import OrderedJSON
import Testing

@testable import Presentation

struct CDIDocumentTests {
  /// The rule of CDI's specification for names of devices.
  @Test(arguments: [
    ("blue", true), ("a", true), ("b1-x_y.z:2", true), ("", false), (".", false), ("..", false),
    ("_x", false), ("x-", false), ("a b", false), ("ä", false),
  ])
  func namesOfDevices(name: String, isAllowed: Bool) {
    #expect(CDIDocument.canName(name) == isAllowed)
  }

  /// As CDI's own `MinimumRequiredVersion` has it.
  @Test(arguments: [([], "0.3.0"), (["blue", "b2"], "0.3.0"), (["blue", "2b"], "0.5.0")])
  func versionIsTheLowestWithWhatIsUsed(_ networks: [String], version: String) {
    let document = CDIDocument.json(networks: networks, program: "/usr/bin/netctl")
    #expect(document.object?["cdiVersion"]?.string == version)
  }
}
