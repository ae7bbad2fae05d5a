import Glibc

/// The groups of this host.
package enum SystemGroup {
  /// The number of a group given by name or by number; nil if there is none of that name.
  package static func number(of name: String) -> UInt32? {
    if let number = UInt32(name) { return number }
    var group = unsafe Glibc.group()
    var result: UnsafeMutablePointer<Glibc.group>?
    // A group of thousands of members does not fit; only its number is wanted.
    var buffer = [CChar](repeating: 0, count: 1 << 20)
    let errno = unsafe getgrnam_r(name, &group, &buffer, buffer.count, &result)
    guard errno == 0, unsafe result != nil else { return nil }
    return unsafe group.gr_gid
  }
}
