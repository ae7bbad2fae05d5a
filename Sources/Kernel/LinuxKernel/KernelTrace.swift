import Conntrack
import Netlink
import Nftables
import RouteNetlink

/// Writes the netlink messages exchanged with the kernel, one per line.
public struct KernelTrace {
  let routes: NetlinkObserver
  let nftables: NetlinkObserver
  let conntrack: NetlinkObserver

  /// Takes the destination of the lines.
  public init(_ write: @escaping (String) -> Void) {
    routes = Self.observer(MessageDescriber(RouteSchemas.all), write)
    nftables = Self.observer(MessageDescriber(NftablesSchemas.all), write)
    conntrack = Self.observer(MessageDescriber(ConntrackSchemas.all), write)
  }

  private static func observer(
    _ describer: MessageDescriber, _ write: @escaping (String) -> Void
  ) -> NetlinkObserver {
    { direction, bytes in describer.lines(direction, bytes).forEach(write) }
  }
}
