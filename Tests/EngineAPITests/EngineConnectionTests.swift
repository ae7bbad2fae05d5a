import CommandLineTestSupport
import EngineAPI
import Glibc
import HTTPMessage
import KernelTestSupport
import LinuxSystem
import Testing

/// Exchanges with a server that is not netctl's.
struct EngineConnectionTests {
  @Test func chunkedAnswerIsRead() throws {
    let answer = "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
    try withServer(#"reply(b"\#(answer)2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"); wait()"#) { path in
      let response = try ask(path)

      #expect(response.body == Array("abc".utf8))
    }
  }

  @Test func bodyOfARequestArrives() throws {
    let script = #"""
      body = request().split(b"\r\n\r\n")[1]
      reply(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)); wait()
      """#
    try withServer(script) { path in
      let body = Array(#"{"NetworkID":"1"}"#.utf8)
      let response = try ask(path, HTTPRequest(.post, "/NetworkDriver.CreateNetwork", body: body)!)

      #expect(response.body == body)
    }
  }

  @Test func silentServerIsGivenUpAtTheDeadline() throws {
    try withServer("wait()") { path in
      #expect(throws: EngineError.connection(.timedOut)) {
        try ask(path, within: .milliseconds(50))
      }
    }
  }

  @Test func serverThatDripsIsGivenUpAtTheDeadline() throws {
    let script = #"""
      request(); reply(b"HTTP/1.1 200 OK\r\n\r\n")
      while True: reply(b"a"); time.sleep(0.01)
      """#
    try withServer(script) { path in
      #expect(throws: EngineError.connection(.timedOut)) {
        try ask(path, within: .milliseconds(100))
      }
    }
  }

  @Test func answerThatBreaksOffIsRefused() throws {
    let answer = #"b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab""#
    try withServer("request(); reply(\(answer))") { path in
      #expect(throws: EngineError.malformed(.truncated)) { try ask(path) }
    }
  }

  @Test func peerOfASocketIsKnown() throws {
    try withServer("wait()") { path in
      let stream = try LocalStream.connect(to: .path(path), until: Deadline(after: .seconds(5)))

      #expect(stream.peer == geteuid())
    }
  }

  @Test func listenerThatAcceptsNothingIsGivenUp() throws {
    // A queue of one: the second connection waits.
    try withServer("", queue: 0) { path in
      let first = try LocalStream.connect(to: .path(path), until: Deadline(after: .seconds(5)))
      let start = ContinuousClock.now
      #expect(throws: Errno.timedOut) {
        _ = try LocalStream.connect(to: .path(path), until: Deadline(after: .milliseconds(50)))
      }
      #expect(ContinuousClock.now - start < .seconds(2))
      _ = consume first
    }
  }

  private func ask(
    _ path: String, _ request: HTTPRequest = HTTPRequest(.get, "/x")!,
    within limit: Duration = .seconds(10)
  ) throws -> HTTPResponse {
    let deadline = Deadline(after: limit)
    let stream = try LocalStream.connect(to: .path(path), until: deadline)
    return try EngineConnection.exchange(request, on: stream, until: deadline)
  }
}
