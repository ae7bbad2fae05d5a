import HTTPMessage
import Testing

struct HTTPResponseParserTests {
  // Each row: its case, the message, the body.
  static let messages: [(String, String, String)] = [
    ("length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"),
    ("no reason", "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", "abc"),
    ("length 0", "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", ""),
    ("equal lengths", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", "a"),
    ("until the end", "HTTP/1.0 200 OK\r\nServer: x\r\n\r\nabc", "abc"),
    ("no body", "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", ""),
    ("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 1\n\na", "a"),
    (
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
      "abc0123456789"
    ),
    (
      "trailer",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n", "a"
    ),
    (
      "continue",
      "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a"
    ),
    ("what follows is ignored", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc", "a"),
  ]

  @Test(arguments: messages)
  func messageIsReadWhereverItIsCut(_ name: String, _ message: String, _ body: String) throws {
    let bytes = Array(message.utf8)
    for cut in 0...bytes.count {
      var parser = HTTPResponseParser(bodyLimit: 100)
      try parser.append(Array(bytes[..<cut]))
      try parser.append(Array(bytes[cut...]))
      let response = try parser.finish()

      #expect(String(decoding: response.body, as: UTF8.self) == body)
      #expect(response.status / 100 == 2)
    }
  }

  @Test func fieldsAreReadWithoutRegardToCase() throws {
    var parser = HTTPResponseParser(bodyLimit: 0)
    try parser.append(Array("HTTP/1.1 404 Not Found\r\nServer: \t Libpod/4.3.1 \r\n\r\n".utf8))

    let response = try parser.finish()

    #expect(response.status == 404)
    #expect(response.value("server") == "Libpod/4.3.1")
  }

  static let damaged: [(String, String, HTTPMessageError)] = [
    ("no HTTP", "hello\r\n", .statusLine),
    ("HTTP/2", "HTTP/2 200\r\n", .statusLine),
    ("short status", "HTTP/1.1 20\r\n", .statusLine),
    ("status with a sign", "HTTP/1.1 +20 OK\r\n", .statusLine),
    ("other protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n", .statusLine),
    ("no colon", "HTTP/1.1 200 OK\r\nServer\r\n", .field),
    ("folded line", "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n", .field),
    ("blank in a name", "HTTP/1.1 200 OK\r\nX : y\r\n", .field),
    ("zero byte", "HTTP/1.1 200 OK\r\nX: \u{0}\r\n", .field),
    ("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .bodyLength),
    ("length and more", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .bodyLength),
    (
      "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      .bodyLength
    ),
    (
      "length and chunks",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .bodyLength
    ),
    ("compression", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .bodyLength),
    (
      "length beyond 64 bits",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", .bodyLength
    ),
    ("long body", "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", .bodyTooLong),
    (
      "long chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", .bodyTooLong
    ),
    ("empty chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", .chunk),
    (
      "no end of a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
      .chunk
    ),
    ("truncated head", "HTTP/1.1 200 OK\r\nX: y", .truncated),
    ("truncated body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", .truncated),
    ("truncated chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na", .truncated),
    ("nothing", "", .truncated),
  ]

  @Test(arguments: damaged)
  func damagedMessageIsRefused(_ name: String, _ message: String, _ error: HTTPMessageError) {
    #expect(throws: error) {
      var parser = HTTPResponseParser(bodyLimit: 100)
      try parser.append(Array(message.utf8))
      _ = try parser.finish()
    }
  }

  @Test func endlessHeadIsRefused() {
    #expect(throws: HTTPMessageError.headTooLong) {
      var parser = HTTPResponseParser(bodyLimit: 100)
      try parser.append(Array("HTTP/1.1 200 OK\r\n".utf8))
      for _ in 0..<100_000 { try parser.append(Array("X: y\r\n".utf8)) }
    }
    #expect(throws: HTTPMessageError.headTooLong) {
      var parser = HTTPResponseParser(bodyLimit: 100)
      for _ in 0..<100 { try parser.append([UInt8](repeating: 0x61, count: 1000)) }
    }
  }

  @Test func endlessBodyIsRefused() {
    #expect(throws: HTTPMessageError.bodyTooLong) {
      var parser = HTTPResponseParser(bodyLimit: 100)
      try parser.append(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
      for _ in 0..<101 { try parser.append([0]) }
    }
  }
}
