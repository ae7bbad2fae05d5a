import Addressing
import NetworkModel
import OrderedJSON

/// The JSON form of what plugins have a part in of an endpoint. Empty members are left out.
enum PluginEndpointDocument {
  static func encode(_ plugin: PluginEndpoint) -> JSONValue {
    var object = JSONObject()
    object["phase"] = .string(plugin.phase.rawValue)
    object["begun"] = JSONValue(plugin.begun.nanoseconds)
    object["leases"] = list(plugin.leases) { lease in
      ["pool": .string(lease.pool), "address": .string(lease.address.description)]
    }
    object["source"] = plugin.sourceName.map { .string($0.description) }
    object["routes"] = list(plugin.routes) { route in
      var object: JSONObject = ["destination": .string(route.destination.description)]
      object["nextHop"] = route.nextHop.map { .string($0.description) }
      return object
    }
    object["sandbox"] = plugin.sandboxKey.map { .string($0) }
    object["ports"] = list(plugin.ports, encode)
    return .object(object)
  }

  static func decode(_ reader: ObjectReader?) throws(DocumentError) -> PluginEndpoint? {
    guard let reader else { return nil }
    var plugin = PluginEndpoint(
      try reader.parsed("phase") { PluginEndpoint.Phase(rawValue: $0) },
      begun: Timestamp(nanoseconds: try reader.integer("begun")))
    plugin.leases = try list(reader, "leases") { (lease) throws(DocumentError) in
      PluginEndpoint.Lease(
        pool: try lease.string("pool"), address: try lease.parsed("address") { IPAddress($0) })
    }
    plugin.sourceName = try reader.optionalParsed("source") { try? InterfaceName($0) }
    plugin.routes = try list(reader, "routes") { (route) throws(DocumentError) in
      StaticRoute(
        try route.parsed("destination") { try? IPPrefix(parsing: $0) },
        via: try route.optionalParsed("nextHop") { IPAddress($0) })
    }
    plugin.sandboxKey = try reader.optionalString("sandbox")
    plugin.ports = try list(reader, "ports", decode)
    return plugin
  }

  private static func encode(_ port: PortRequest) -> JSONObject {
    var object = JSONObject()
    object["host"] = port.host.map { .string($0.description) }
    if let hostPorts = port.hostPorts {
      object["first"] = JSONValue(hostPorts.lowerBound)
      object["last"] = JSONValue(hostPorts.upperBound)
    }
    object["protocol"] = .string(port.transport.name)
    object["containerPort"] = JSONValue(port.containerPort)
    return object
  }

  private static func decode(_ reader: ObjectReader) throws(DocumentError) -> PortRequest {
    let first = try reader.optionalInteger("first", as: UInt16.self)
    let last = try reader.optionalInteger("last", as: UInt16.self)
    return PortRequest(
      host: try reader.optionalParsed("host") { IPAddress($0) },
      hostPorts: first.map { $0...max($0, last ?? $0) },
      transport: try reader.parsed("protocol") { Transport(name: $0) },
      containerPort: try reader.integer("containerPort"))
  }

  private static func list<Element>(
    _ elements: [Element], _ encode: (Element) -> JSONObject
  ) -> JSONValue? {
    elements.isEmpty ? nil : .array(elements.map { .object(encode($0)) })
  }

  private static func list<Element>(
    _ reader: ObjectReader, _ name: String,
    _ decode: (ObjectReader) throws(DocumentError) -> Element
  ) throws(DocumentError) -> [Element] {
    guard reader.object[name] != nil else { return [] }
    var elements: [Element] = []
    for element in try reader.objects(name) { elements.append(try decode(element)) }
    return elements
  }
}
