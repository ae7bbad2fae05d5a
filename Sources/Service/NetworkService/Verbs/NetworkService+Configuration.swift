import Addressing
package import Configuration
package import Drivers
import NetworkModel
import OrderedJSON

extension NetworkService {
  /// What drivers need to know of the host.
  package var hostSettings: HostSettings { configurationFile.configuration.host }

  /// The configuration that is in force: each key with its value, and the path of the file. Throws
  /// `configuration` for a file with something wrong in it.
  package func configurationInForce() throws(ServiceError) -> (
    path: String, entries: [ConfigurationEntry]
  ) {
    try checkConfiguration()
    var entries = configurationFile.entries
    let bridge = try recordedNetworks()?.first { $0.name == PredefinedNetwork.bridge.rawValue }
    for (key, family) in [("bip", AddressFamily.ipv4), ("bip6", .ipv6)] {
      let subnet = bridge?.subnets.first { $0.family == family }
      guard let index = entries.firstIndex(where: { $0.key == key && $0.value == .null }),
        let subnet, let address = subnet.gateway
      else { continue }
      entries[index].value = .string("\(address)/\(subnet.subnet.length)")
      entries[index].origin = .automatic
    }
    return (configurationFile.path, entries.sorted { $0.key < $1.key })
  }
}

extension ConfigurationFile {
  /// An error of the network `bridge` with the place of the key that causes it.
  func locating(_ error: ServiceError) -> ServiceError {
    for key in error.keysOfDefaultNetwork {
      if let line = line(of: key) {
        return .defaultNetwork(path: path, line: line, key: key, error)
      }
    }
    return error
  }
}

extension ServiceError {
  /// The keys that may cause an error of the network `bridge`; the likeliest first.
  fileprivate var keysOfDefaultNetwork: [String] {
    let addresses = ["bip", "bip6", "fixed-cidr", "fixed-cidr-v6"]
    switch self {
    case .definition(.auxiliaryAddressOutside(let name, _, _)),
      .definition(.auxiliaryAddressUnavailable(let name, _)):
      return [name.hasSuffix("6") ? "default-gateway-v6" : "default-gateway"]
    case .definition(.noMatchingSubnet(.range, let range)):
      return [range.contains(":") ? "fixed-cidr-v6" : "fixed-cidr"]
    case .definition(.noPool), .definition(.poolsExhausted): return ["default-address-pools"]
    case .definition(.bridgeNotFound), .device: return ["bridge"]
    case .definition: return addresses + ["bridge"]
    default: return []
    }
  }
}
