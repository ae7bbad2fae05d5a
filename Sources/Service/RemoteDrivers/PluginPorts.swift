import Addressing
package import NetworkModel
import OrderedJSON

/// The ports that a plugin is to publish, in the engine's order: by host port, the highest first,
/// then by the container's port and the protocol.
package struct PluginPorts: Sendable {
  private let ports: [PortRequest]

  package init(_ ports: [PortRequest]) {
    func key(_ port: PortRequest) -> (Int, UInt16, String) {
      (-Int(port.hostPorts?.lowerBound ?? 0), port.containerPort, port.transport.name)
    }
    self.ports = ports.sorted { key($0) < key($1) }
  }

  /// The two options of the protocol, in order.
  var members: [(String, JSONValue)] {
    var exposed: [JSONValue] = []
    for port in ports {
      let entry: JSONValue = [
        "Proto": JSONValue(port.transport.rawValue), "Port": JSONValue(port.containerPort),
      ]
      if !exposed.contains(entry) { exposed.append(entry) }
    }
    let map = ports.map { port -> JSONValue in
      [
        "Proto": JSONValue(port.transport.rawValue), "IP": "",
        "Port": JSONValue(port.containerPort), "HostIP": .string(port.host?.description ?? ""),
        "HostPort": JSONValue(port.hostPorts?.lowerBound ?? 0),
        "HostPortEnd": JSONValue(port.hostPorts?.upperBound ?? 0),
      ]
    }
    return [
      ("com.docker.network.endpoint.exposedports", .array(exposed)),
      ("com.docker.network.portmap", .array(map)),
    ]
  }
}
