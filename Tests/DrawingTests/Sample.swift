import Addressing
import NetworkModel

@testable import Drawing

/// A host with everything that drawings show.
enum Sample {
  /// Names that mean something in one of the languages.
  static let hostile = "a\"b'<c>&d\\n\n\u{1b}[31m#1; %s 日本"

  /// A network with a container on it and on another, what it publishes, and each way out.
  static let graph = NetworkGraph(
    [
      status(
        "front", "a", ["10.1.0.0/24": "10.1.0.1", "fd00:1::/64": "fd00:1::1"],
        [
          endpoint("web", 1, on: "a", "front", "10.1.0.2/24", "fd00:1::2/64"),
          endpoint("api", 2, on: "a", "front", "10.1.0.10/24"),
        ]),
      status(
        "back", "b", ["10.2.0.0/24": "10.2.0.1"], isInternal: true,
        [endpoint("web", 1, on: "b", "back", "10.2.0.2/24", gateways: [])]),
      status(
        "plain", "c", ["10.3.0.0/24": "10.3.0.1"], option("gateway_mode_ipv4", "nat-unprotected")),
      status(
        "routed", "d", ["10.4.0.0/24": "10.4.0.1"], option("gateway_mode_ipv4", "routed"),
        [endpoint("db", 3, on: "d", "routed", "10.4.0.3/24", gateways: [])]),
      status(
        "under", "e", ["10.5.0.0/24": "10.5.0.1"], ["com.docker.network.host_ipv4": "192.0.2.7"]),
      status(
        "own", "f", ["10.6.0.0/24": "10.6.0.1"], option("enable_ip_masquerade", "false")),
    ],
    ports: [
      endpointID(1, "a"): [
        PublishedPort(
          host: IPAddress("0.0.0.0")!, hostPort: 8080, transport: .tcp, containerPort: 80),
        PublishedPort(host: IPAddress("::")!, hostPort: 53, transport: .udp, containerPort: 53),
      ],
      endpointID(3, "d"): [
        PublishedPort(
          host: IPAddress("0.0.0.0")!, hostPort: nil, transport: .tcp, containerPort: 5432)
      ],
    ])

  /// Two networks that share a container, all with hostile names.
  static let hostileGraph = NetworkGraph([
    status(
      hostile, "a", ["10.1.0.0/24": "10.1.0.1"],
      [endpoint(hostile, 1, on: "a", hostile, "10.1.0.2/24")]),
    status(
      String(repeating: "界", count: 300), "b", ["10.2.0.0/24": "10.2.0.1"],
      [
        endpoint(hostile, 1, on: "b", "w", "10.2.0.2/24"),
        endpoint(hostile, 2, on: "b", "w", "10.2.0.3/24"),
      ]),
  ])

  static func status(
    _ name: String, _ digit: String, _ subnets: KeyValuePairs<String, String>,
    isInternal: Bool = false, _ options: [String: String] = [:], _ endpoints: [Endpoint] = []
  ) -> NetworkStatus {
    let subnets = subnets.map {
      SubnetConfiguration(subnet: prefix($0.key), gateway: IPAddress($0.value))
    }
    return NetworkStatus(
      network: Network(
        id: networkID(digit), name: name, created: Timestamp(nanoseconds: 0), driver: .bridge,
        families: Set(subnets.map(\.subnet.family)), ipam: IPAMConfiguration(subnets: subnets),
        isInternal: isInternal, options: options),
      endpoints: endpoints)
  }

  static func status(
    _ name: String, _ digit: String, _ subnets: KeyValuePairs<String, String>,
    isInternal: Bool = false, _ endpoints: [Endpoint]
  ) -> NetworkStatus {
    status(name, digit, subnets, isInternal: isInternal, [:], endpoints)
  }

  static func endpoint(
    _ name: String, _ number: UInt64, on digit: String, _ network: String, _ addresses: String...,
    gateways: [IPAddress] = [IPAddress("10.1.0.1")!, IPAddress("fd00:1::1")!]
  ) -> Endpoint {
    let prefixes = addresses.map(prefix)
    return Endpoint(
      id: endpointID(number, digit), network: networkID(digit),
      container: Container(
        name: name, path: "/run/netns/c",
        boot: "b", namespace: NetworkNamespaceID(device: 4, inode: number, cookie: number)),
      interface: EndpointInterface(
        hostName: try! InterfaceName("veth\(number)\(digit)"),
        name: gateways.isEmpty ? "eth1" : "eth0",
        mac: MACAddress("02:42:0a:01:00:0\(number)")!, addresses: prefixes),
      route: RouteCandidate(
        networkName: network,
        routes: OfferedRoutes(
          gateways: gateways.filter { gateway in
            prefixes.contains { $0.family == gateway.family }
          })))
  }

  private static func option(_ name: String, _ value: String) -> [String: String] {
    ["com.docker.network.bridge." + name: value]
  }

  private static func networkID(_ digit: String) -> NetworkID {
    NetworkID(String(repeating: digit, count: 64))!
  }

  private static func endpointID(_ number: UInt64, _ digit: String) -> EndpointID {
    EndpointID(String(repeating: "\(number)\(digit)", count: 32))!
  }

  private static func prefix(_ text: String) -> IPPrefix { try! IPPrefix(parsing: text) }
}
