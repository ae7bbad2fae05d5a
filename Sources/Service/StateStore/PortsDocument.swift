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
    let runs = PortRun.runs(of: change.ports)
    document[SchemaVersion.member] = JSONValue(
      runs.count < change.ports.count ? SchemaVersion.withPortRuns : SchemaVersion.current)
    document["container"] = ContainerDocument.encode(change.container)
    document["ports"] = .array(runs.map(encode))
    document["endpoint"] = change.endpoint.map { .string($0.description) }
    return JSONValue.object(document).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> PortChange {
    try SchemaVersion.read(bytes, file: file, upTo: SchemaVersion.withPortRuns) {
      reader, schema throws(DocumentError) in
      var ports: [PublishedPort] = []
      for run in try reader.objects("ports") { ports += try decode(run).ports }
      return PortChange(
        ports,
        of: try ContainerDocument.decode(try reader.object("container"), schema: schema),
        with: try reader.optionalParsed("endpoint") { EndpointID($0) })
    }
  }

  private static func encode(_ run: PortRun) -> JSONValue {
    let port = run.first
    var object = JSONObject()
    object["host"] = .string(port.host.description)
    object["hostPort"] = port.hostPort.map { JSONValue($0) }
    object["protocol"] = .string(port.transport.name)
    object["containerPort"] = JSONValue(port.containerPort)
    if run.count > 1 { object["count"] = JSONValue(run.count) }
    return .object(object)
  }

  private static func decode(_ reader: ObjectReader) throws(DocumentError) -> PortRun {
    let first = PublishedPort(
      host: try reader.parsed("host") { IPAddress($0) },
      hostPort: try reader.optionalInteger("hostPort"),
      transport: try reader.parsed("protocol") { Transport(name: $0) },
      containerPort: try reader.integer("containerPort"))
    let count: Int = try reader.optionalInteger("count") ?? 1
    guard let run = PortRun(first, count: count) else {
      throw reader.failure("count", expected: .integer(type: "count of ports"))
    }
    return run
  }
}
