public import LinuxSystem
public import Netlink

/// A socket for links, addresses and routes of one network namespace.
///
/// Every request throws the kernel's refusal, with its sentence when there is one.
public struct RouteSocket: ~Copyable {
  var netlink: NetlinkSocket

  /// A socket whose datagrams are carried by `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// Opens a socket in the thread's network namespace.
  public static func open() throws(NetlinkError) -> RouteSocket {
    try RouteSocket(netlink: .open(.route))
  }

  /// Opens a socket in another network namespace.
  public static func open(
    in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) -> RouteSocket {
    try RouteSocket(netlink: .open(.route, in: namespace))
  }

  /// Shows everything that is sent and received from now on to `observer`.
  public mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }
}
