import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

extension Network {
  /// The network's driver.
  func makeDriver() throws -> any NetworkDriver {
    try #require(try DriverRegistry.builtIn.driver(of: self))
  }

  /// The network's driver, which publishes ports.
  func makePublisher() throws -> any PortPublishing {
    try #require(try makeDriver() as? any PortPublishing)
  }
}

/// Networks and endpoints to look at.
enum Sample {
  static let networkID = NetworkID(String(repeating: "0123456789abcdef", count: 4))!
  static let endpointID = EndpointID(String(repeating: "fedcba9876543210", count: 4))!
  static let bridgeName = InterfaceName("br-0123456789ab")

  static func network(
    name: String = "n", driver: DriverName = .bridge,
    families: Set<AddressFamily> = [.ipv4, .ipv6],
    isInternal: Bool = false, options: [String: String] = [:], hasGateways: Bool = true
  ) -> Network {
    self.network(
      name: name, driver: driver,
      subnets: [("10.0.0.0/24", "10.0.0.1"), ("fd00::/64", "fd00::1")].map {
        ($0.0, hasGateways ? $0.1 : nil)
      }, families: families, isInternal: isInternal, options: options)
  }

  static func network(
    name: String = "n", driver: DriverName = .bridge, subnets: [(String, String?)],
    families: Set<AddressFamily>, isInternal: Bool = false, options: [String: String] = [:]
  ) -> Network {
    let subnets = subnets.map {
      SubnetConfiguration(
        subnet: try! IPPrefix(parsing: $0.0), gateway: $0.1.flatMap { IPAddress($0) })
    }
    return Network(
      id: networkID, name: name, created: Timestamp(nanoseconds: 0), driver: driver,
      families: families,
      ipam: IPAMConfiguration(subnets: subnets.filter { families.contains($0.subnet.family) }),
      isInternal: isInternal,
      options: Dictionary(
        uniqueKeysWithValues: options.map { ("com.docker.network." + $0.key, $0.value) }))
  }

  static func endpoint(
    addresses: [String] = ["10.0.0.2/24", "fd00::2/64"], linkLocal: [String] = [],
    options: [String: String] = [:]
  ) -> Endpoint {
    Endpoint(
      id: endpointID, network: networkID,
      container: Container(
        name: "c", path: "/run/netns/c",
        boot: "b", namespace: NetworkNamespaceID(device: 1, inode: 2, cookie: 3)),
      interface: EndpointInterface(
        hostName: "vethfedcba9", name: "eth0", mac: MACAddress("02:42:0a:00:00:02")!,
        addresses: addresses.map { try! IPPrefix(parsing: $0) },
        linkLocalAddresses: linkLocal.compactMap { IPAddress($0) }),
      route: RouteCandidate(networkName: "n"),
      settings: EndpointSettings(driverOptions: options))
  }
}
