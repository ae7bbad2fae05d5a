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

  /// Makes the kernel forget the connections that match; none is success, and so is a kernel that
  /// tracks no connections.
  public mutating func delete(_ filter: ConnectionFilter) throws(NetlinkError) {
    do throws(NetlinkError) {
      try netlink.request(ConntrackMessage.delete) { writer in
        writer.appendNetfilterHeader(family: filter.family.netfilterNumber)
        filter.write(to: &writer)
      }
    } catch {
      // Before Linux 6.9 a deletion knows no filter, and takes part of a connection for a mistake.
      guard error.errno == .invalidArgument || error.errno == .notSupported else { throw error }
      try deleteOneByOne(filter)
    }
  }

  /// Does the same with a look at every connection.
  mutating func deleteOneByOne(_ filter: ConnectionFilter) throws(NetlinkError) {
    let found: [Connection]
    do throws(NetlinkError) {
      found = try netlink.dump(
        ConntrackMessage.get,
        { $0.appendNetfilterHeader(family: filter.family.netfilterNumber) },
        parse: { message in Connection(message).flatMap { $0.matches(filter) ? $0 : nil } })
    } catch {
      // Nothing in the kernel answers for connections.
      if error.errno == .invalidArgument { return }
      throw error
    }
    for connection in found {
      do throws(NetlinkError) {
        try netlink.request(ConntrackMessage.delete) { writer in
          writer.appendNetfilterHeader(family: filter.family.netfilterNumber)
          writer.nest(ConnectionAttribute.original) { (writer: inout MessageWriter) in
            writer.append(bytes: connection.original)
          }
          writer.attribute(ConnectionAttribute.id, bytes: connection.id)
        }
      } catch {
        if error.errno != .noEntry { throw error }
      }
    }
  }
}

/// The length of the header that every netfilter message has.
let netfilterHeaderLength = 4
