public import Addressing
public import OrderedJSON
public import SystemErrors

/// Something that is wrong in the configuration file.
public struct ConfigurationProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Fault: Hashable, Sendable {
    /// The file cannot be read.
    case unreadable(Errno)
    /// It is not a JSON document.
    case notJSON(JSONSyntaxError)
    /// There is no such key; those that may have been meant, if any is close enough.
    case unknownKey(suggestions: [String])
    /// The value is not what the key has; the value as JSON.
    case unexpected(value: String, Form)
    /// The value and that of another key exclude each other.
    case conflict(with: String)
    /// The value means nothing without that of another key.
    case needs(key: String)
    /// The value has to lie in that of another key.
    case outside(value: String, key: String)
    /// An address of the subnet that no host can have.
    case notAHost(value: String, subnet: String)
    /// No block is of a family that the network `bridge` needs.
    case noPool(AddressFamily)
    /// The subnets cannot be cut from a block with this prefix length.
    case poolTooSmall(base: String, length: Int, size: Int)
    /// An IPv6 block overlaps the link-local addresses without being theirs.
    case linkLocalClash(value: String)
  }

  /// What a value has to be.
  public enum Form: Hashable, Sendable {
    case object
    case boolean
    case string
    case word
    case words
    case address
    case ipv4Address
    case ipv6Address
    case addresses
    case addressesOrFalse
    case ipv4Interface
    case ipv6Interface
    case ipv4Prefix
    case ipv6Prefix
    case prefix
    case mtu
    case mtuWithIPv6
    case bridge
    case mark
    case group
    case pools
    case pool
    case poolSize
    case optionsByDriver
    case options
    case optionValue
    case clusterStore
    case clusterAddress
    case certificates
    case path
    case seconds
    case timeToLive
    case dataPathPort
    case identifierRange
  }

  /// The line, counted from 1; nil for the file as a whole.
  public let line: Int?
  /// The key, such as `default-address-pools[0].size`; empty for the file as a whole.
  public let key: String
  /// What is wrong there.
  public let fault: Fault

  init(line: Int? = nil, key: String = "", _ fault: Fault) {
    self.line = line
    self.key = key
    self.fault = fault
  }
}
