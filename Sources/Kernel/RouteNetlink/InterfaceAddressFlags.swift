import CLinux

/// The flags of an interface address.
package struct InterfaceAddressFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel holds them.
  package let rawValue: UInt32

  /// Wraps the kernel's bits.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// IFA_F_NODAD: skip duplicate address detection.
  package static let noDuplicateDetection = InterfaceAddressFlags(rawValue: UInt32(IFA_F_NODAD))
}
