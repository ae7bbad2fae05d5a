public import Addressing
public import KernelModel
import LinuxSystem
public import Netlink

/// A socket for the connections that the kernel tracks in one network namespace.
public struct ConntrackSocket: ~Copyable {
  private var netlink: NetlinkSocket

  /// Opens a socket in the thread's network namespace.
  public static func open() throws(NetlinkError) -> ConntrackSocket {
    try ConntrackSocket(netlink: .open(.netfilter))
  }

  /// Shows everything that is sent and received from now on to `observer`.
  public mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }

  /// Makes the kernel forget the connections that match any of the filters; none is success, and so
  /// is a kernel that tracks no connections. `isOfHost` says whether an address is the host's own.
  public mutating func delete(
    _ filters: [ConnectionFilter], isOfHost: (IPAddress) throws(NetlinkError) -> Bool
  ) throws(NetlinkError) {
    // The kernel walks its whole table for each, and needs a hundred times as long to show it.
    let fewFilters = 64
    guard filters.count <= fewFilters else {
      return try deleteOneByOne(filters, isOfHost: isOfHost)
    }
    try deleteOneByOne(filters.filter { $0 != $0.comparedByKernel }, isOfHost: isOfHost)
    do throws(NetlinkError) {
      for filter in filters where filter == filter.comparedByKernel { try deleteInKernel(filter) }
    } catch {
      // Before Linux 6.9 a deletion knows no filter, and takes part of a connection for a mistake.
      guard error.errno == .invalidArgument || error.errno == .notSupported else { throw error }
      try deleteOneByOne(filters, isOfHost: isOfHost)
    }
  }

  /// Lets the kernel compare.
  mutating func deleteInKernel(_ filter: ConnectionFilter) throws(NetlinkError) {
    try netlink.request(ConntrackMessage.delete) { writer in
      writer.appendNetfilterHeader(family: filter.family.netfilterNumber)
      filter.write(to: &writer)
    }
  }

  /// Does the same with a look at every connection, or at those that all filters have in common.
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
      // Nothing in the kernel answers for connections.
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
      // It has ended meanwhile.
      if error.errno != .noEntry { throw error }
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
