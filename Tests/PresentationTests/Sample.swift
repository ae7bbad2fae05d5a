import Addressing
import NetworkModel

/// A network with one endpoint.
enum Sample {
  static let created = Timestamp(nanoseconds: 1_795_232_547_886_594_769)

  static func network(
    named name: String = "n1", digit: String = "a", labels: [String: String] = ["k": "v"],
    options: [String: String] = [:]
  ) -> Network {
    Network(
      id: NetworkID(String(repeating: digit, count: 64))!, name: name, created: created,
      driver: .bridge, families: [.ipv4],
      ipam: IPAMConfiguration(
        options: [:],
        subnets: [
          SubnetConfiguration(
            subnet: prefix("10.66.0.0/24"), range: nil, gateway: IPAddress("10.66.0.1"),
            auxiliaryAddresses: [:])
        ]),
      options: options, labels: labels)
  }

  static func status(named name: String = "n1") -> NetworkStatus {
    NetworkStatus(
      network: network(named: name), endpoints: [endpoint],
      usage: [SubnetUsage(subnet: prefix("10.66.0.0/24"), inUse: 4, available: 252)])
  }

  static var containerID: String { endpoint.container.id.description }

  static var endpoint: Endpoint {
    let container = Container(
      name: "web", path: "/run/netns/web",
      boot: "b", namespace: NetworkNamespaceID(device: 4, inode: 7, cookie: 1))
    return Endpoint(
      id: EndpointID(String(repeating: "e", count: 64))!,
      network: NetworkID(String(repeating: "a", count: 64))!, container: container,
      interface: EndpointInterface(
        hostName: "vetheeeeeee", name: "eth0", mac: MACAddress("02:42:0a:42:00:02")!,
        addresses: [prefix("10.66.0.2/24")]),
      route: RouteCandidate(networkName: "n1"))
  }

  static func prefix(_ text: String) -> IPPrefix { try! IPPrefix(parsing: text) }
}
