import OrderedJSON

/// The schema version of the documents. A newer one is refused, an older one is accepted: the
/// document is replaced by one of this version when what it describes changes.
enum SchemaVersion {
  static let current = 2
  /// That of the ports of a container if some of them follow each other.
  static let withPortRuns = 3
  static let member = "schema"

  /// Reads a document: parses it, checks its version and passes both to `decode`.
  static func read<Value>(
    _ bytes: some Sequence<UInt8>, file: String, upTo latest: Int = current,
    _ decode: (ObjectReader, Int) throws(DocumentError) -> Value
  ) throws(StateError) -> Value {
    let value = try parse(Array(bytes), file: file)
    do throws(DocumentError) {
      let reader = try ObjectReader(value)
      let version = try reader.integer(member, as: Int.self)
      if version <= latest { return try decode(reader, version) }
    } catch {
      throw .malformed(file: file, error)
    }
    throw .newerSchema(file: file)
  }

  private static func parse(_ bytes: [UInt8], file: String) throws(StateError) -> JSONValue {
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw .notJSON(file: file, error)
    }
  }
}
