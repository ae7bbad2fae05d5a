import Glibc

/// The numbers of interfaces in the thread's network namespace.
public enum InterfaceIndex {
  /// The number of the interface with this name; nil when there is none (if_nametoindex(3)).
  public static func of(_ name: String) -> UInt32? {
    let index = unsafe if_nametoindex(name)
    return index == 0 ? nil : index
  }
}
