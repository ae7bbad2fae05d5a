import Addressing
import HTTPMessage
import NetworkModel
import Testing

@testable import AgentAPI

/// Requests as both sides see them.
struct AgentCallTests {
  private static let network = NetworkID(String(repeating: "a1", count: 32))!
  private static let endpoint = EndpointID(String(repeating: "b2", count: 32))!

  @Test(arguments: [
    (AgentCall.status, "GET /v1/status"),
    (.synchronise, "POST /v1/sync"),
    (.remove(network), "DELETE /v1/networks/\(network)"),
    (
      .disconnect(endpoint, from: network, isForced: false),
      "DELETE /v1/networks/\(network)/endpoints/\(endpoint)"
    ),
    (
      .disconnect(endpoint, from: network, isForced: true),
      "DELETE /v1/networks/\(network)/endpoints/\(endpoint)?force=true"
    ),
    (.barrier(network, revision: 17), "POST /v1/networks/\(network)/barrier"),
  ])
  func callIsReadAsItWasWritten(_ call: AgentCall, _ line: String) throws {
    let request = call.request

    let read = try AgentCall(request.method.rawValue, request.target, body: request.body!)

    #expect("\(request.method.rawValue) \(request.target)" == line)
    #expect("\(read!)" == "\(call)")
  }

  @Test func endpointIsReadAsItWasWritten() throws {
    let endpoint = EndpointRequest(
      id: Self.endpoint, container: ContainerID(String(repeating: "c3", count: 32))!,
      containerName: "web \"1\"", aliases: ["www", "api"], families: [.ipv4, .ipv6],
      addresses: [IPAddress("10.0.0.9")!], mac: MACAddress("02:42:0a:00:00:09"))
    let request = AgentCall.connect(endpoint, to: Self.network).request

    let read = try AgentCall(request.method.rawValue, request.target, body: request.body!)

    guard case .connect(let result, Self.network) = read else {
      Issue.record("not a connect call: \(String(describing: read))")
      return
    }
    #expect(result.value == endpoint.value)
    #expect(result.containerName == "web \"1\"")
    #expect(result.families == [.ipv4, .ipv6])
    #expect(result.addresses == endpoint.addresses)
    #expect(result.mac == endpoint.mac)
  }

  @Test func networkIsReadAsItWasWritten() throws {
    let network = Network(
      id: Self.network, name: "backend", created: Timestamp(nanoseconds: 1), scope: "global",
      driver: DriverName(rawValue: "overlay"),
      ipam: IPAMConfiguration(
        subnets: [SubnetConfiguration(subnet: try IPPrefix(parsing: "10.0.0.0/24"))]),
      options: ["com.docker.network.driver.mtu": "1400"], labels: ["a": "b"])
    let request = AgentCall.create(network).request

    let read = try AgentCall(request.method.rawValue, request.target, body: request.body!)

    guard case .create(network) = read else {
      Issue.record("not a create call: \(String(describing: read))")
      return
    }
  }

  @Test(arguments: [
    ("GET", "/v1/networks"), ("PUT", "/v1/status"), ("GET", "/"), ("GET", ""),
    ("POST", "/v1/networks/\(network)/other"), ("POST", "/v2/sync"),
  ])
  func otherTargetsAreNoCalls(_ method: String, _ target: String) throws {
    #expect(try AgentCall(method, target, body: []) == nil)
  }

  @Test(arguments: [
    ("DELETE", "/v1/networks/1", ""),
    ("POST", "/v1/networks", ""),
    ("POST", "/v1/networks", #"{"id": 1}"#),
    ("POST", "/v1/networks/\(network)/barrier", #"{"revision": "1"}"#),
    ("POST", "/v1/networks/\(network)/endpoints", "[]"),
  ])
  func invalidRequestsAreRefused(_ method: String, _ target: String, _ body: String) {
    let error = #expect(throws: AgentError.self) {
      try AgentCall(method, target, body: Array(body.utf8))
    }
    #expect(error?.kind == .invalid)
  }
}
