package import LinuxSystem
import Netlink
package import PacketTrace

/// Follows one packet.
package enum PacketTracer {
  /// Sends the probe, or waits for a client, and returns what was observed. `report` is told of
  /// each event as it happens.
  package static func observe(
    _ request: TraceRequest, container: borrowing NetworkNamespace,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation {
    let session = try TraceSession(request, container: container, report: report)
    switch request.origin {
    case .container, .host: return try session.sendFromSocket(container: container)
    case .address, .interface: return try session.inject(container: container)
    case .client(let seconds): return try session.awaitClient(seconds, container: container)
    }
  }
}
