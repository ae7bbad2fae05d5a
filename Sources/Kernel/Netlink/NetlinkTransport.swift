/// What carries a netlink socket's datagrams: the kernel's socket, or a script in tests.
package protocol NetlinkTransport: AnyObject {
  /// The address to which answers are sent.
  var port: UInt32 { get }
  /// The number of the descriptor behind it; -1 where there is none.
  var descriptor: Int32 { get }
  /// Sends one datagram.
  func send(_ bytes: [UInt8]) throws(NetlinkError)
  /// Waits for one datagram.
  func receive() throws(NetlinkError) -> ArraySlice<UInt8>
  /// Whether a datagram can be received before the deadline.
  func isReadable(until deadline: Deadline) throws(NetlinkError) -> Bool
  /// Receives the events of a multicast group from now on.
  func subscribe(to group: UInt32) throws(NetlinkError)
  /// Makes sure that a datagram of this length can be sent.
  func makeRoom(for length: Int) throws(NetlinkError)
}
