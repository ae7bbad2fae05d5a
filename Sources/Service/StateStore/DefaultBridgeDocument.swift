import OrderedJSON

/// The JSON form of the digest of the settings that the network `bridge` was recorded with.
enum DefaultBridgeDocument {
  static func encode(_ digest: String) -> [UInt8] {
    JSONValue.object([
      SchemaVersion.member: JSONValue(SchemaVersion.current), "settings": .string(digest),
    ]).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> String {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      try reader.string("settings")
    }
  }
}
