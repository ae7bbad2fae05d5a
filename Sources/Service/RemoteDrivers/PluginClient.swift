import HTTPMessage
import LinuxSystem
import OrderedJSON

/// A plugin that speaks Docker's protocol for networks and addresses. Each call is a connection of
/// its own, so that a request is never sent again that may have been read.
package final class PluginClient {
  /// The name that it was found by.
  package let name: String
  private let address: PluginAddress
  /// Why it was found to be away: that costs one wait, not one for each call.
  private var absence: Errno?
  /// How long an answer may take; nil for any time.
  package var timeout: Duration?

  private static let mediaType = "application/vnd.docker.plugins.v1.2+json"
  private static let bodyLimit = 16 * 1024 * 1024
  private static let receiveCapacity = 32 * 1024
  /// How long a connection may take to be accepted.
  private static let dialLimit = Duration.seconds(5)
  /// The waits before further attempts while nothing listens: plugins are restarted.
  private static let pauses = [100, 200, 400].map { Duration.milliseconds($0) }

  /// Finds a plugin, without a word to it.
  package init(_ name: String, in directory: PluginDirectory) throws(PluginError) {
    self.name = name
    address = try directory.address(of: name)
  }

  /// Sends a request and waits for the answer; `isMissingFine` accepts that the plugin does not
  /// have the method (404).
  func call(
    _ method: String, _ body: JSONObject? = nil, isMissingFine: Bool = false
  ) throws(PluginError) -> PluginAnswer {
    let response = try exchange(method, request(method, body))
    if response.status == 404 && isMissingFine { return try PluginAnswer([0x7b, 0x7d], type: "") }
    guard response.status == 200 else {
      throw PluginError(.refused, "\(method): \(Self.text(of: response.body))")
    }
    let words = method.split(separator: ".")
    let result = try PluginAnswer(response.body, type: "api.\(words.last ?? "")Response")
    // Each kind of driver has a name of its own for it. Plugin.Activate has none.
    let key = words.first == "IpamDriver" ? "Error" : "Err"
    let error = words.first == "Plugin" ? "" : try result.string(key)
    if !error.isEmpty { throw PluginError(.refused, "remote: \(error)") }
    return result
  }

  private static func text(of body: [UInt8]) -> String {
    let error = (try? PluginAnswer(body, type: ""))?.value("Err")?.string
    if let error, !error.isEmpty { return error }
    let text = String(decoding: body, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  // As the engine writes it, byte for byte.
  private func request(_ method: String, _ body: JSONObject?) -> [UInt8] {
    let content = body.map { JSONValue.object($0).bytes(escapingHTML: true) + [0x0a] } ?? []
    let head =
      "POST /\(method) HTTP/1.1\r\nHost: \(address.host)\r\nUser-Agent: Go-http-client/1.1\r\n"
      + "Content-Length: \(content.count)\r\nAccept: \(Self.mediaType)\r\n\r\n"
    return Array(head.utf8) + content
  }

  private func exchange(_ method: String, _ request: [UInt8]) throws(PluginError) -> HTTPResponse {
    let subject = "Post \"http://\(address.host)/\(method)\""
    let socket = try connect(subject)
    let deadline = Deadline(after: timeout ?? .seconds(1 << 40))
    var parser = HTTPResponseParser(bodyLimit: Self.bodyLimit)
    do throws(Errno) {
      try socket.send(request, until: deadline)
      while true {
        let bytes = try socket.receive(upTo: Self.receiveCapacity, until: deadline)
        do throws(HTTPMessageError) {
          if bytes.isEmpty { return try parser.finish() }
          try parser.append(bytes)
        } catch {
          throw .badMessage
        }
        if let response = parser.response { return response }
      }
    } catch {
      let reason = error == .badMessage ? "EOF" : error.goDescription
      throw PluginError(.unanswered, "\(subject): \(reason)")
    }
  }

  private func connect(_ subject: String) throws(PluginError) -> StreamSocket {
    var pauses = absence == nil && timeout == nil ? Self.pauses[...] : []
    while true {
      do throws(Errno) {
        if let absence { throw absence }
        return try dial()
      } catch {
        let isAway = [.connectionRefused, .noSuchFileOrDirectory].contains(error)
        guard isAway, let pause = pauses.popFirst() else {
          absence = error
          throw PluginError(
            .unreachable, "\(subject): \(address.dialling): connect: \(error.goDescription)")
        }
        Deadline.sleep(for: pause)
      }
    }
  }

  private func dial() throws(Errno) -> StreamSocket {
    let deadline = Deadline(after: Self.dialLimit)
    switch address {
    case .local(let path):
      return try LocalStream.connect(to: .path(path), until: deadline).withoutPeer()
    case .internet(let host, let port):
      return try StreamSocket.connect(toHost: host, port: port, until: deadline)
    }
  }
}
