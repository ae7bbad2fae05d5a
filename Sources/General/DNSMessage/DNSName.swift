/// A domain name as messages hold it: labels, each behind its length, and a zero (RFC 1035, 3.1).
/// The case of its letters is kept: some clients check that the answer repeats theirs.
package struct DNSName: Hashable, Sendable {
  /// The longest name with its lengths and the zero, in bytes.
  static let longest = 255
  static let longestLabel = 63

  /// The labels behind their lengths, and the zero.
  package let bytes: [UInt8]

  /// Takes a name in its text form, labels between dots. Nil if it is too long or a label is empty.
  package init?(_ text: String) {
    var bytes: [UInt8] = []
    let text = text.utf8.last == UInt8(ascii: ".") ? text.utf8.dropLast() : text.utf8[...]
    for label in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    where !text.isEmpty {
      guard (1...Self.longestLabel).contains(label.count) else { return nil }
      bytes.append(UInt8(label.count))
      bytes += label
    }
    bytes.append(0)
    guard bytes.count <= Self.longest else { return nil }
    self.bytes = bytes
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The name without labels.
  static let root = DNSName(bytes: [0])

  /// Reads the name at `offset` and moves it behind. A pointer has to lead back, further with each
  /// one that follows, so that they end.
  static func read(_ message: [UInt8], at offset: inout Int) throws(DNSFormatError) -> DNSName {
    var (position, limit, hasJumped) = (offset, offset, false)
    var bytes: [UInt8] = []
    while true {
      guard position < message.count else { throw .truncated }
      let length = message[position]
      switch length & 0xc0 {
      case 0 where length == 0:
        bytes.append(0)
        if !hasJumped { offset = position + 1 }
        return DNSName(bytes: bytes)
      case 0:
        let end = position + 1 + Int(length)
        guard end <= message.count else { throw .truncated }
        bytes += message[position..<end]
        // The zero is still to come.
        guard bytes.count < Self.longest else { throw .nameTooLong }
        position = end
      case 0xc0:
        guard position + 1 < message.count else { throw .truncated }
        let target = Int(length & 0x3f) << 8 | Int(message[position + 1])
        guard target < limit else { throw .loop }
        if !hasJumped { offset = position + 2 }
        (position, limit, hasJumped) = (target, target, true)
      default: throw .labelTooLong
      }
    }
  }

  /// The number of labels.
  package var labelCount: Int {
    var (count, position) = (0, 0)
    while bytes[position] > 0 {
      count += 1
      position += 1 + Int(bytes[position])
    }
    return count
  }

  /// The labels between dots, without one at the end; nil if a label has a dot or is not UTF-8, so
  /// that no text means it.
  package var text: String? {
    var text: [UInt8] = []
    var position = 0
    while bytes[position] > 0 {
      let label = bytes[(position + 1)...(position + Int(bytes[position]))]
      guard !label.contains(UInt8(ascii: ".")) else { return nil }
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      text += label
      position += 1 + label.count
    }
    return String(validating: text, as: UTF8.self)
  }

  /// Whether both are the same but for the case of letters.
  package func isSame(as other: DNSName) -> Bool {
    bytes.count == other.bytes.count
      && zip(bytes, other.bytes).allSatisfy { $0 == $1 || Self.folded($0) == Self.folded($1) }
  }

  /// The name in lower case.
  var folded: DNSName { DNSName(bytes: bytes.map(Self.folded)) }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

/// Why bytes are no message.
package enum DNSFormatError: Error, Hashable, Sendable {
  /// They end too early.
  case truncated
  /// A name has more than 255 bytes.
  case nameTooLong
  /// A label has more than 63 bytes.
  case labelTooLong
  /// A pointer does not lead back.
  case loop
  /// There is not exactly one question.
  case questionCount
}
