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
  /// The same address was found among the neighbours.
  public static let duplicate = InterfaceAddressFlags(rawValue: UInt32(IFA_F_DADFAILED))
  /// The search among the neighbours has not ended yet.
  public static let tentative = InterfaceAddressFlags(rawValue: UInt32(IFA_F_TENTATIVE))
  /// The address has no end of life.
  public static let permanent = InterfaceAddressFlags(rawValue: UInt32(IFA_F_PERMANENT))
  /// No route to the subnet comes with the address.
  public static let noPrefixRoute = InterfaceAddressFlags(rawValue: UInt32(IFA_F_NOPREFIXROUTE))
}
