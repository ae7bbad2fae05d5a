import Glibc

/// The numbers of interfaces in the thread's network namespace.
public enum InterfaceIndex {
  /// The number of the interface with this name; nil when there is none (if_nametoindex(3)).
  public static func of(_ name: String) -> UInt32? {
    let index = unsafe if_nametoindex(name)
    return index == 0 ? nil : index
  }

  /// The names of all interfaces, in the order of their numbers (if_nameindex(3)).
  public static func names() -> [String] {
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
