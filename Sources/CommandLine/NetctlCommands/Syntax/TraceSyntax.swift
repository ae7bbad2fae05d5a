import Addressing
import PacketTrace

/// How the ends of a trace are typed.
enum TraceSyntax {
  /// The destination of a packet.
  struct Target: Equatable {
    var address: IPAddress?
    /// Nil for an echo request.
    var port: UInt16?
    var `protocol`: ProbeProtocol
  }

  /// What is wrong with an argument.
  struct Problem: Error {
    let text: String
  }

  /// Parses `ADDRESS[:PORT][/PROTO]`; without a port it means an echo request.
  static func destination(_ text: String) throws(Problem) -> Target {
    let (rest, name) = splittingProtocol(text)
    let target: Target
    if let address = AddressSyntax.address(unbracketed(rest)) {
      target = Target(address: address, port: nil, protocol: try protocolNamed(name ?? "icmp"))
    } else {
      let (host, number) = splittingPort(rest)
      guard let address = AddressSyntax.address(unbracketed(host)), let port = UInt16(number),
        port > 0
      else {
        throw Problem(
          text: "invalid destination \(text): it must be ADDRESS[:PORT][/PROTO], an IPv6 address "
            + "with a port in brackets; names are not resolved")
      }
      target = Target(address: address, port: port, protocol: try protocolNamed(name ?? "tcp"))
    }
    if target.port == nil, target.protocol != .echo {
      throw Problem(text: "invalid destination \(text): \(target.protocol.name) needs a port")
    }
    if target.port != nil, target.protocol == .echo {
      throw Problem(text: "invalid destination \(text): icmp has no ports")
    }
    if target.address?.isMulticast == true || target.address?.isUnspecified == true {
      throw Problem(text: "invalid destination \(text): it must be the address of one host")
    }
    return target
  }

  /// Parses `[HOSTIP:]PORT[/PROTO]`.
  static func port(_ text: String) throws(Problem) -> Target {
    let (rest, name) = splittingProtocol(text)
    let (host, number) = rest.contains(":") ? splittingPort(rest) : ("", rest)
    let address = host.isEmpty ? nil : AddressSyntax.address(unbracketed(host))
    guard let port = UInt16(number), port > 0, host.isEmpty || address != nil else {
      throw Problem(text: "invalid port \(text): it must be [HOSTIP:]PORT[/PROTO]")
    }
    let target = Target(address: address, port: port, protocol: try protocolNamed(name ?? "tcp"))
    guard target.protocol != .echo else {
      throw Problem(text: "invalid port \(text): icmp has no ports")
    }
    return target
  }

  /// Parses a number of seconds and returns milliseconds.
  static func milliseconds(_ text: String) throws(Problem) -> Int {
    guard let seconds = Double(text), (0.01...60).contains(seconds) else {
      throw Problem(text: "invalid timeout \(text): it must be from 0.01 to 60 seconds")
    }
    return Int((seconds * 1000).rounded())
  }

  private static func splittingProtocol(_ text: String) -> (String, String?) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
  }

  private static func splittingPort(_ text: String) -> (String, String) {
    guard let colon = text.lastIndex(of: ":") else { return (text, "") }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private static func unbracketed(_ text: String) -> String {
    text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
  }

  private static func protocolNamed(_ name: String) throws(Problem) -> ProbeProtocol {
    switch name {
    case "tcp": return .tcp
    case "udp": return .udp
    case "icmp": return .echo
    default: throw Problem(text: "invalid protocol \(name): it must be tcp, udp or icmp")
    }
  }
}
