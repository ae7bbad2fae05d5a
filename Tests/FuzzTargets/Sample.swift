import Addressing
import NetworkModel

/// What templates and filters are run on.
enum Sample {
  static let status: NetworkStatus = {
    let id = NetworkID(String(repeating: "0a", count: 32))!
    let subnet = try! IPPrefix(parsing: "10.0.0.0/24")
    let network = Network(
      id: id, name: "net1", created: Timestamp(nanoseconds: 1_795_232_547_886_594_769),
      driver: .bridge,
      ipam: IPAMConfiguration(
        subnets: [SubnetConfiguration(subnet: subnet, gateway: IPAddress("10.0.0.1"))]),
      options: ["com.docker.network.driver.mtu": "1400"], labels: ["a": "1", "日本": "<&>"])
    let endpoint = Endpoint(
      id: EndpointID(String(repeating: "0e", count: 32))!, network: id,
      container: Container(
        name: "web", path: "/run/netns/web",
        boot: "b", namespace: NetworkNamespaceID(device: 4, inode: 7, cookie: 1)),
      interface: nil, route: RouteCandidate(networkName: "net1"))
    return NetworkStatus(
      network: network, endpoints: [endpoint],
      usage: [SubnetUsage(subnet: subnet, inUse: 3, available: .max)])
  }()
}
