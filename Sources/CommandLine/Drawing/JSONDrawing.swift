import Addressing
import NetworkModel
import OrderedJSON

/// A graph as JSON.
enum JSONDrawing {
  static func document(of graph: NetworkGraph) -> JSONValue {
    [
      "Networks": .array(graph.networks.map(network)),
      "Containers": .array(
        graph.containers.enumerated().map { container($1, at: $0, in: graph) }),
    ]
  }

  private static func network(_ network: GraphNetwork) -> JSONValue {
    [
      "Id": .string(network.id.description),
      "Name": .string(network.name),
      "Driver": .string(network.driver.rawValue),
      "Bridge": .string(network.device ?? ""),
      "Internal": .bool(network.isInternal),
      "Subnets": .array(network.subnets.map(subnet)),
    ]
  }

  private static func subnet(_ subnet: GraphSubnet) -> JSONValue {
    let (kind, address) = words(subnet.egress.kind)
    return [
      "Subnet": .string(subnet.subnet.description),
      "Gateway": .string(subnet.gateway?.description ?? ""),
      "WayOut": .string(kind),
      "SourceAddress": .string(address?.description ?? ""),
      "Unprotected": .bool(subnet.egress.isUnprotected),
    ]
  }

  private static func words(_ kind: Egress.Kind) -> (String, IPAddress?) {
    switch kind {
    case .none: ("none", nil)
    case .masquerade: ("masquerade", nil)
    case .sourceAddress(let address): ("snat", address)
    case .routed: ("routed", nil)
    case .untranslated: ("untranslated", nil)
    case .plugin: ("plugin", nil)
    }
  }

  private static func container(
    _ container: GraphContainer, at position: Int, in graph: NetworkGraph
  ) -> JSONValue {
    let interfaces = graph.networks.flatMap { network in
      network.attachments.filter { $0.container == position }.map { attachment in
        interface(attachment, of: network)
      }
    }
    return [
      "Id": .string(container.id.description),
      "Name": .string(container.name),
      "Networks": JSONValue(container.memberships.map(\.name)),
      "Interfaces": .array(interfaces),
    ]
  }

  private static func interface(
    _ attachment: GraphAttachment, of network: GraphNetwork
  ) -> JSONValue {
    let interface = attachment.interface
    return [
      "Network": .string(network.name),
      "NetworkId": .string(network.id.description),
      "Name": .string(interface?.name.description ?? ""),
      "HostName": .string(interface?.hostName?.description ?? ""),
      "MacAddress": .string(interface?.mac?.description ?? ""),
      "Addresses": JSONValue(attachment.addresses),
      "Ports": JSONValue(attachment.ports),
      "DefaultRoute": JSONValue(attachment.routes.map(\.name)),
    ]
  }
}
