package import LinuxSystem

/// The transport of a netlink socket's datagrams: a kernel socket, or a script in tests.
package protocol NetlinkTransport: AnyObject {
  /// The address that replies are sent to.
  var port: UInt32 { get }
  /// The underlying file descriptor; -1 if there is none.
  var descriptor: Int32 { get }
  /// Sends one datagram.
  func send(_ bytes: [UInt8]) throws(NetlinkError)
  /// Waits for one datagram.
  func receive() throws(NetlinkError) -> ArraySlice<UInt8>
  /// Whether a datagram can be received before the deadline.
  func isReadable(until deadline: Deadline) throws(NetlinkError) -> Bool
  /// Subscribes to the events of a multicast group.
  func subscribe(to group: UInt32) throws(NetlinkError)
  /// Ensures that a datagram of this length can be sent.
  func makeRoom(for length: Int) throws(NetlinkError)
}
