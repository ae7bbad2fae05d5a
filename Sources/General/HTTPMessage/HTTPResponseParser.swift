/// Reads one response from a stream of bytes, in pieces of any size. What follows the response is
/// ignored.
package struct HTTPResponseParser: Sendable {
  private enum State {
    case statusLine
    case fields
    /// So many bytes of the body are missing.
    case body(Int)
    case bodyUntilEnd
    case chunkSize
    /// So many bytes of a chunk are missing.
    case chunk(Int)
    case chunkEnd
    case trailer
    case complete
  }

  /// How many bytes of lines are accepted in the head, around one chunk, and in the trailer.
  private static let lineLimit = 64 * 1024

  private let bodyLimit: Int
  private var state = State.statusLine
  private var line: [UInt8] = []
  private var lineBytes = 0
  private var status = 0
  private var fields: [HTTPField] = []
  private var body: [UInt8] = []

  /// Starts before the first byte; accepts bodies of at most `bodyLimit` bytes.
  package init(bodyLimit: Int) {
    self.bodyLimit = bodyLimit
  }

  /// The response, once it is complete.
  package var response: HTTPResponse? {
    guard case .complete = state else { return nil }
    return HTTPResponse(status: status, fields: fields, body: body)
  }

  /// Takes the next bytes of the stream.
  package mutating func append(_ bytes: [UInt8]) throws(HTTPMessageError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch state {
      case .complete: return
      case .body(let missing): state = try take(missing, &rest).map(State.body) ?? .complete
      case .chunk(let missing): state = try take(missing, &rest).map(State.chunk) ?? .chunkEnd
      case .bodyUntilEnd: _ = try take(rest.count, &rest)
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailer:
        guard let line = try takeLine(&rest) else { return }
        try read(line)
      }
    }
  }

  /// Ends the stream; returns the response.
  package mutating func finish() throws(HTTPMessageError) -> HTTPResponse {
    if case .bodyUntilEnd = state { state = .complete }
    guard let response else { throw .truncated }
    return response
  }

  /// Moves up to `missing` bytes to the body; returns how many are missing then, nil for none.
  private mutating func take(
    _ missing: Int, _ rest: inout ArraySlice<UInt8>
  ) throws(HTTPMessageError) -> Int? {
    let taken = rest.prefix(missing)
    guard taken.count <= bodyLimit - body.count else { throw .bodyTooLong }
    body += taken
    rest = rest.dropFirst(taken.count)
    return taken.count == missing ? nil : missing - taken.count
  }

  /// Takes a line without its end; nil if the end is missing. A bare line feed ends a line, too.
  private mutating func takeLine(
    _ rest: inout ArraySlice<UInt8>
  ) throws(HTTPMessageError) -> [UInt8]? {
    let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    let part = rest[..<(end ?? rest.endIndex)]
    lineBytes += part.count + 1
    guard lineBytes <= Self.lineLimit else { throw .headTooLong }
    line += part
    rest = end.map { rest[($0 + 1)...] } ?? []
    guard end != nil else { return nil }
    defer { line = [] }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }

  private mutating func read(_ line: [UInt8]) throws(HTTPMessageError) {
    switch state {
    case .statusLine:
      status = try Self.status(of: line)
      fields = []
      state = .fields
    case .fields:
      if line.isEmpty { state = try stateAfterHead() } else { fields.append(try Self.field(line)) }
    case .chunkSize:
      let size = try Self.chunkSize(line)
      guard size <= bodyLimit - body.count else { throw .bodyTooLong }
      lineBytes = 0
      state = size == 0 ? .trailer : .chunk(size)
    case .chunkEnd:
      guard line.isEmpty else { throw .chunk }
      state = .chunkSize
    case .trailer:
      if line.isEmpty { state = .complete } else { _ = try Self.field(line) }
    case .body, .bodyUntilEnd, .chunk, .complete: break
    }
  }

  // RFC 9112, section 6.3.
  private func stateAfterHead() throws(HTTPMessageError) -> State {
    // 1xx announces another response. 101 would change the protocol, which nobody asked for.
    if status == 101 { throw .statusLine }
    if status < 200 { return .statusLine }
    let codings = fields.values("Transfer-Encoding")
    let lengths = fields.values("Content-Length")
    if status == 204 || status == 304 { return .complete }
    if !codings.isEmpty {
      guard lengths.isEmpty, codings.count == 1, codings[0].lowercased() == "chunked" else {
        throw .bodyLength
      }
      return .chunkSize
    }
    guard let text = lengths.first else { return .bodyUntilEnd }
    guard let length = Self.number(text.utf8, radix: 10), lengths.allSatisfy({ $0 == text }) else {
      throw .bodyLength
    }
    guard length <= bodyLimit else { throw .bodyTooLong }
    return length == 0 ? .complete : .body(length)
  }

  // `HTTP/1.1 200 OK`; the reason may be missing.
  private static func status(of line: [UInt8]) throws(HTTPMessageError) -> Int {
    let version = Array("HTTP/1.".utf8)
    guard line.starts(with: version), line.count >= 12, (0x30...0x39).contains(line[7]),
      line[8] == UInt8(ascii: " "), line.count == 12 || line[12] == UInt8(ascii: " "),
      let status = number(line[9..<12], radix: 10), status >= 100
    else { throw .statusLine }
    return status
  }

  static func field(_ line: [UInt8]) throws(HTTPMessageError) -> HTTPField {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), HTTPField.isToken(line[..<colon])
    else { throw .field }
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let value = line[(colon + 1)...].drop(while: isBlank)
    let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? value.startIndex
    let field = HTTPField(
      String(decoding: line[..<colon], as: UTF8.self),
      String(decoding: value[..<end], as: UTF8.self))
    guard field.isValid else { throw .field }
    return field
  }

  // Hexadecimal digits, and extensions after a semicolon.
  private static func chunkSize(_ line: [UInt8]) throws(HTTPMessageError) -> Int {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    guard let size = number(digits, radix: 16) else { throw .chunk }
    return size
  }

  /// Digits without a sign; nil for anything else, and for numbers above 2^60.
  static func number(_ digits: some Collection<UInt8>, radix: Int) -> Int? {
    guard !digits.isEmpty, digits.count <= 15 else { return nil }
    var number = 0
    for digit in digits {
      let value: Int
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(digit) - 0x30
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = Int(digit) - 0x57
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = Int(digit) - 0x37
      default: return nil
      }
      guard value < radix else { return nil }
      number = number * radix + value
    }
    return number
  }
}
