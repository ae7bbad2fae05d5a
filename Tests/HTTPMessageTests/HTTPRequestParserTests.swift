import HTTPMessage
import Testing

struct HTTPRequestParserTests {
  private func parsed(_ text: String, in size: Int = .max) throws -> HTTPRequestParser.Request? {
    var parser = HTTPRequestParser(bodyLimit: 100)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      if let request = try parser.append(rest.prefix(size)) { return request }
      rest = rest.dropFirst(size)
    }
    return nil
  }

  @Test(arguments: [1, 2, 5, Int.max]) func requestArrivesInPieces(size: Int) throws {
    let text = "POST /v1/x?y HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\nhello, ignored"
    let request = try #require(try parsed(text, in: size))

    #expect(request.method == "POST")
    #expect(request.target == "/v1/x?y")
    #expect(request.body == Array("hello".utf8))
  }

  @Test func requestOfTheClientIsRead() throws {
    let sent = try #require(HTTPRequest(.delete, "/v1/networks/1", body: [1, 2, 3]))
    var parser = HTTPRequestParser(bodyLimit: 100)
    let request = try #require(try parser.append(sent.bytes))

    #expect(request.method == "DELETE")
    #expect(request.body == [1, 2, 3])
  }

  @Test func incompleteRequestIsAwaited() throws {
    #expect(try parsed("GET / HTTP/1.1\r\n") == nil)
    #expect(try parsed("GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab") == nil)
  }

  @Test(arguments: [
    "GET / HTTP/2\r\n\r\n", "GET /\r\n\r\n", " / HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nno field\r\n\r\n", "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 101\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 20_000),
  ])
  func brokenRequestIsRefused(text: String) {
    #expect(throws: HTTPMessageError.self) { try parsed(text) }
  }
}
