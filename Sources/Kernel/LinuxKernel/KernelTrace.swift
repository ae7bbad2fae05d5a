import Conntrack
import Netlink
import Nftables
import RouteNetlink

/// Shows people what is said to the kernel and what it answers, a line for each message.
public struct KernelTrace {
  let routes: NetlinkObserver
  let nftables: NetlinkObserver
  let conntrack: NetlinkObserver

  /// Takes what is handed the lines.
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
