import Addressing
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
  /// is a kernel that tracks no connections.
  public mutating func delete(_ filters: [ConnectionFilter]) throws(NetlinkError) {
    // The kernel walks its whole table for each, and needs a hundred times as long to show it.
    let fewFilters = 64
    if filters.count > fewFilters { return try deleteOneByOne(filters) }
    try deleteOneByOne(filters.filter { !$0.isUnderstood })
    do throws(NetlinkError) {
      for filter in filters where filter.isUnderstood { try deleteInKernel(filter) }
    } catch {
      // Before Linux 6.9 a deletion knows no filter, and takes part of a connection for a mistake.
      guard error.errno == .invalidArgument || error.errno == .notSupported else { throw error }
      try deleteOneByOne(filters)
    }
  }

  /// Lets the kernel compare.
  mutating func deleteInKernel(_ filter: ConnectionFilter) throws(NetlinkError) {
    try netlink.request(ConntrackMessage.delete) { writer in
      writer.appendNetfilterHeader(family: filter.family.netfilterNumber)
      filter.write(to: &writer)
    }
  }

  /// Does the same with a look at every connection.
  mutating func deleteOneByOne(_ filters: [ConnectionFilter]) throws(NetlinkError) {
    for family in AddressFamily.allCases {
      let filters = filters.filter { $0.family == family }
      guard !filters.isEmpty else { continue }
      for connection in try connections(family, matching: filters) {
        try delete(connection, family)
      }
    }
  }

  private mutating func connections(
    _ family: AddressFamily, matching filters: [ConnectionFilter]
  ) throws(NetlinkError) -> [Connection] {
    do throws(NetlinkError) {
      return try netlink.dump(
        ConntrackMessage.get, { $0.appendNetfilterHeader(family: family.netfilterNumber) },
        parse: { message in
          guard let connection = Connection(message), filters.contains(where: connection.matches)
          else { return nil }
          return connection
        })
    } catch {
      // Nothing in the kernel answers for connections.
      if error.errno == .invalidArgument { return [] }
      throw error
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
      }
    } catch {
      // It has ended meanwhile.
      if error.errno != .noEntry { throw error }
    }
  }
}

extension ConnectionFilter {
  /// Whether the kernel compares as it should: it takes IPv6 addresses that differ for equal ones,
  /// and the reverse.
  fileprivate var isUnderstood: Bool {
    family == .ipv4 || [original, reply].allSatisfy { $0.source == nil && $0.destination == nil }
  }
}

/// The length of the header that every netfilter message has.
let netfilterHeaderLength = 4
