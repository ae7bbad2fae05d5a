public import KernelModel

/// A driver option that cannot be accepted.
public enum OptionError: Error, Hashable, Sendable {
  /// The value is not one of Go's words for a boolean.
  case notABoolean(key: String, value: String)
  /// The value is not an IP address of the family the option is for.
  case notAnAddress(key: String, value: String)
  /// The value is not a whole number.
  case notANumber(key: String, value: String)
  /// The value lies outside the range.
  case outOfRange(key: String, value: Int64, allowed: ClosedRange<Int64>)
  /// A negative MTU.
  case negativeMTU(Int64)
  /// Not `nat`, `nat-unprotected`, `routed` or `isolated`.
  case unknownGatewayMode(key: String, value: String)
  /// `isolated` on a network that is not internal.
  case isolatedNeedsInternal
  /// The kernel could not have an interface of this name.
  case interfaceName(key: String, value: String, InterfaceNameError)
  /// Several problems at once.
  indirect case several([OptionError])
  /// An entry of the endpoint's sysctls is not `net.FAMILY.GROUP.IFNAME.NAME=VALUE`.
  case sysctl(String)
}
