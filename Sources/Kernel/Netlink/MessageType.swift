import CLinux

/// The message types that every netlink family shares.
enum MessageType {
  static let error = UInt16(NLMSG_ERROR)
  static let done = UInt16(NLMSG_DONE)
}
