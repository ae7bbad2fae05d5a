public import Addressing

/// Where the addresses of a network come from.
public struct IPAMConfiguration: Hashable, Sendable {
  /// `default`, `null` for a network whose endpoints get no address, or a plugin.
  public let driver: String
  /// The options given; nil where Docker prints `null` (the predefined networks).
  public let options: [String: String]?
  /// The subnets; nil where Docker prints `null` (`host` and `none`).
  public package(set) var subnets: [SubnetConfiguration]?
  /// Whether the driver is told the hardware address that each address is for.
  public let needsHardwareAddress: Bool

  package init(
    driver: String = "default", options: [String: String]? = [:],
    subnets: [SubnetConfiguration]?, needsHardwareAddress: Bool = false
  ) {
    self.driver = driver
    self.options = options
    self.subnets = subnets
    self.needsHardwareAddress = needsHardwareAddress
  }
}

/// One subnet of a network, requested or configured.
public struct SubnetConfiguration: Hashable, Sendable {
  /// The subnet, host bits zero.
  public var subnet: IPPrefix
  /// The part of the subnet from which addresses are allocated (`--ip-range`).
  public var range: IPPrefix?
  /// The bridge's own address; nil if none is requested, or allocated.
  public var gateway: IPAddress?
  /// Reserved addresses, by name.
  public var auxiliaryAddresses: [String: IPAddress]
  /// A plugin's name for it; nil for a subnet that no plugin manages.
  public var pool: String?
  package init(
    subnet: IPPrefix, range: IPPrefix? = nil, gateway: IPAddress? = nil,
    auxiliaryAddresses: [String: IPAddress] = [:], pool: String? = nil
  ) {
    self.subnet = subnet
    self.range = range
    self.gateway = gateway
    self.auxiliaryAddresses = auxiliaryAddresses
    self.pool = pool
  }

  /// The address family.
  public var family: AddressFamily { subnet.family }
}
