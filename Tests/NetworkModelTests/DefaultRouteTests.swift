import Addressing
import NetworkModel
import Testing

/// Who owns a container's default route; each row lists candidates as `name priority families`.
struct DefaultRouteTests {
  @Test(
    arguments: [
      ("nothing to choose from", [], nil, nil),
      ("internal networks offer nothing", ["a 9 -", "b 0 -"], nil, nil),
      ("the only one", ["z 0 4"], "z", nil),
      ("lower name", ["z1 0 4", "a1 0 4"], "a1", nil),
      ("names compare bytewise", ["net10 0 4", "net2 0 4", "Net3 0 4"], "Net3", nil),
      ("a name before its continuation", ["ab 0 4", "a 0 4"], "a", nil),
      ("priority before name", ["a 0 4", "z 1 4"], "z", nil),
      ("negative priority", ["a -1 4", "z 0 4"], "z", nil),
      ("priority of an internal network counts for nothing", ["a 9 -", "z 0 4"], "z", nil),
      ("dual stack before single", ["a 0 4", "z 0 46"], "z", "z"),
      ("priority before dual stack", ["a 1 4", "z 0 46"], "a", "z"),
      ("each family on its own", ["v4 5 4", "v6 5 6", "dual 0 46"], "v4", "v6"),
      ("IPv6 only", ["b 0 6", "a 0 6"], nil, "a"),
      (
        "extreme priorities",
        ["a \(Int64.min) 46", "b \(Int64.max) 46", "c 0 46"], "b", "b"
      ),
    ] as [(String, [String], String?, String?)])
  func ownerFollowsDocker(
    _ row: String, _ candidates: [String], ipv4: String?, ipv6: String?
  ) throws {
    let endpoints = try candidates.map(endpoint)

    #expect(endpoints.defaultRouteOwner(.ipv4)?.route.networkName == ipv4, "\(row)")
    #expect(endpoints.defaultRouteOwner(.ipv6)?.route.networkName == ipv6, "\(row)")
    #expect(endpoints.reversed().defaultRouteOwner(.ipv4)?.route.networkName == ipv4, "\(row)")
  }

  private func endpoint(_ text: String) throws -> Endpoint {
    let parts = text.split(separator: " ").map(String.init)
    let gateways = [("4", "10.0.0.1"), ("6", "fd00::1")].filter { parts[2].contains($0.0) }
    return Endpoint(
      id: try #require(EndpointID(String(repeating: "0", count: 64))),
      network: try #require(NetworkID(String(repeating: "1", count: 64))),
      container: Container(
        name: "c", path: "/c",
        boot: "b", namespace: NetworkNamespaceID(device: 1, inode: 2, cookie: 3)),
      interface: nil,
      route: RouteCandidate(
        networkName: parts[0], priority: try #require(Int64(parts[1])),
        routes: OfferedRoutes(gateways: gateways.compactMap { IPAddress($0.1) })))
  }
}
