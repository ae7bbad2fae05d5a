import NetworkModel

/// Paths in the state directory.
enum Layout {
  static let lock = "lock"
  /// Locks of single networks, held while a plugin is asked.
  static let locks = "locks"
  static let host = "host.json"
  static let defaultBridge = "bridge.json"
  static let networks = "networks"
  static let leases = "leases"
  static let endpoints = "endpoints"
  static let containers = "containers"
  static let ports = "ports"
  static let unfinished = "unfinished"
  /// What the agent saw of other hosts; only there once it has.
  static let overlay = "overlay"
  static let membership = overlay + "/hosts.json"
  static let folders = [networks, leases, endpoints, containers, ports, unfinished]

  static func network(_ id: NetworkID) -> String { network(id.description) }
  static func network(_ idText: String) -> String { networks + "/" + idText + ".json" }
  static func lock(of network: NetworkID) -> String { "\(locks)/\(network)" }
  static func leases(_ id: NetworkID) -> String { "\(leases)/\(id).json" }
  static func endpoints(of network: NetworkID) -> String { "\(endpoints)/\(network)" }
  static func endpoint(_ id: EndpointID, of network: NetworkID) -> String {
    "\(endpoints)/\(network)/\(id).json"
  }
  static func remoteEndpoints(of network: NetworkID) -> String { "\(overlay)/\(network)" }
  static func remoteEndpoint(_ id: EndpointID, of network: NetworkID) -> String {
    "\(overlay)/\(network)/\(id).json"
  }
  static func container(_ id: ContainerID) -> String { "\(containers)/\(id)" }
  /// The entry of an endpoint in the index of a container.
  static func entry(_ endpoint: Endpoint, of container: ContainerID) -> String {
    "\(containers)/\(container)/\(endpoint.network).\(endpoint.id)"
  }
  static func ports(of container: ContainerID) -> String {
    "\(containers)/\(container)/ports.json"
  }
  static func folder(of file: String) -> String {
    file.split(separator: "/").dropLast().joined(separator: "/")
  }
  static func reservation(_ ports: ReservedPorts) -> String {
    "\(Self.ports)/\(ports.name)"
  }
  static func unfinished(ports container: ContainerID) -> String {
    "\(unfinished)/ports-\(container).json"
  }
  static func subject(of file: String) -> StateError.Subject {
    let components = file.split(separator: "/").suffix(2).map(String.init)
    return switch components.last == host ? host : components.first {
    case host: .host
    case networks: .network
    case leases: .leases
    default: .other
    }
  }
  static let unfinishedNetworkPrefix = "network-"
  static func unfinished(network id: NetworkID) -> String {
    "\(unfinished)/\(unfinishedNetworkPrefix)\(id).json"
  }
  static let unfinishedUpdatePrefix = "update-"
  static func unfinished(update id: NetworkID) -> String {
    "\(unfinished)/\(unfinishedUpdatePrefix)\(id).json"
  }
  static let pluginEndpointPrefix = "plugin-"
  /// The pending change of an endpoint. Those in which plugins have a part outlast a boot.
  static func unfinished(endpoint: Endpoint) -> String {
    unfinished(endpoint: endpoint.id, hasPlugin: endpoint.plugin != nil)
  }
  static func unfinished(endpoint id: EndpointID, hasPlugin: Bool) -> String {
    "\(unfinished)/\(hasPlugin ? pluginEndpointPrefix : "endpoint-")\(id).json"
  }
}
