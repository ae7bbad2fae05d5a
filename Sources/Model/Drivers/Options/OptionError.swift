public import Addressing
public import NetworkModel

/// An invalid driver option.
public enum OptionError: Error, Hashable, Sendable {
  /// The value is not one of Go's boolean literals.
  case notABoolean(key: String, value: String)
  /// The value is not an IP address of the option's family.
  case notAnAddress(key: String, value: String)
  /// The value is not a whole number.
  case notANumber(key: String, value: String)
  /// The value lies outside the range.
  case outOfRange(key: String, value: Int64, allowed: ClosedRange<Int64>)
  /// A negative MTU.
  case negativeMTU(Int64)
  /// Not one of the gateway modes.
  case unknownGatewayMode(key: String, value: String, modes: [String])
  /// Not one of a driver's words for a mode or flag.
  case unknownMode(DriverName, ModeSubject, value: String, default: String)
  /// The loopback interface as the parent of a driver's network.
  case loopbackParent(DriverName)
  /// Not one of the levels of port security.
  case unknownPortSecurity(key: String, value: String, levels: [String])
  /// `isolated` on a network that is not internal.
  case isolatedNeedsInternal
  /// The value is not a valid interface name.
  case interfaceName(key: String, value: String, InterfaceNameError)
  /// Several problems at once.
  indirect case several([OptionError])
  /// An overlay network cannot be encrypted.
  case encryptionUnavailable
  /// An entry of the endpoint's sysctls is not `net.FAMILY.GROUP.IFNAME.NAME=VALUE`.
  case sysctl(String)

  /// What a word of a driver sets.
  public enum ModeSubject: String, Hashable, Sendable {
    /// How interfaces are attached to their parent.
    case mode
    /// What they may exchange.
    case flag
  }
}
