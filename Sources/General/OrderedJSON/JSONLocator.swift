/// Where the values of a document stand in its text.
package struct JSONLocator: Sendable {
  /// A step from a value to one inside of it.
  package enum Step: Sendable {
    /// The member with this name.
    case member(String)
    /// The element with this number, counted from 0.
    case element(Int)
  }

  private let bytes: [UInt8]

  /// Takes the text of a document.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The line, counted from 1, of a member's name or an element's first byte; nil if the document
  /// has no such value.
  package func line(of path: [Step]) -> Int? {
    var parser = JSONParser()
    let offset = (try? parser.offset(of: path[...], in: bytes.span)) ?? nil
    return offset.map(line(atOffset:))
  }

  /// The line, counted from 1, of a byte.
  package func line(atOffset offset: Int) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}

extension JSONParser {
  fileprivate mutating func offset(
    of path: ArraySlice<JSONLocator.Step>, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Int? {
    skipWhitespace(in: bytes)
    switch path.first {
    case nil: return position
    case .member(let name): return try offset(ofMember: name, path.dropFirst(), in: bytes)
    case .element(let number): return try offset(ofElement: number, path.dropFirst(), in: bytes)
    }
  }

  private mutating func offset(
    ofMember wanted: String, _ rest: ArraySlice<JSONLocator.Step>, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Int? {
    guard try peek(in: bytes) == UInt8(ascii: "{"),
      try !skipOpening(until: UInt8(ascii: "}"), in: bytes)
    else { return nil }
    repeat {
      let start = position
      let name = try parseString(in: bytes)
      skipWhitespace(in: bytes)
      try expect(UInt8(ascii: ":"), in: bytes)
      skipWhitespace(in: bytes)
      if name == wanted { return rest.isEmpty ? start : try offset(of: rest, in: bytes) }
      _ = try parseValue(in: bytes)
    } while try skipSeparator(orEnd: UInt8(ascii: "}"), in: bytes)
    return nil
  }

  private mutating func offset(
    ofElement wanted: Int, _ rest: ArraySlice<JSONLocator.Step>, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Int? {
    guard try peek(in: bytes) == UInt8(ascii: "["),
      try !skipOpening(until: UInt8(ascii: "]"), in: bytes)
    else { return nil }
    var number = 0
    repeat {
      if number == wanted { return try offset(of: rest, in: bytes) }
      _ = try parseValue(in: bytes)
      number += 1
    } while try skipSeparator(orEnd: UInt8(ascii: "]"), in: bytes)
    return nil
  }
}
