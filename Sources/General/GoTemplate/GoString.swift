/// A Go string: bytes that are usually, but not always, UTF-8.
///
/// Slicing and truncating work on bytes and may cut a character in two, and order and equality
/// are those of the bytes, so a Swift `String` cannot stand for it.
public struct GoString: Hashable, Sendable {
  /// The bytes of the string.
  public var bytes: [UInt8]

  /// A string of these bytes.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The UTF-8 form of a Swift string.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }
}

extension GoString: Comparable {
  /// Orders by bytes, as Go does.
  public static func < (left: GoString, right: GoString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension GoString: ExpressibleByStringLiteral {
  /// The UTF-8 form of a literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension GoString: CustomStringConvertible {
  /// The text, with U+FFFD in place of what is not UTF-8.
  public var description: String {
    String(decoding: bytes, as: UTF8.self)
  }
}
