/// The identity of a network, endpoint or container: 256 random bits, written like Docker's as 64
/// lower-case hexadecimal digits.
public struct ObjectID<Object>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The 64 digits.
  public let description: String

  /// Parses exactly 64 lower-case hexadecimal digits; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 64, isHexadecimal(text) else { return nil }
    self.description = text
  }

  /// Draws a random identity.
  public init(using generator: inout some RandomNumberGenerator) {
    self.init(words: (0..<4).map { _ in generator.next() })
  }

  init(words: [UInt64]) {
    var text = ""
    for word in words {
      let digits = String(word, radix: 16)
      text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    description = text
  }

  /// The first 12 digits, as tables show them.
  public var short: String { String(decoding: description.utf8.prefix(12), as: UTF8.self) }

  /// Bytewise order of the digits.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    left.description < right.description
  }
}

/// The identity of a network.
public typealias NetworkID = ObjectID<Network>
/// The identity of an endpoint.
public typealias EndpointID = ObjectID<Endpoint>
/// The identity of a container.
public typealias ContainerID = ObjectID<Container>

/// Whether `text` can be an identity prefix: lower-case hexadecimal digits, at least one.
public func isIdentityPrefix(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 64 && isHexadecimal(text)
}

private func isHexadecimal(_ text: String) -> Bool {
  let bytes = text.utf8.span
  for index in bytes.indices where !isHexadecimalDigit(bytes[index]) { return false }
  return true
}

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}
