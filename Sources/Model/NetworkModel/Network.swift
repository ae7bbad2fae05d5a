public import Addressing

/// A network as it is defined.
public struct Network: Hashable, Sendable {
  /// The identity that Docker prints after `create`.
  public let id: NetworkID
  /// The name; any string that is not blank.
  public package(set) var name: String
  /// When it was created.
  public let created: Timestamp
  /// `local`, or the value of `--scope`.
  public let scope: String
  /// The driver; `null` for a configuration-only network, as Docker records it.
  public let driver: DriverName
  /// The address families of its endpoints.
  public package(set) var families: Set<AddressFamily>
  /// Its address management.
  public package(set) var ipam: IPAMConfiguration
  /// Whether it has no connection to the outside in either direction.
  public package(set) var isInternal: Bool
  /// Accepted and shown; has no effect outside a swarm.
  public let isAttachable: Bool
  /// Whether it is only a template for others (`--config-only`), without kernel objects.
  public let isConfigurationOnly: Bool
  /// The name of the configuration-only network it was created from.
  public let configurationSource: String?
  /// Driver options as given with `--opt`.
  public package(set) var options: [String: String]
  /// Labels as given with `--label`.
  public package(set) var labels: [String: String]
  /// Addresses that the adopted bridge already had, and keeps when the network is removed.
  public var preexistingAddresses: [IPPrefix]
  /// What its driver, a plugin, has been told of it; nil for a driver of netctl's.
  public package(set) var plugin: PluginNetwork?
  package init(
    id: NetworkID, name: String, created: Timestamp, scope: String = "local",
    driver: DriverName, families: Set<AddressFamily> = [.ipv4], ipam: IPAMConfiguration,
    isInternal: Bool = false, isAttachable: Bool = false, isConfigurationOnly: Bool = false,
    configurationSource: String? = nil, options: [String: String] = [:],
    labels: [String: String] = [:], preexistingAddresses: [IPPrefix] = [],
    plugin: PluginNetwork? = nil
  ) {
    self.id = id
    self.name = name
    self.created = created
    self.scope = scope
    self.driver = driver
    self.families = families
    self.ipam = ipam
    self.isInternal = isInternal
    self.isAttachable = isAttachable
    self.isConfigurationOnly = isConfigurationOnly
    self.configurationSource = configurationSource
    self.options = options
    self.labels = labels
    self.preexistingAddresses = preexistingAddresses
    self.plugin = plugin
  }

  /// Whether it is one of the networks that exist on every host.
  public var isPredefined: Bool { PredefinedNetwork(rawValue: name) != nil }

  /// The name of the network by which containers on overlay networks reach the outside (Docker).
  package static let wayOutName = "docker_gwbridge"

  /// Whether its containers have no names but those of `--link`: it joins what is on other networks,
  /// too.
  package var hasLinksOnly: Bool { isPredefined || name == Self.wayOutName }

  /// The subnets from which endpoints get addresses; empty for a configuration-only network.
  public var subnets: [SubnetConfiguration] {
    isConfigurationOnly ? [] : ipam.subnets ?? []
  }

  /// The containers' gateway: an auxiliary address called `DefaultGatewayIPv4` or
  /// `DefaultGatewayIPv6` (Docker), otherwise the bridge's own address.
  public func gateway(_ family: AddressFamily) -> IPAddress? {
    guard let subnet = subnets.first(where: { $0.subnet.family == family }) else { return nil }
    let override = family == .ipv4 ? "DefaultGatewayIPv4" : "DefaultGatewayIPv6"
    return subnet.auxiliaryAddresses[override] ?? subnet.gateway
  }
}
