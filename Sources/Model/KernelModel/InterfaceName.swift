/// What keeps a text from being the name of a network interface.
public enum InterfaceNameError: Error, Hashable, Sendable {
  /// There is no text.
  case empty
  /// The text has more than 15 bytes.
  case tooLong
  /// The text is "." or "..".
  case reserved
  /// The text has white space, a NUL, `/`, `:` or `%` in it.
  case invalidCharacter
  /// The text has a control character in it, or another that is not seen, and somebody chose it.
  case hiddenCharacter
}

/// The name of a network interface, one that the kernel accepts.
public struct InterfaceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The most bytes a name can have.
  public static let maximumLength = 15

  /// The name as the kernel spells it.
  public let description: String

  /// Checks a name by the kernel's rules.
  public init(_ text: String) throws(InterfaceNameError) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
    guard text != ".", text != ".." else { throw .reserved }
    guard !text.utf8.contains(where: Self.isForbidden) else { throw .invalidCharacter }
    description = text
  }

  /// Orders by bytes.
  public static func < (left: InterfaceName, right: InterfaceName) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  /// The kernel completes a name with `%` to another one, so that no link can have it.
  ///
  /// Its table of characters counts the no-break space of Latin-1 as white space, and so
  /// refuses the byte wherever UTF-8 needs it.
  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: " "), 0x09...0x0d,
      0xa0:
      true
    default: false
    }
  }
}
