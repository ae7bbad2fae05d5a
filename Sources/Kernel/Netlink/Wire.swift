import CLinux

/// Constants of the netlink wire format.
enum Wire {
  static let headerLength = 16
  static let attributeHeaderLength = 4
  static let nestedMark = UInt16(NLA_F_NESTED)
  static let typeMask: UInt16 = 0x3fff

  static func aligned(_ length: Int) -> Int {
    (length + 3) & ~3
  }
}
