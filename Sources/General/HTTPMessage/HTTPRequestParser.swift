/// Reads one request from a stream of bytes, in pieces of any size. What follows the request is
/// ignored. Bodies have a length; other framings are refused.
package struct HTTPRequestParser: Sendable {
  /// A request that has arrived.
  package struct Request: Sendable {
    package let method: String
    /// The path and query.
    package let target: String
    package let body: [UInt8]
  }

  private static let headLimit = 16 * 1024

  private let bodyLimit: Int
  private var received: [UInt8] = []
  private var head: (method: String, target: String, bodyStart: Int, length: Int)?

  /// Starts before the first byte; accepts bodies of at most `bodyLimit` bytes.
  package init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

  /// Takes the next bytes of the stream; returns the request once it is complete.
  package mutating func append(
    _ bytes: some Collection<UInt8>
  ) throws(HTTPMessageError) -> Request? {
    let searchStart = max(0, received.count - 3)
    received.append(contentsOf: bytes)
    if head == nil {
      guard let headEnd = endOfHead(from: searchStart) else {
        if received.count > Self.headLimit { throw .headTooLong }
        return nil
      }
      guard headEnd.lowerBound <= Self.headLimit else { throw .headTooLong }
      let (method, target, length) = try Self.head(received[..<headEnd.lowerBound])
      guard length <= bodyLimit else { throw .bodyTooLong }
      head = (method, target, headEnd.upperBound, length)
    }
    guard let head, received.count - head.bodyStart >= head.length else { return nil }
    return Request(
      method: head.method, target: head.target,
      body: Array(received[head.bodyStart..<(head.bodyStart + head.length)]))
  }

  /// The empty line behind the head.
  private func endOfHead(from start: Int) -> Range<Int>? {
    let end = Array("\r\n\r\n".utf8)
    for index in start..<max(start, received.count - end.count + 1)
    where received[index..<(index + end.count)].elementsEqual(end) {
      return index..<(index + end.count)
    }
    return nil
  }

  private static func head(
    _ bytes: ArraySlice<UInt8>
  ) throws(HTTPMessageError) -> (method: String, target: String, length: Int) {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    for index in bytes.indices.dropLast()
    where bytes[index] == UInt8(ascii: "\r") && bytes[index + 1] == UInt8(ascii: "\n") {
      lines.append(bytes[start..<index])
      start = index + 2
    }
    lines.append(bytes[start...])
    let words = lines[0].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, HTTPField.isToken(words[0]),
      words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ (0x21...0x7e).contains($0) }),
      words[2].elementsEqual("HTTP/1.1".utf8) || words[2].elementsEqual("HTTP/1.0".utf8)
    else { throw .statusLine }
    var fields: [HTTPField] = []
    for line in lines.dropFirst() { fields.append(try HTTPResponseParser.field(Array(line))) }
    guard fields.values("Transfer-Encoding").isEmpty else { throw .bodyLength }
    let lengths = fields.values("Content-Length")
    guard let text = lengths.first else {
      return (
        String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self), 0
      )
    }
    guard let length = HTTPResponseParser.number(text.utf8, radix: 10),
      lengths.allSatisfy({ $0 == text })
    else { throw .bodyLength }
    return (
      String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self), length
    )
  }
}
