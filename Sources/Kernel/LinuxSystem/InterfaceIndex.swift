import CLinux
import Glibc

/// Interface indexes in the thread's network namespace.
package enum InterfaceIndex {
  /// The index of the interface with this name; nil if there is none (if_nametoindex(3)).
  package static func of(_ name: String) -> UInt32? {
    let index = unsafe if_nametoindex(name)
    return index == 0 ? nil : index
  }

  /// The index of the interface with this name in the namespace of a socket of any kind; nil if
  /// there is none. A tenth of the time of a netlink request, whose reply describes the interface.
  package static func of(_ name: String, socket descriptor: Int32) throws(Errno) -> UInt32? {
    let index = unsafe clinux_interface_index(descriptor, name)
    if index >= 0 { return UInt32(index) }
    let errno = Errno.current
    guard errno == .noDevice else { throw errno }
    return nil
  }

  /// The names of all interfaces, ordered by index (if_nameindex(3)).
  package static func names() -> [String] {
    guard let list = unsafe if_nameindex() else { return [] }
    defer { unsafe if_freenameindex(list) }
    var names: [String] = []
    var next = unsafe list
    while let name = unsafe next.pointee.if_name {
      unsafe names.append(String(cString: name))
      unsafe next += 1
    }
    return names
  }
}
