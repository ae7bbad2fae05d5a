import KernelModel
import NetworkModel
import NetworkService
import StateStore
import SystemErrors
import Testing

@testable import NetctlCommands

/// What a person is told of errors to which no command leads on every host.
struct RemedyTests {
  private static let network = NetworkID(String(repeating: "a", count: 64))!

  static let rows: [(error: ServiceError, remedy: String?)] = [
    (refused(.notSupported), "netctl version shows which features this kernel has."),
    (refused(.permission), nil),
    (
      .state(.misnamed(file: "networks/a.json", isCopy: false)),
      "netctl network verify says what to do about it."
    ),
    (.state(.newerSchema(file: "host.json")), nil),
    (
      .bridge(.notABridge(try! InterfaceName("br0")), network: network, name: "blue"),
      "Rename br0, or choose another name with --opt com.docker.network.bridge.name."
    ),
    (
      .bridge(.notOurs(try! InterfaceName("docker0")), network: network, name: "bridge"),
      "netctl network create makes a network with a bridge of its own."
    ),
    (
      .definition(.poolsExhausted(routes: [])),
      "--subnet chooses one; netctl network prune removes networks that nobody uses."
    ),
    (
      .ambiguousNetwork("ab", matches: 2), "Type more of its ID; netctl network ls shows them."
    ),
    (.unprivileged, nil),
  ]

  @Test(arguments: rows)
  func errorHasItsRemedy(_ row: (error: ServiceError, remedy: String?)) {
    #expect(Diagnostics.remedy(row.error) == row.remedy)
  }

  private static func refused(_ errno: Errno) -> ServiceError {
    .kernel(KernelError(.observe("links"), errno: errno, explanation: "refused"))
  }
}
