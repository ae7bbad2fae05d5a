import NetworkModel
import OrderedJSON

/// The JSON form of a pending change of a network: the documents before and after.
enum UpdateDocument {
  static func encode(_ update: NetworkUpdate) -> [UInt8] {
    var document = JSONObject()
    document[SchemaVersion.member] = JSONValue(SchemaVersion.current)
    document["old"] = NetworkDocument.value(update.old)
    document["new"] = NetworkDocument.value(update.new)
    document["endpoints"] = .array(
      update.endpoints.map { endpoint in
        .object([
          "old": EndpointDocument.value(endpoint.old), "new": EndpointDocument.value(endpoint.new),
        ])
      })
    return JSONValue.object(document).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> NetworkUpdate {
    try SchemaVersion.read(bytes, file: file) { reader, schema throws(DocumentError) in
      var endpoints: [NetworkUpdate.EndpointUpdate] = []
      for endpoint in try reader.objects("endpoints") {
        endpoints.append(
          NetworkUpdate.EndpointUpdate(
            old: try EndpointDocument.decode(try endpoint.object("old"), schema: schema),
            new: try EndpointDocument.decode(try endpoint.object("new"), schema: schema)))
      }
      return NetworkUpdate(
        old: try NetworkDocument.decode(try reader.object("old")),
        new: try NetworkDocument.decode(try reader.object("new")), endpoints: endpoints)
    }
  }
}
