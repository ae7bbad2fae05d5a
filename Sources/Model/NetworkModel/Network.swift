public import Addressing

/// A network as it was defined; immutable once created.
public struct Network: Hashable, Sendable {
  /// The identity that Docker prints after `create`.
  public let id: NetworkID
  /// The name, any text that is not blank.
  public let name: String
  /// When it was created.
  public let created: Timestamp
  /// `local`, or the text given with `--scope`.
  public let scope: String
  /// What realises it; `null` for a configuration-only network, as Docker records it.
  public let driver: DriverName
  /// The address families that its endpoints have.
  public let families: Set<AddressFamily>
  /// Where its addresses come from.
  public let ipam: IPAMConfiguration
  /// No way out and no way in from other hosts.
  public let isInternal: Bool
  /// Accepted and shown; means something in a swarm only.
  public let isAttachable: Bool
  /// A template for others (`--config-only`), without any kernel object.
  public let isConfigurationOnly: Bool
  /// The name of the configuration-only network it was made from.
  public let configurationSource: String?
  /// Driver options as given with `--opt`.
  public let options: [String: String]
  /// Labels as given with `--label`.
  public let labels: [String: String]
  /// Addresses of the network's that a bridge which netctl did not make had before, and keeps.
  public var keptAddresses: [IPPrefix]

  /// Takes every member; nothing is checked here.
  public init(
    id: NetworkID, name: String, created: Timestamp, scope: String = "local",
    driver: DriverName, families: Set<AddressFamily> = [.ipv4], ipam: IPAMConfiguration,
    isInternal: Bool = false, isAttachable: Bool = false, isConfigurationOnly: Bool = false,
    configurationSource: String? = nil, options: [String: String] = [:],
    labels: [String: String] = [:], keptAddresses: [IPPrefix] = []
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
    self.keptAddresses = keptAddresses
  }

  /// Whether it is one of the networks that exist on every host.
  public var isPredefined: Bool { PredefinedNetwork(rawValue: name) != nil }

  /// The subnets from which endpoints get addresses; empty for a configuration-only network.
  public var subnets: [SubnetConfiguration] {
    isConfigurationOnly ? [] : ipam.subnets ?? []
  }

  /// The address that the containers of this network use as their gateway: an auxiliary address
  /// called `DefaultGatewayIPv4` or `DefaultGatewayIPv6` (Docker), else the bridge's own.
  public func gateway(_ family: AddressFamily) -> IPAddress? {
    guard let subnet = subnets.first(where: { $0.subnet.family == family }) else { return nil }
    let override = family == .ipv4 ? "DefaultGatewayIPv4" : "DefaultGatewayIPv6"
    return subnet.auxiliaryAddresses[override] ?? subnet.gateway
  }
}
