/// The process that holds a socket.
package enum SocketOwner {
  /// The ID and command name of a process that holds the socket; nil if there is none or it cannot
  /// be seen. This reads a directory of every process.
  package static func find(inode: UInt32) -> (process: Int32, command: String)? {
    let target = "socket:[\(inode)]"
    guard let names = try? Directory.open("/proc").names() else { return nil }
    for process in names.compactMap({ Int32($0) }) {
      guard let folder = try? Directory.open("/proc/\(process)/fd"),
        let descriptors = try? folder.names(),
        descriptors.contains(where: { folder.link($0) == target })
      else { continue }
      return (process, (try? PseudoFile.read("/proc/\(process)/comm")) ?? "")
    }
    return nil
  }
}
