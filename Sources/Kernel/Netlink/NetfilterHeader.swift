import CLinux

/// The length of the header that every netfilter message has.
package let netfilterHeaderLength = 4

extension MessageWriter {
  /// Appends the header of every netfilter message.
  package mutating func appendNetfilterHeader(family: UInt8) {
    append(family)
    append(UInt8(NFNETLINK_V0))
    append(UInt16(0))
  }
}
