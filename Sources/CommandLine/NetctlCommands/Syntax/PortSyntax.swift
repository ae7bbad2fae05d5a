import Addressing
package import NetworkModel
package import PFlag

/// The syntax of ports: `[IP:][HOSTPORT]:PORT[/tcp|udp|sctp]`, with ranges; and Docker's long form
/// `published=8080,target=80,protocol=tcp`.
package enum PortSyntax {
  /// Parses the value of `--publish`, with Docker's error messages.
  @Sendable
  package static func requests(_ text: String) throws(ConversionError) -> [PortRequest] {
    let text = try text.contains("=") ? shortForm(text) : text
    let (host, hostPorts, target) = parts(text)
    let (containerPorts, transportName) = separatingTransport(target)
    let address = try address(host)
    if containerPorts.isEmpty { throw .rejected(reason: "no port specified: \(text)<empty>") }
    guard let containerRange = range(containerPorts), !containerRange.contains(0) else {
      throw .rejected(reason: "invalid containerPort: \(containerPorts)")
    }
    let hostRange = range(hostPorts)
    if !hostPorts.isEmpty && hostRange == nil {
      throw .rejected(reason: "invalid hostPort: \(hostPorts)")
    }
    if let hostRange, hostRange.count != containerRange.count, containerRange.count > 1 {
      throw .rejected(
        reason: "invalid ranges specified for container and host Ports: "
          + "\(containerPorts) and \(hostPorts)")
    }
    guard let transport = Transport(name: transportName.lowercased()) else {
      throw .rejected(reason: "invalid proto: \(transportName)")
    }
    return containerRange.map { port in
      PortRequest(
        host: address,
        hostPorts: hostRange.flatMap { ports(of: $0, for: port, in: containerRange) },
        transport: transport, containerPort: port)
    }
  }

  // Ranges of equal length map one to one; a single container port gets one port of the range, and
  // 0 means any (Docker).
  private static func ports(
    of hostRange: ClosedRange<UInt16>, for port: UInt16, in containerRange: ClosedRange<UInt16>
  ) -> ClosedRange<UInt16>? {
    let chosen =
      containerRange.count == 1
      ? hostRange
      : {
        let hostPort = hostRange.lowerBound + (port - containerRange.lowerBound)
        return hostPort...hostPort
      }()
    return chosen == 0...0 ? nil : max(1, chosen.lowerBound)...chosen.upperBound
  }

  private static func parts(_ text: String) -> (host: String, hostPorts: String, target: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    return (
      parts.dropLast(2).joined(separator: ":"), parts.count > 1 ? parts[parts.count - 2] : "",
      parts[parts.count - 1]
    )
  }

  private static func separatingTransport(_ target: String) -> (ports: String, transport: String) {
    let parts = target.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let ports = parts.first, !ports.isEmpty else { return ("", "") }
    return (ports, parts.count > 1 && !parts[1].isEmpty ? parts[1] : "tcp")
  }

  private static func address(_ text: String) throws(ConversionError) -> IPAddress? {
    var bare = text
    if text.hasPrefix("[") {
      guard text.hasSuffix("]") else {
        throw .rejected(
          reason: "invalid IP address \(text): address \(text):: missing ']' in address")
      }
      bare = String(text.dropFirst().dropLast())
    }
    if bare.isEmpty { return nil }
    guard let address = AddressSyntax.address(bare) else {
      throw .rejected(reason: "invalid IP address: \(bare)")
    }
    return address
  }

  private static func range(_ text: String) -> ClosedRange<UInt16>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, ends.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let first = UInt16(ends[0]), let last = UInt16(ends[ends.count - 1]), first <= last
    else { return nil }
    return first...last
  }

  private static func shortForm(_ text: String) throws(ConversionError) -> String {
    var members = ["protocol": "tcp"]
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = KeyValue(cutting: String(word))
      guard pair.isPair else {
        throw .rejected(
          reason: "invalid publish opts format (should be name=value but got '\(word)')")
      }
      members[pair.key] = pair.value
    }
    if let unknown = members.keys.sorted().first(where: { !memberNames.contains($0) }) {
      throw .rejected(reason: "invalid publish option: \(unknown)")
    }
    let (published, target) = (members["published"] ?? "", members["target"] ?? "")
    return "\(published):\(target)/\(members["protocol"] ?? "")"
  }

  // `mode` has no effect outside a swarm.
  private static let memberNames = ["published", "target", "protocol", "mode"]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
