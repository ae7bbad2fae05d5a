import Addressing
import EtcdMessages
import NetworkModel

/// The keys of the cluster store. Those of endpoints are grouped by network, so that a host watches
/// only the networks it is in.
package struct StoreKeys: Hashable, Sendable {
  /// What all keys begin with, with a slash at the end.
  let root: String

  /// Takes the path that the administrator chose; empty for none.
  package init(path: String = "") {
    let parts = path.split(separator: "/")
    root = "/" + (parts.map(String.init) + ["netctl", "v1"]).joined(separator: "/") + "/"
  }

  /// The version of the schema, and the identity of the cluster.
  var meta: String { root + "meta" }
  /// Changes whenever a subnet comes or goes, so that whoever has chosen one knows what it compared.
  var poolGuard: String { root + "guard/pools" }

  var nodes: EtcdKeys { .prefix(root + "nodes/") }
  var networks: EtcdKeys { .prefix(root + "networks/") }
  var presences: EtcdKeys { .prefix(root + "here/") }
  var pools: EtcdKeys { .prefix(root + "pools/") }
  var vnis: EtcdKeys { .prefix(root + "vni/") }
  var allEndpoints: EtcdKeys { .prefix(root + "ep/") }

  func node(_ id: HostID) -> String { "\(root)nodes/\(id)" }
  func name(_ name: String) -> String { "\(root)names/\(name)" }
  func network(_ id: NetworkID) -> String { "\(root)networks/\(id)" }
  func pool(_ subnet: IPPrefix) -> String { "\(root)pools/\(subnet)" }
  func vni(_ vni: UInt32) -> String {
    let digits = String(vni)
    return "\(root)vni/" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
  func address(_ address: IPAddress, of network: NetworkID) -> String {
    "\(root)ipam/\(network)/\(address)"
  }
  func endpoint(_ id: EndpointID, of network: NetworkID) -> String {
    "\(root)ep/\(network)/\(id)"
  }
  /// Has the endpoint of a container's name, of which a network has one.
  func member(_ container: String, of network: NetworkID) -> String {
    "\(root)members/\(network)/\(container)"
  }
  func presence(of host: HostID, on network: NetworkID) -> String {
    "\(root)here/\(network)/\(host)"
  }

  func addresses(of network: NetworkID) -> EtcdKeys { .prefix("\(root)ipam/\(network)/") }
  func endpoints(of network: NetworkID) -> EtcdKeys { .prefix("\(root)ep/\(network)/") }
  func members(of network: NetworkID) -> EtcdKeys { .prefix("\(root)members/\(network)/") }
  func presences(on network: NetworkID) -> EtcdKeys { .prefix("\(root)here/\(network)/") }

  /// What a key of those that are watched is about.
  enum Subject: Hashable {
    case node(HostID)
    case network(NetworkID)
    case presence(HostID, NetworkID)
    case endpoint(EndpointID, NetworkID)
  }

  /// What a key is about; nil for keys that are not watched, and for keys of other programs.
  func subject(of key: String) -> Subject? {
    guard key.hasPrefix(root) else { return nil }
    let words = key.dropFirst(root.count).split(
      separator: "/", omittingEmptySubsequences: false
    ).map(String.init)
    switch (words.first, words.count) {
    case ("nodes", 2): return HostID(words[1]).map { .node($0) }
    case ("networks", 2): return NetworkID(words[1]).map { .network($0) }
    case ("here", 3):
      guard let network = NetworkID(words[1]), let host = HostID(words[2]) else { return nil }
      return .presence(host, network)
    case ("ep", 3):
      guard let network = NetworkID(words[1]), let endpoint = EndpointID(words[2]) else {
        return nil
      }
      return .endpoint(endpoint, network)
    default: return nil
    }
  }

  /// The last part of keys such as those of subnets.
  func suffix(of key: String, behind folder: String) -> String? {
    let prefix = root + folder + "/"
    return key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
  }
}
