package import HTTPMessage
package import LinuxSystem

/// Exchanges of one request and one response with a daemon on a local socket.
package enum EngineConnection {
  /// The largest body that is accepted, in bytes.
  static let bodyLimit = 16 * 1024 * 1024
  private static let receiveCapacity = 32 * 1024

  /// Sends a request on a new connection and waits for the response, at most until the deadline.
  package static func exchange(
    _ request: HTTPRequest, on stream: borrowing LocalStream, until deadline: Deadline
  ) throws(EngineError) -> HTTPResponse {
    var parser = HTTPResponseParser(bodyLimit: bodyLimit)
    try connected { () throws(Errno) in try stream.send(request.bytes, until: deadline) }
    while true {
      let bytes = try connected { () throws(Errno) in
        try stream.receive(upTo: receiveCapacity, until: deadline)
      }
      do throws(HTTPMessageError) {
        if bytes.isEmpty { return try parser.finish() }
        try parser.append(bytes)
      } catch {
        throw .malformed(error)
      }
      if let response = parser.response { return response }
    }
  }

  private static func connected<Result>(
    _ call: () throws(Errno) -> Result
  ) throws(EngineError) -> Result {
    do throws(Errno) { return try call() } catch { throw .connection(error) }
  }
}

/// Why an exchange failed.
package enum EngineError: Error, Hashable, Sendable {
  /// The socket failed; ETIMEDOUT at the deadline.
  case connection(Errno)
  /// The answer is not HTTP, or too long.
  case malformed(HTTPMessageError)
}
