import CLibNL

/// A link as libnl sees it, in the thread's network namespace.
package struct ObservedLink: Hashable, Sendable {
  /// The number of the interface.
  package let index: UInt32
  /// The driver's word for the kind.
  package let kind: String?
  /// The number of the master, 0 for none.
  package let masterIndex: UInt32
  /// The largest packet.
  package let mtu: UInt32
  /// The hardware address as `02:42:ac:11:00:02`.
  package let address: String?
  /// The free text.
  package let alias: String?
  /// Whether the link is wanted to work.
  package let isUp: Bool
  /// The group.
  package let group: UInt32
  /// The index of the other end of a veth pair.
  package let peerIndex: UInt32

  /// Looks for a link; nil when libnl finds none with that name.
  package init?(named name: String) {
    guard let socket = nl_socket_alloc() else { return nil }
    defer { nl_socket_free(socket) }
    guard nl_connect(socket, NETLINK_ROUTE) == 0 else { return nil }
    var found: OpaquePointer?
    guard rtnl_link_get_kernel(socket, 0, name, &found) == 0, let link = found else { return nil }
    defer { rtnl_link_put(link) }
    index = UInt32(rtnl_link_get_ifindex(link))
    kind = rtnl_link_get_type(link).map { String(cString: $0) }
    masterIndex = UInt32(rtnl_link_get_master(link))
    mtu = rtnl_link_get_mtu(link)
    alias = rtnl_link_get_ifalias(link).map { String(cString: $0) }
    isUp = rtnl_link_get_flags(link) & 1 != 0
    group = rtnl_link_get_group(link)
    peerIndex = UInt32(rtnl_link_get_link(link))
    address = rtnl_link_get_addr(link).map { address in
      var text = [CChar](repeating: 0, count: 64)
      return text.withUnsafeMutableBufferPointer { buffer in
        String(cString: nl_addr2str(address, buffer.baseAddress, buffer.count))
      }
    }
  }
}
