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
}
