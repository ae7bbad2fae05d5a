import Addressing
import OrderedJSON

/// The JSON form of the host record.
enum HostDocument {
  static func encode(_ host: HostRecord) -> [UInt8] {
    let families = host.forwarding.sorted().map(\.keyword)
    return JSONValue.object([
      SchemaVersion.member: JSONValue(SchemaVersion.current),
      "localIPv6Block": .string(host.localIPv6Block.description),
      "boot": .string(host.boot),
      "namespace": JSONValue(host.namespace),
      "forwarding": JSONValue(families),
      "restored": JSONValue(host.isRestored),
    ]).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> HostRecord {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      HostRecord(
        localIPv6Block: try reader.parsed("localIPv6Block") { try? IPPrefix(parsing: $0) },
        boot: try reader.string("boot"),
        namespace: try reader.integer("namespace"),
        forwarding: try FamilyName.decode(reader, "forwarding"),
        isRestored: try reader.optionalBoolean("restored") ?? false)
    }
  }
}
