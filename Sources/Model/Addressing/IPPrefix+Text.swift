extension IPPrefix: CustomStringConvertible {
  /// Parses a prefix as Go's `netip.ParsePrefix` does, and reports what is wrong with a malformed
  /// one.
  public init(parsing text: String) throws(IPPrefixError) {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { throw .missingSlash }

    let address: IPAddress
    do {
      address = try IPAddress(parsing: String(text[..<slash]))
    } catch .zone {
      throw .zone
    } catch {
      throw .badAddress(error)
    }

    let digits = String(text[text.utf8.index(after: slash)...])
    guard let length = decimalLength(digits) else { throw .badLength(digits) }
    guard let prefix = IPPrefix(address: address, length: length) else { throw .lengthOutOfRange }
    self = prefix
  }

  /// The prefix as `10.0.0.1/24`, host bits included.
  public var description: String { "\(address)/\(length)" }
}

/// Parses a number without sign and leading zeros.
private func decimalLength(_ digits: String) -> Int? {
  guard digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0"),
    digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
  else { return nil }
  return Int(digits)
}
