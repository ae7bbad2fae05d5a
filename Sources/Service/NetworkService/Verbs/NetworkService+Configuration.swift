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
