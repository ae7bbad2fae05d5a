package import LinuxSystem
import Netlink
package import PacketTrace

/// Follows one packet.
package enum PacketTracer {
  /// Sends the probe, or waits for a client, and returns what was observed. `peer` is another
  /// container to which the probe goes. `report` is told of each event as it happens.
  package static func observe(
    _ request: TraceRequest, container: borrowing NetworkNamespace,
    peer: consuming NetworkNamespace?, report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation {
    let session = try TraceSession(request, container: container, peer: peer, report: report)
    switch request.origin {
    case .container, .host: return try session.sendFromSocket()
    case .address, .interface: return try session.inject()
    case .client(let seconds): return try session.awaitClient(seconds)
    }
  }
}
