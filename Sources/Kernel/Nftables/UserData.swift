import Netlink

/// User data that the kernel stores for nft without interpreting it.
///
/// Types are per object: 0 is the comment of a chain, but the key byte order of a set.
enum UserData {
  static let chainComment: UInt8 = 0
  static let ruleComment: UInt8 = 0
  static let setKeyByteOrder: UInt8 = 0
  static let setDataByteOrder: UInt8 = 1
  static let setKeyTypeOf: UInt8 = 3

  /// The string of a user data item; nil if there is none or it is malformed.
  static func text(_ type: UInt8, in bytes: ArraySlice<UInt8>) -> String? {
    var reader = FieldReader(bytes)
    while let found = reader.next(UInt8.self), let length = reader.next(UInt8.self) {
      let value = reader.rest.prefix(Int(length))
      guard reader.skip(Int(length)) else { return nil }
      if found == type {
        return String(decoding: value.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return nil
  }
}

extension MessageWriter {
  mutating func appendNote(_ type: UInt8, _ order: ByteOrder) {
    append(type)
    append(UInt8(4))
    append(order.rawValue)
  }

  mutating func appendNote(_ type: UInt8, _ bytes: [UInt8]) {
    append(type)
    append(UInt8(bytes.count))
    append(bytes: bytes)
  }

  mutating func appendNote(_ type: UInt8, _ text: String) {
    let bytes = Array(text.utf8) + [0]
    append(type)
    append(UInt8(bytes.count))
    append(bytes: bytes)
  }
}
