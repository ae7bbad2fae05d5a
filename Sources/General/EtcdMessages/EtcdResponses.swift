/// Keys that were read.
package struct EtcdRangeResult: EtcdResponse, Hashable {
  package var header = EtcdHeader()
  package var keyValues: [EtcdKeyValue] = []
  /// Whether there are more than the limit.
  package var isPartial = false
  /// How many there are.
  package var count: Int64 = 0

  package init(_ message: [UInt8]) throws(EtcdMessageError) { try self.init(message[...]) }

  init(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: header = try EtcdHeader(field.bytes)
      case 2: keyValues.append(try EtcdKeyValue(field.bytes))
      case 3: isPartial = try field.bool
      case 4: count = try field.integer
      default: break
      }
    }
  }
}

/// A lease, as it was granted or renewed.
package struct EtcdLease: EtcdResponse, Hashable {
  package var header = EtcdHeader()
  package var id: Int64 = 0
  /// How long it lasts from now, in seconds; 0 or less if a renewed one does not exist any more.
  package var seconds: Int64 = 0

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      switch field.number {
      case 1: header = try EtcdHeader(field.bytes)
      case 2: id = try field.integer
      case 3: seconds = try field.integer
      default: break
      }
    }
  }
}

/// A response that says nothing more.
package struct EtcdEmptyResult: EtcdResponse, Hashable {
  package var header = EtcdHeader()

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      if field.number == 1 { header = try EtcdHeader(field.bytes) }
    }
  }
}

/// What stands for a user in further calls.
package struct EtcdToken: EtcdResponse {
  package var token = ""

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      if field.number == 2 { token = try field.string }
    }
  }
}

/// What a member says of itself.
package struct EtcdStatusResult: EtcdResponse, Hashable {
  package var header = EtcdHeader()
  package var version = ""
  /// The size of the database, in bytes.
  package var databaseSize: Int64 = 0
  /// The member that leads; 0 for none.
  package var leader: UInt64 = 0

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      switch field.number {
      case 1: header = try EtcdHeader(field.bytes)
      case 2: version = try field.string
      case 3: databaseSize = try field.integer
      case 4: leader = try field.natural
      default: break
      }
    }
  }
}
