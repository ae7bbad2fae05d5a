package import Addressing

/// The protocol of a probe.
public enum ProbeProtocol: Hashable, Sendable {
  case tcp
  case udp
  /// An ICMP or ICMPv6 echo request.
  case echo

  /// The name as on the command line.
  package var name: String {
    switch self {
    case .tcp: "tcp"
    case .udp: "udp"
    case .echo: "icmp"
    }
  }

  /// The IP protocol number.
  package func number(_ family: AddressFamily) -> UInt8 {
    switch (self, family) {
    case (.tcp, _): 6
    case (.udp, _): 17
    case (.echo, .ipv4): 1
    case (.echo, .ipv6): 58
    }
  }
}

/// Which packet to follow.
public struct TraceRequest: Hashable, Sendable {
  /// Who sends the packet.
  package enum Origin: Hashable, Sendable {
    /// A process of the container.
    case container
    /// A process of the host.
    case host
    /// An address outside; the packet is injected.
    case address(IPAddress)
    /// An address outside, behind this link.
    case interface(String)
    /// The next client that connects within this many seconds; nothing is sent.
    case client(seconds: Int)
  }

  package var origin: Origin
  package var `protocol`: ProbeProtocol
  /// The destination; nil for the host's own address on the way from the origin.
  package var destination: IPAddress?
  /// 0 for an echo.
  package var port: UInt16
  /// Bytes of the IP packet, which may then not be fragmented; nil for the usual size.
  package var size: Int?
  /// How long to wait for an answer.
  package var milliseconds: Int
  /// Whether to drop the probe after all rules instead of sending it.
  package var isDryRun: Bool

  package init(
    origin: Origin, protocol: ProbeProtocol, destination: IPAddress?, port: UInt16,
    size: Int? = nil, milliseconds: Int = 900, isDryRun: Bool = false
  ) {
    self.origin = origin
    self.protocol = `protocol`
    self.destination = destination
    self.port = port
    self.size = size
    self.milliseconds = milliseconds
    self.isDryRun = isDryRun
  }

  /// Whether the container is the destination.
  package var isInbound: Bool { origin != .container }
}
