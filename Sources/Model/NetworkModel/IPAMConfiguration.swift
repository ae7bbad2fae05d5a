public import Addressing

/// Where the addresses of a network come from.
public struct IPAMConfiguration: Hashable, Sendable {
  /// `default`, or `null` for a network whose endpoints get no address.
  public let driver: String
  /// The options given; nil where Docker prints `null` (the predefined networks).
  public let options: [String: String]?
  /// The subnets; nil where Docker prints `null` (`host` and `none`).
  public package(set) var subnets: [SubnetConfiguration]?
  package init(
    driver: String = "default", options: [String: String]? = [:],
    subnets: [SubnetConfiguration]?
  ) {
    self.driver = driver
    self.options = options
    self.subnets = subnets
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
  package init(
    subnet: IPPrefix, range: IPPrefix? = nil, gateway: IPAddress? = nil,
    auxiliaryAddresses: [String: IPAddress] = [:]
  ) {
    self.subnet = subnet
    self.range = range
    self.gateway = gateway
    self.auxiliaryAddresses = auxiliaryAddresses
  }

  /// The address family.
  public var family: AddressFamily { subnet.family }
}
