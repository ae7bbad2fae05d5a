/// Why a string is not a valid interface name.
public enum InterfaceNameError: Error, Hashable, Sendable {
  /// The string is empty.
  case empty
  /// The string has more than 15 bytes.
  case tooLong
  /// The string is ".", "..", "all" or "default".
  case reserved
  /// The string contains white space, a NUL, `/`, `:` or `%`.
  case invalidCharacter
  /// The text contains a control character or another invisible one, and was chosen by a user.
  case hiddenCharacter
}

/// A valid name of a network interface.
public struct InterfaceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The maximum length in bytes (IFNAMSIZ without the NUL).
  public static let maximumLength = 15

  /// The name as the kernel spells it.
  public let description: String

  /// Validates a name by the kernel's rules.
  public init(_ text: String) throws(InterfaceNameError) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
    // The last two stand for other links under /proc/sys, so the kernel refuses them.
    guard ![".", "..", "all", "default"].contains(text) else { throw .reserved }
    guard !text.utf8.contains(where: Self.isForbidden) else { throw .invalidCharacter }
    description = text
  }

  /// Takes a name that the kernel gave to a link.
  package init(ofLink text: String) {
    description = text
  }

  /// Orders by bytes.
  public static func < (left: InterfaceName, right: InterfaceName) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  /// The kernel expands a name with `%`, so no link can have it. Its character table counts the
  /// Latin-1 no-break space as white space, so that this byte is invalid anywhere in UTF-8.
  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: " "), 0x09...0x0d,
      0xa0:
      true
    default: false
    }
  }
}

extension InterfaceName: ExpressibleByStringLiteral {
  /// Takes a literal, which has to be a valid name.
  public init(stringLiteral text: String) {
    do throws(InterfaceNameError) {
      try self.init(text)
    } catch {
      preconditionFailure("\(text) cannot be an interface name: \(error)")
    }
  }
}
