public import KernelModel
import LinuxSystem
import Netlink
import PacketProbe
public import PacketTrace

extension LinuxKernel {
  /// Follows one packet between a container and others.
  public func observePacket(
    _ request: TraceRequest, of container: NamespaceHandle,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation {
    let (host, inner): (NamespaceView, NamespaceView)
    do throws(NetlinkError) {
      (host, inner) = (try view(.host), try view(.container(container)))
    } catch {
      throw .refused("open the container's namespace", error.errno, explanation: error.description)
    }
    guard host.namespace.identity != inner.namespace.identity else { throw .notAContainer }
    return try PacketTracer.observe(request, container: inner.namespace, report: report)
  }
}
