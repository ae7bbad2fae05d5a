import Addressing
import NetworkModel
import OrderedJSON

/// The JSON form of an endpoint. Empty members are left out.
enum EndpointDocument {
  static func encode(_ endpoint: Endpoint) -> [UInt8] {
    var document = JSONObject()
    document[SchemaVersion.member] = JSONValue(SchemaVersion.current)
    document["id"] = .string(endpoint.id.description)
    document["network"] = .string(endpoint.network.description)
    document["container"] = ContainerDocument.encode(endpoint.container)
    document["interface"] = endpoint.interface.map(encode)
    document["route"] = encode(endpoint.route)
    document["aliases"] = list(endpoint.settings.aliases)
    document["links"] = list(endpoint.settings.links)
    if !endpoint.settings.driverOptions.isEmpty {
      document["options"] = JSONValue(sorting: endpoint.settings.driverOptions)
    }
    return JSONValue.object(document).bytes()
  }

  static func decode(
    _ bytes: some Sequence<UInt8>, file: String
  ) throws(StateError) -> Endpoint {
    try SchemaVersion.read(bytes, file: file) { reader throws(DocumentError) in
      Endpoint(
        id: try reader.parsed("id") { EndpointID($0) },
        network: try reader.parsed("network") { NetworkID($0) },
        container: try ContainerDocument.decode(try reader.object("container")),
        interface: try decodeInterface(try reader.optionalObject("interface")),
        route: try decodeRoute(try reader.object("route")),
        settings: EndpointSettings(
          aliases: try reader.optionalStrings("aliases") ?? [],
          links: try reader.optionalStrings("links") ?? [],
          driverOptions: try reader.optionalStringMap("options") ?? [:]))
    }
  }

  private static func encode(_ interface: EndpointInterface) -> JSONValue {
    var object = JSONObject()
    object["hostName"] = .string(interface.hostName)
    object["name"] = .string(interface.name)
    object["mac"] = .string(interface.mac.description)
    object["addresses"] = list(interface.addresses.map(\.description))
    object["linkLocal"] = list(interface.linkLocalAddresses.map(\.description))
    return .object(object)
  }

  private static func decodeInterface(
    _ reader: ObjectReader?
  ) throws(DocumentError) -> EndpointInterface? {
    guard let reader else { return nil }
    return EndpointInterface(
      hostName: try reader.string("hostName"),
      name: try reader.string("name"),
      mac: try reader.parsed("mac") { MACAddress($0) },
      addresses: try parsedList(reader, "addresses") { try? IPPrefix(parsing: $0) },
      linkLocalAddresses: try parsedList(reader, "linkLocal") { IPAddress($0) })
  }

  private static func encode(_ route: RouteCandidate) -> JSONValue {
    var object = JSONObject()
    object["networkName"] = .string(route.networkName)
    if route.priority != 0 { object["priority"] = JSONValue(route.priority) }
    object["gateways"] = list(route.gateways.map(\.description))
    return .object(object)
  }

  private static func decodeRoute(_ reader: ObjectReader) throws(DocumentError) -> RouteCandidate {
    RouteCandidate(
      networkName: try reader.string("networkName"),
      priority: try reader.optionalInteger("priority") ?? 0,
      gateways: try parsedList(reader, "gateways") { IPAddress($0) })
  }

  private static func list(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : JSONValue(texts)
  }

  private static func parsedList<Value>(
    _ reader: ObjectReader, _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> [Value] {
    reader.object[name] == nil ? [] : try reader.parsedElements(name, by: parse)
  }
}
