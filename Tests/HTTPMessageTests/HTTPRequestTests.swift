import HTTPMessage
import Testing

struct HTTPRequestTests {
  @Test func requestWithoutBody() throws {
    let request = try #require(HTTPRequest(.get, "/containers/web/json"))

    #expect(
      String(decoding: request.bytes, as: UTF8.self)
        == "GET /containers/web/json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
  }

  @Test func requestWithBody() throws {
    let request = try #require(
      HTTPRequest(
        .post, "/Plugin.Activate", fields: [HTTPField("Accept", "a/b")], body: Array("{}".utf8)))

    #expect(
      String(decoding: request.bytes, as: UTF8.self)
        == "POST /Plugin.Activate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Accept: a/b\r\nContent-Length: 2\r\n\r\n{}")
  }

  @Test(arguments: ["", "x", "/a b", "/a\r\nX: y", "/\u{e9}", "/\u{7f}", "/a\u{0}"])
  func targetThatWouldChangeTheRequestIsRefused(_ target: String) {
    #expect(HTTPRequest(.get, target) == nil)
  }

  @Test(arguments: [("X y", "1"), ("", "1"), ("X", "1\r\nY: 2"), ("X", "\u{0}")])
  func fieldThatWouldChangeTheRequestIsRefused(_ name: String, _ value: String) {
    #expect(HTTPRequest(.get, "/", fields: [HTTPField(name, value)]) == nil)
  }
}
