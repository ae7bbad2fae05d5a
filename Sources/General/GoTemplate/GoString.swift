/// A Go string: bytes that are usually, but not always, UTF-8.
///
/// Slicing and truncating operate on bytes and may split a character, and ordering and equality are
/// bytewise, so a Swift `String` cannot represent it.
package struct GoString: Hashable, Sendable {
  /// The bytes of the string.
  package var bytes: [UInt8]

  /// A string of these bytes.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The UTF-8 form of a Swift string.
  package init(_ text: String) {
    bytes = Array(text.utf8)
  }
}

extension GoString: Comparable {
  /// Orders by bytes, as Go does.
  package static func < (left: GoString, right: GoString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension GoString: ExpressibleByStringLiteral {
  /// The UTF-8 form of a literal.
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension GoString: CustomStringConvertible {
  /// The text, with U+FFFD for invalid UTF-8.
  package var description: String {
    String(decoding: bytes, as: UTF8.self)
  }
}
