import Addressing
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

  static let rows: [(error: ServiceError, hint: String?)] = [
    (refused(.notSupported), "netctl version shows which features this kernel has."),
    (refused(.notPermitted), nil),
    (
      .state(.misnamed(file: "networks/a.json", isCopy: false)),
      "netctl network verify shows how to fix it."
    ),
    (.state(.newerSchema(file: "host.json")), nil),
    (
      .device(
        .otherKind(InterfaceName("br0"), wanted: .bridge), network: network, name: "blue"),
      "Rename br0, or choose another name with --opt com.docker.network.bridge.name."
    ),
    (
      .device(.notManaged(InterfaceName("docker0")), network: network, name: "bridge"),
      "netctl network create creates a network with its own bridge."
    ),
    (
      .definition(.poolsExhausted(routes: [])),
      "--subnet chooses one; netctl network prune removes unused networks."
    ),
    (
      .ambiguousNetwork("ab", matches: 2),
      "Enter more digits of the ID; netctl network ls shows them."
    ),
    (.unprivileged, nil),
  ]

  @Test(arguments: rows)
  func errorHasItsRemedy(_ row: (error: ServiceError, hint: String?)) {
    #expect(Diagnostics.hint(row.error) == row.hint)
  }

  private static func refused(_ errno: Errno) -> ServiceError {
    .kernel(KernelError(.observe("links"), errno: errno, explanation: "refused"))
  }
}
