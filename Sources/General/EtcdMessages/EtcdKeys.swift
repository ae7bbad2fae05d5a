/// One key, or all in an interval, bytewise.
package struct EtcdKeys: Hashable, Sendable {
  /// The key, or the first of the interval.
  package let key: [UInt8]
  /// The end of the interval, which does not belong to it; nil for one key.
  package let end: [UInt8]?

  /// One key.
  package static func key(_ key: String) -> EtcdKeys { EtcdKeys(key: Array(key.utf8), end: nil) }

  /// All keys that begin with a prefix, which is not empty.
  package static func prefix(_ prefix: String) -> EtcdKeys {
    let bytes = Array(prefix.utf8)
    guard let index = bytes.lastIndex(where: { $0 < 0xff }) else {
      // A single 0 stands for the end of all keys.
      return EtcdKeys(key: bytes.isEmpty ? [0] : bytes, end: [0])
    }
    var end = Array(bytes[...index])
    end[index] += 1
    return EtcdKeys(key: bytes, end: end)
  }

  /// Appends both as the fields that most messages have in front.
  func append(to bytes: inout [UInt8]) {
    bytes.append(1, key)
    bytes.append(2, end ?? [])
  }
}

/// A key and what etcd keeps of it.
package struct EtcdKeyValue: Hashable, Sendable {
  package var key: [UInt8] = []
  package var value: [UInt8] = []
  /// The revision at which it was created.
  package var createRevision: Int64 = 0
  /// The revision at which it was last written; in a deletion, that of the deletion.
  package var modRevision: Int64 = 0
  /// How often it was written since it was created.
  package var version: Int64 = 0
  /// The lease with which it ends; 0 for none.
  package var lease: Int64 = 0

  /// The key, which is text in every use here.
  package var keyText: String { String(decoding: key, as: UTF8.self) }

  package init() {}

  init(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: key = Array(try field.bytes)
      case 2: createRevision = try field.integer
      case 3: modRevision = try field.integer
      case 4: version = try field.integer
      case 5: value = Array(try field.bytes)
      case 6: lease = try field.integer
      default: break
      }
    }
  }
}

/// What every response says of the server.
package struct EtcdHeader: Hashable, Sendable {
  package var cluster: UInt64 = 0
  package var member: UInt64 = 0
  /// The revision of the store when the request was served.
  package var revision: Int64 = 0

  package init() {}

  init(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: cluster = try field.natural
      case 2: member = try field.natural
      case 3: revision = try field.integer
      default: break
      }
    }
  }
}
