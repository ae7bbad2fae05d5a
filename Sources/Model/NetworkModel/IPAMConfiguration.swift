public import Addressing

/// Where the addresses of a network come from.
public struct IPAMConfiguration: Hashable, Sendable {
  /// `default`, or `null` for a network whose endpoints get no address.
  public let driver: String
  /// The options given; nil where Docker prints `null` (the predefined networks).
  public let options: [String: String]?
  /// The subnets; nil where Docker prints `null` (`host` and `none`).
  public let subnets: [SubnetConfiguration]?

  /// Takes every member; nothing is checked here.
  public init(
    driver: String = "default", options: [String: String]? = [:],
    subnets: [SubnetConfiguration]?
  ) {
    self.driver = driver
    self.options = options
    self.subnets = subnets
  }
}

/// One subnet of a network.
public struct SubnetConfiguration: Hashable, Sendable {
  /// The subnet, host bits zero.
  public let subnet: IPPrefix
  /// The part of the subnet from which addresses are chosen (`--ip-range`).
  public let range: IPPrefix?
  /// The bridge's own address; nil where none is allocated.
  public let gateway: IPAddress?
  /// Addresses that are never given out, by name.
  public let auxiliaryAddresses: [String: IPAddress]

  /// Takes every member; nothing is checked here.
  public init(
    subnet: IPPrefix, range: IPPrefix? = nil, gateway: IPAddress? = nil,
    auxiliaryAddresses: [String: IPAddress] = [:]
  ) {
    self.subnet = subnet
    self.range = range
    self.gateway = gateway
    self.auxiliaryAddresses = auxiliaryAddresses
  }
}
