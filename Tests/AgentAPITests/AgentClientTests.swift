import Addressing
import CommandLineTestSupport
import NetworkModel
import Testing

@testable import AgentAPI

/// The client beside a server that is not netctl's.
struct AgentClientTests {
  private let network = NetworkID(String(repeating: "a1", count: 32))!
  private let endpoint = EndpointID(String(repeating: "b2", count: 32))!

  private static func answer(_ status: String, _ body: String) -> String {
    """
    request()
    body = b'''\(body)'''
    reply(b"HTTP/1.1 \(status)\\r\\nContent-Length: %d\\r\\n\\r\\n%s" % (len(body), body)); wait()
    """
  }

  @Test func addressesOfANewEndpointAreRead() throws {
    let body =
      #"{"addresses":["10.0.0.2/24","fd00::2/64"],"mac":"02:42:0a:00:00:02","revision":7}"#
    try withServer(Self.answer("200 OK", body)) { path in
      let answer = try AgentClient(socketPath: path).connect(
        EndpointRequest(
          id: endpoint, container: ContainerID(String(repeating: "c3", count: 32))!,
          containerName: "web", aliases: [], families: [.ipv4], addresses: [], mac: nil),
        to: network)

      #expect(answer.addresses.map(\.description) == ["10.0.0.2/24", "fd00::2/64"])
      #expect(answer.mac.description == "02:42:0a:00:00:02")
      #expect(answer.revision == 7)
    }
  }

  @Test func errorOfTheAgentIsThrownAsItIs() throws {
    let body = #"{"kind":"storeUnreachable","message":"10.0.0.1:2379: connection refused"}"#
    try withServer(Self.answer("503 Service Unavailable", body)) { path in
      #expect(throws: AgentError(.storeUnreachable, "10.0.0.1:2379: connection refused")) {
        try AgentClient(socketPath: path).remove(network)
      }
    }
  }

  @Test(arguments: [
    ("200 OK", "{}"), ("200 OK", "x"), ("500 Internal Server Error", "x"),
    ("409 Conflict", #"{"kind":"newer","message":""}"#),
  ])
  func answerThatIsNotUnderstoodMayHideAnEffect(_ status: String, _ body: String) throws {
    try withServer(Self.answer(status, body)) { path in
      let error = #expect(throws: AgentError.self) {
        try AgentClient(socketPath: path).remove(network)
      }
      #expect(error?.mayHaveTakenEffect == true)
    }
  }

  @Test func silentAgentIsGivenUp() throws {
    try withServer("wait()") { path in
      let error = #expect(throws: AgentError.self) {
        try AgentClient(socketPath: path).synchronise(within: .milliseconds(50))
      }
      #expect(error?.kind == .unanswered)
    }
  }

  @Test func missingAgentIsNamed() {
    let error = #expect(throws: AgentError.self) {
      try AgentClient(runDirectory: "/nonexistent").remove(network)
    }
    #expect(error?.kind == .notRunning)
  }
}
