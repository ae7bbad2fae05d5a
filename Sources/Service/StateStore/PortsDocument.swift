import Addressing
import NetworkModel
import OrderedJSON

/// The JSON form of a container's ports, and of a change to them.
enum PortsDocument {
  static func encode(_ ports: ContainerPorts) -> [UInt8] {
    encode(PortChange(ports.ports, of: ports.container))
  }

  static func encode(_ change: PortChange) -> [UInt8] {
    var document = JSONObject()
    document[SchemaVersion.member] = JSONValue(SchemaVersion.current)
    document["container"] = ContainerDocument.encode(change.container)
    document["ports"] = .array(change.ports.map(encode))
    document["endpoint"] = change.endpoint.map { .string($0.description) }
    return JSONValue.object(document).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> PortChange {
    try SchemaVersion.read(bytes, file: file) { reader, schema throws(DocumentError) in
      var ports: [PublishedPort] = []
      for port in try reader.objects("ports") { ports.append(try decode(port)) }
      return PortChange(
        ports,
        of: try ContainerDocument.decode(try reader.object("container"), schema: schema),
        with: try reader.optionalParsed("endpoint") { EndpointID($0) })
    }
  }

  private static func encode(_ port: PublishedPort) -> JSONValue {
    var object = JSONObject()
    object["host"] = .string(port.host.description)
    object["hostPort"] = port.hostPort.map { JSONValue($0) }
    object["protocol"] = .string(port.transport.name)
    object["containerPort"] = JSONValue(port.containerPort)
    return .object(object)
  }

  private static func decode(_ reader: ObjectReader) throws(DocumentError) -> PublishedPort {
    PublishedPort(
      host: try reader.parsed("host") { IPAddress($0) },
      hostPort: try reader.optionalInteger("hostPort"),
      transport: try reader.parsed("protocol") { Transport(name: $0) },
      containerPort: try reader.integer("containerPort"))
  }
}
