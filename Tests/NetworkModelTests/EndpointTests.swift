import Addressing
import NetworkModel
import Testing

struct EndpointTests {
  @Test func endpointOfAStoppedContainerKeepsWhatIsOnRecord() throws {
    let endpoint = Endpoint(
      id: try #require(EndpointID(String(repeating: "0", count: 64))),
      network: try #require(NetworkID(String(repeating: "1", count: 64))),
      container: Container(
        name: "c", path: "/c", boot: "b",
        namespace: NetworkNamespaceID(device: 1, inode: 2, cookie: 3)),
      interface: nil, route: RouteCandidate(networkName: "n"),
      connected: Timestamp(nanoseconds: 5), settings: EndpointSettings(aliases: ["web"]))

    let stopped = endpoint.stopped

    #expect(stopped.container.isStopped)
    #expect(stopped.connected == endpoint.connected)
    #expect(stopped.settings == endpoint.settings)
    #expect(stopped.route == endpoint.route)
  }
}
