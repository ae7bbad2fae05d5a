package import NetworkModel
package import OrderedJSON

/// The JSON form of an event, which is Docker's.
package enum EventDocument {
  static let type = "network"
  private static let nanosecondsPerSecond: Int64 = 1_000_000_000

  /// The event as a value with its members in Docker's order.
  package static func value(_ event: NetworkEvent) -> JSONValue {
    .object([
      "Type": .string(type),
      "Action": .string(event.action),
      "Actor": .object([
        "ID": .string(event.network), "Attributes": JSONValue(sorting: event.attributes),
      ]),
      "scope": .string(event.scope),
      "time": JSONValue(event.time.nanoseconds / nanosecondsPerSecond),
      "timeNano": JSONValue(event.time.nanoseconds),
    ])
  }

  static func line(_ event: NetworkEvent) -> [UInt8] {
    value(event).bytes() + [UInt8(ascii: "\n")]
  }

  /// The event in a line; nil if it is not one. What stands before it, because a full disk cut it
  /// off, is skipped.
  static func decode(_ line: ArraySlice<UInt8>) -> NetworkEvent? {
    if let event = decodeWhole(line) { return event }
    let start = Array("{\"Type\":".utf8)
    let offset = line.indices.dropFirst().last { line[$0...].starts(with: start) }
    return offset.flatMap { decodeWhole(line[$0...]) }
  }

  private static func decodeWhole(_ line: ArraySlice<UInt8>) -> NetworkEvent? {
    guard let value = try? JSONValue(parsing: Array(line)),
      let reader = try? ObjectReader(value)
    else { return nil }
    return try? decode(reader)
  }

  private static func decode(_ reader: ObjectReader) throws(DocumentError) -> NetworkEvent {
    let actor = try reader.object("Actor")
    return NetworkEvent(
      action: try reader.string("Action"), network: try actor.string("ID"),
      scope: try reader.string("scope"),
      attributes: try actor.optionalStringMap("Attributes") ?? [:],
      time: Timestamp(nanoseconds: try reader.integer("timeNano")))
  }
}
