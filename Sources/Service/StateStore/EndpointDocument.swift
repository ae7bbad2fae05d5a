import Addressing
import NetworkModel
import OrderedJSON

/// The JSON form of an endpoint. Empty members are left out.
enum EndpointDocument {
  static func encode(_ endpoint: Endpoint) -> [UInt8] { value(endpoint).bytes() }

  static func value(_ endpoint: Endpoint) -> JSONValue {
    var document = JSONObject()
    document[SchemaVersion.member] = JSONValue(SchemaVersion.current)
    document["id"] = .string(endpoint.id.description)
    document["network"] = .string(endpoint.network.description)
    document["container"] = ContainerDocument.encode(endpoint.container)
    document["interface"] = endpoint.interface.map(encode)
    document["route"] = encode(endpoint.route)
    document["connected"] = endpoint.connected.map { JSONValue($0.nanoseconds) }
    document["aliases"] = list(endpoint.settings.aliases)
    document["links"] = list(endpoint.settings.links)
    if !endpoint.settings.driverOptions.isEmpty {
      document["options"] = JSONValue(sorting: endpoint.settings.driverOptions)
    }
    document["chosen"] = list(endpoint.settings.chosenAddresses.map(\.description))
    document["plugin"] = endpoint.plugin.map(PluginEndpointDocument.encode)
    return .object(document)
  }

  static func decode(
    _ bytes: some Sequence<UInt8>, file: String
  ) throws(StateError) -> Endpoint {
    try SchemaVersion.read(bytes, file: file) { reader, schema throws(DocumentError) in
      try decode(reader, schema: schema)
    }
  }

  static func decode(_ reader: ObjectReader, schema: Int) throws(DocumentError) -> Endpoint {
    Endpoint(
      id: try reader.parsed("id") { EndpointID($0) },
      network: try reader.parsed("network") { NetworkID($0) },
      container: try ContainerDocument.decode(try reader.object("container"), schema: schema),
      interface: try decodeInterface(try reader.optionalObject("interface"), schema),
      route: try decodeRoute(try reader.object("route")),
      connected: try reader.optionalInteger("connected").map { Timestamp(nanoseconds: $0) },
      settings: EndpointSettings(
        aliases: try reader.optionalStrings("aliases") ?? [],
        links: try reader.optionalStrings("links") ?? [],
        driverOptions: try reader.optionalStringMap("options") ?? [:],
        chosenAddresses: try parsedList(reader, "chosen") { IPAddress($0) }),
      plugin: try PluginEndpointDocument.decode(try reader.optionalObject("plugin")))
  }

  private static func encode(_ interface: EndpointInterface) -> JSONValue {
    var object = JSONObject()
    object["hostName"] = interface.hostName.map { .string($0.description) }
    object["name"] = .string(interface.name.description)
    object["mac"] = interface.mac.map { .string($0.description) }
    object["addresses"] = list(interface.addresses.map(\.description))
    object["linkLocal"] = list(interface.linkLocalAddresses.map(\.description))
    return .object(object)
  }

  private static func decodeInterface(
    _ reader: ObjectReader?, _ schema: Int
  ) throws(DocumentError) -> EndpointInterface? {
    guard let reader else { return nil }
    // In schema 1, every interface has a host end and an address of its own.
    let isVeth = schema < 2
    return EndpointInterface(
      hostName: isVeth
        ? try reader.parsed("hostName") { try? InterfaceName($0) }
        : try reader.optionalParsed("hostName") { try? InterfaceName($0) },
      name: try reader.parsed("name") { try? InterfaceName($0) },
      mac: isVeth
        ? try reader.parsed("mac") { MACAddress($0) }
        : try reader.optionalParsed("mac") { MACAddress($0) },
      addresses: try parsedList(reader, "addresses") { try? IPPrefix(parsing: $0) },
      linkLocalAddresses: try parsedList(reader, "linkLocal") { IPAddress($0) })
  }

  private static func encode(_ route: RouteCandidate) -> JSONValue {
    var object = JSONObject()
    object["networkName"] = .string(route.networkName)
    if route.priority != 0 { object["priority"] = JSONValue(route.priority) }
    object["gateways"] = list(route.routes.gateways.map(\.description))
    object["onLink"] = list(route.routes.onLink.sorted().map(\.keyword))
    return .object(object)
  }

  private static func decodeRoute(_ reader: ObjectReader) throws(DocumentError) -> RouteCandidate {
    RouteCandidate(
      networkName: try reader.string("networkName"),
      priority: try reader.optionalInteger("priority") ?? 0,
      routes: OfferedRoutes(
        gateways: try parsedList(reader, "gateways") { IPAddress($0) },
        onLink: reader.object["onLink"] == nil ? [] : try FamilyName.decode(reader, "onLink")))
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
