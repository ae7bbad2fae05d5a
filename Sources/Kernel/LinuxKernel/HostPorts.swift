import Addressing
import LinuxSystem
import Netlink

/// Which ports of one transport the host's processes leave free.
///
/// A few ports are tried one by one. For many, the kernel is asked once which ports are bound; those
/// are still tried, because only the kernel decides what conflicts.
struct HostPorts {
  private let transport: UInt8
  private var trialCount = 0
  private var bound: BoundPorts?
  /// The lowest port that could be bound, for each address: what is refused to this process for
  /// other reasons than a socket is refused at an address, or below a port
  /// (ip_unprivileged_port_start).
  private var lowestFree: [IPAddress: UInt16] = [:]

  /// How many ports are tried before the kernel is asked for all.
  private static let trialLimit = 32

  init(_ transport: UInt8) {
    self.transport = transport
  }

  /// Checks whether a process could bind the port now; throws the errors of `HostPort.probe`.
  mutating func probe(_ port: UInt16, of host: IPAddress) throws(Errno) {
    if let bound, let lowest = lowestFree[host], port >= lowest, !bound.contains(port) { return }
    try HostPort(address: host.bytes, transport: transport, port: port).probe()
    lowestFree[host] = min(port, lowestFree[host] ?? port)
    trialCount += 1
    // Where the kernel does not tell, they are all tried.
    if trialCount == Self.trialLimit { bound = (try? BoundPorts.read(transport)) ?? nil }
  }
}
