/// Where a plugin listens.
package enum PluginAddress: Hashable, Sendable {
  /// At a socket file.
  case local(path: String)
  /// At a port, by TCP.
  case internet(host: String, port: UInt16)

  /// The name of the host in requests.
  var host: String {
    switch self {
    case .local: "plugin.moby.localhost"
    case .internet(let host, let port):
      host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }

  /// Docker's words for a failure to connect.
  var dialling: String {
    switch self {
    case .local(let path): "dial unix \(path)"
    case .internet: "dial tcp \(host)"
    }
  }

  /// Parses a URL. As with Docker, a path is ignored, and an unknown scheme is TCP.
  init(url text: String, of plugin: String) throws(PluginError) {
    guard let colon = text.firstIndex(of: ":"), text[..<colon].isScheme else {
      throw PluginError(
        .unreachable,
        text.prefix { $0 != "/" }.contains(":")
          ? "parse \"\(text)\": first path segment in URL cannot contain colon"
          : "Unknown protocol")
    }
    let scheme = text[..<colon].lowercased()
    var rest = text[text.index(after: colon)...]
    rest = rest.hasPrefix("//") ? rest.dropFirst(2) : rest
    if scheme == "https" {
      throw PluginError(
        .unreachable,
        "plugin \"\(plugin)\" listens at \(text), and netctl does not speak TLS: "
          + "let it listen on a local socket, or at a tcp:// address of this host")
    }
    let authority = String(rest.prefix { $0 != "/" })
    if scheme == "unix" {
      self = .local(path: authority.isEmpty ? String(rest) : authority)
      return
    }
    guard let end = authority.lastIndex(of: ":"),
      let port = UInt16(authority[authority.index(after: end)...])
    else {
      throw PluginError(.unreachable, "dial tcp: address \(authority): missing port in address")
    }
    let host = authority[..<end].drop { $0 == "[" }
    self = .internet(host: String(host.last == "]" ? host.dropLast() : host), port: port)
  }
}

extension Substring {
  /// Whether it is the scheme of a URL (RFC 3986, section 3.1).
  fileprivate var isScheme: Bool {
    guard let first = utf8.first, (first | 0x20).isLetter else { return false }
    return utf8.allSatisfy { byte in
      (byte | 0x20).isLetter || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
    }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
