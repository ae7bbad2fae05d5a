import CLinux

/// The flags of an interface address.
public struct InterfaceAddressFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel holds them.
  public let rawValue: UInt32

  /// Wraps the kernel's bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Do not look for the same address among the neighbours first.
  public static let noDuplicateDetection = InterfaceAddressFlags(rawValue: UInt32(IFA_F_NODAD))
}
