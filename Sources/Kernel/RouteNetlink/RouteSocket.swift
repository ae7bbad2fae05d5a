package import Netlink

/// A socket for links, addresses and routes of one network namespace.
///
/// Every request throws the kernel's error, with its extended message if there is one.
package struct RouteSocket: ~Copyable {
  var netlink: NetlinkSocket

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(NetlinkError) -> RouteSocket {
    try RouteSocket(netlink: .open(.route))
  }

  /// The cookie of the socket's network namespace, which is unique until the next boot; nil before
  /// Linux 5.14.
  package var namespaceCookie: UInt64? {
    get throws(NetlinkError) { try netlink.namespaceCookie }
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }
}
