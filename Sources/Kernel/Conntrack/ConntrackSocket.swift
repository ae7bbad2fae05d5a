package import Addressing
package import KernelModel
import LinuxSystem
package import Netlink

/// A socket for conntrack in one network namespace.
package struct ConntrackSocket: ~Copyable {
  private var netlink: NetlinkSocket

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(NetlinkError) -> ConntrackSocket {
    try ConntrackSocket(netlink: .open(.netfilter))
  }

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }

  /// Deletes the entries that match any of the filters; succeeds if there are none, or if the
  /// kernel does not track connections. `isOfHost` returns whether an address is local.
  package mutating func delete(
    _ filters: [ConnectionFilter], isOfHost: (IPAddress) throws(NetlinkError) -> Bool
  ) throws(NetlinkError) {
    // Each filter makes the kernel walk its whole table, but dumping the table takes a hundred
    // times as long.
    let fewFilters = 64
    guard filters.count <= fewFilters else {
      return try deleteOneByOne(filters, isOfHost: isOfHost)
    }
    try deleteOneByOne(filters.filter { $0 != $0.comparedByKernel }, isOfHost: isOfHost)
    do throws(NetlinkError) {
      for filter in filters where filter == filter.comparedByKernel { try deleteInKernel(filter) }
    } catch {
      // Before Linux 6.9, a deletion supports no filter and rejects parts of a tuple as invalid.
      guard error.errno == .invalidArgument || error.errno == .notSupported else { throw error }
      try deleteOneByOne(filters, isOfHost: isOfHost)
    }
  }

  /// Lets the kernel filter.
  mutating func deleteInKernel(_ filter: ConnectionFilter) throws(NetlinkError) {
    try netlink.request(ConntrackMessage.delete) { writer in
      writer.appendNetfilterHeader(family: filter.family.netfilterNumber)
      filter.write(to: &writer)
    }
  }

  /// The same by dumping all entries, or those that match what the filters have in common.
  mutating func deleteOneByOne(
    _ filters: [ConnectionFilter], isOfHost: (IPAddress) throws(NetlinkError) -> Bool
  ) throws(NetlinkError) {
    for family in AddressFamily.allCases {
      let filters = filters.filter { $0.family == family }
      let shown = Set(filters.map(\.comparedByKernel))
      guard let first = shown.first else { continue }
      let found = try connections(
        among: shown.count == 1 ? first : ConnectionFilter(family), matching: filters)
      for connection in found where try connection.isMeant(by: filters, isOfHost: isOfHost) {
        try delete(connection, family)
      }
    }
  }

  private mutating func connections(
    among shown: ConnectionFilter, matching filters: [ConnectionFilter]
  ) throws(NetlinkError) -> [Connection] {
    do throws(NetlinkError) {
      return try netlink.dump(
        ConntrackMessage.get,
        { writer in
          writer.appendNetfilterHeader(family: shown.family.netfilterNumber)
          shown.write(to: &writer)
        },
        parse: { message in
          guard let connection = Connection(message), filters.contains(where: connection.matches)
          else { return nil }
          return connection
        })
    } catch {
      guard error.errno == .invalidArgument else { throw error }
      let all = ConnectionFilter(shown.family)
      // The kernel has no conntrack subsystem.
      if shown == all { return [] }
      return try connections(among: all, matching: filters)
    }
  }

  private mutating func delete(
    _ connection: Connection, _ family: AddressFamily
  ) throws(NetlinkError) {
    do throws(NetlinkError) {
      try netlink.request(ConntrackMessage.delete) { writer in
        writer.appendNetfilterHeader(family: family.netfilterNumber)
        writer.nest(ConnectionAttribute.original) { (writer: inout MessageWriter) in
          writer.append(bytes: connection.original)
        }
        writer.attribute(ConnectionAttribute.id, bytes: connection.id)
        if let zone = connection.zone { writer.attribute(ConnectionAttribute.zone, bytes: zone) }
      }
    } catch {
      // It has expired meanwhile.
      if error.errno != .noSuchFileOrDirectory { throw error }
    }
  }
}

extension Connection {
  fileprivate func isMeant(
    by filters: [ConnectionFilter], isOfHost: (IPAddress) throws(NetlinkError) -> Bool
  ) throws(NetlinkError) -> Bool {
    for filter in filters where matches(filter) {
      guard filter.isToHost else { return true }
      if let destination, try isOfHost(destination) { return true }
    }
    return false
  }
}
