import Addressing
import Drivers
import NetworkModel

/// A `create` request on its way to becoming a network: validated and completed step by step in
/// Docker's order, without looking at state or kernel.
struct CreatePlan {
  private(set) var request: CreateRequest
  /// The requested subnets of the families that the network has.
  private(set) var subnets: [SubnetConfiguration]
  private(set) var families: Set<AddressFamily>
  private let allSubnets: [SubnetConfiguration]
  /// The options that the configuration gives to new networks, and nobody asked for.
  let defaultedOptions: Set<String>

  init(
    _ request: CreateRequest, hasCluster: Bool = false, defaultedOptions: Set<String> = []
  ) throws(DefinitionError) {
    var request = request
    if request.driver.isEmpty { request.driver = DriverName.bridge.rawValue }
    if request.addressDriver.isEmpty { request.addressDriver = IPAMConfiguration.ownDriver }
    let subnets = try request.subnetRequests()
    if PredefinedNetwork.isReserved(request.name) {
      throw .reservedName(request.name)
    }
    if request.driver == DriverName.overlay.rawValue, !hasCluster { throw .overlayNeedsSwarm }
    let families = try Self.families(&request)
    // IPv6 subnets of a network without IPv6 are silently ignored.
    try subnets.filter { $0.family == .ipv4 || families.contains(.ipv6) }.validate()
    if request.name.allSatisfy(\.isWhitespace) { throw .emptyName }
    self.request = request
    self.allSubnets = subnets
    self.defaultedOptions = defaultedOptions
    self.subnets = subnets.filter { families.contains($0.family) }
    self.families = families
  }

  /// Checks the rules for configuration-only networks and for networks created from them.
  func checkOperatorFields() throws(DefinitionError) {
    let isDerived = !request.configurationSource.isEmpty
    if request.isConfigurationOnly {
      let hasOperatorField =
        request.isInternal || request.isAttachable || request.isIngress || !request.scope.isEmpty
      if hasOperatorField { throw .operatorFields }
      if isDerived { throw .configurationDependsOnConfiguration }
    } else if isDerived {
      let hasConfiguration =
        !allSubnets.isEmpty || !request.labels.isEmpty || !request.addressOptions.isEmpty
        || request.addressDriver != IPAMConfiguration.ownDriver || families != [.ipv4]
      if hasConfiguration { throw .configurationConflict }
      if !request.options.isEmpty { throw .configurationOptionsConflict }
    }
  }

  /// Replaces the MTU that stands for another by that one; nil for the driver's default.
  mutating func replaceAutomaticMTU(by mtu: UInt32?) {
    request.options = AutomaticMTU.replaced(in: request.options, by: mtu)
  }

  /// Replaces the options by those with the names that links of the host really have.
  mutating func replaceOptions(by options: [String: String]) { request.options = options }

  /// The driver with the requested name.
  func resolveDriver(
    among drivers: DriverRegistry
  ) throws(DefinitionError) -> any NetworkDriver.Type {
    guard let driver = drivers.driver(named: DriverName(rawValue: request.driver)) else {
      throw .unknownDriver(request.driver)
    }
    if request.isIngress { throw .ingress }
    return driver
  }

  /// Refuses a second network of a single-instance driver, and a multi-host scope; needs the
  /// resolved configuration.
  func check(_ driver: any NetworkDriver.Type) throws(DefinitionError) {
    if request.scope == "swarm" { throw .swarmScope }
    if driver.isSingleInstance { throw .singleInstanceDriver(request.driver) }
  }

  /// Refuses IPAM drivers that netctl does not have or that have no subnets; must follow the
  /// parsing of the network driver's options.
  func checkAddressDriver() throws(DefinitionError) {
    switch request.addressDriver {
    // A document of an earlier version may lack a name.
    case IPAMConfiguration.ownDriver, "": break
    case IPAMConfiguration.nullDriver:
      if !subnets.isEmpty { throw .specificPool(request.addressDriver) }
      throw families.min().map { .emptyPool($0) } ?? .noFamily
    default: throw .unknownAddressDriver(request.addressDriver)
    }
  }

  /// Refuses a network without addresses, after the subnets have been allocated.
  func checkFamilies() throws(DefinitionError) {
    if families.isEmpty { throw .noFamily }
  }

  /// Copies the settings of a configuration-only network.
  mutating func adopt(_ source: Network) {
    families = source.families
    request.options = source.options
    request.labels = source.labels
    request.addressDriver = source.ipam.driver
    request.addressOptions = source.ipam.options ?? [:]
    request.configurationSource = source.name
    subnets = (source.ipam.subnets ?? []).filter { families.contains($0.family) }
  }

  var addressSpace: AddressSpace { isGlobal ? .global : .local }

  /// Whether its networks span hosts, as far as addresses are concerned.
  var isGlobal: Bool { request.scope == AddressSpace.globalScope }

  /// Gives it the scope of a driver whose networks span hosts.
  mutating func makeGlobal() { request.scope = AddressSpace.globalScope }

  /// Whether its networks span hosts, and the agent has a part in them.
  var isOverlay: Bool {
    request.driver == DriverName.overlay.rawValue && !request.isConfigurationOnly
  }

  /// Sets the MTU.
  mutating func chooseMTU(_ mtu: UInt32) {
    request.options[OverlayOptions.mtuKey] = String(mtu)
  }

  /// Whether the driver is a plugin, as all are that netctl does not have.
  func hasPluginDriver(_ drivers: DriverRegistry) -> Bool {
    drivers.driver(named: DriverName(rawValue: request.driver)) == nil
  }

  /// The address driver if it is a plugin.
  var addressPlugin: String? {
    IPAMConfiguration.isPlugin(request.addressDriver) ? request.addressDriver : nil
  }

  /// The subnets of a network whose endpoints get no address from netctl.
  func subnetsWithoutAddresses() throws(DefinitionError) -> [SubnetConfiguration] {
    if !subnets.isEmpty { throw .specificPool(request.addressDriver) }
    if families.contains(.ipv6) { throw .emptyPool(.ipv6) }
    return [IPPrefix.everyIPv4].compactMap(\.self).map { SubnetConfiguration(subnet: $0) }
  }

  /// The network with these subnets.
  func network(
    id: NetworkID, created: Timestamp, driver: DriverName, subnets: [SubnetConfiguration],
    plugin: PluginNetwork? = nil, needsHardwareAddress: Bool = false
  ) -> Network {
    Network(
      id: id, name: request.name, created: created,
      scope: request.scope.isEmpty ? "local" : request.scope, driver: driver,
      families: families,
      ipam: IPAMConfiguration(
        driver: request.addressDriver.isEmpty
          ? IPAMConfiguration.ownDriver : request.addressDriver,
        options: request.addressOptions, subnets: subnets,
        needsHardwareAddress: needsHardwareAddress),
      isInternal: request.isInternal, isAttachable: request.isAttachable,
      configurationSource: request.configurationSource.isEmpty
        ? nil : request.configurationSource,
      options: request.options, labels: request.labels, plugin: plugin)
  }

  /// The network that only holds a configuration; Docker records the driver `null` for it.
  func configurationNetwork(id: NetworkID, created: Timestamp) -> Network {
    Network(
      id: id, name: request.name, created: created, driver: .null, families: families,
      ipam: IPAMConfiguration(
        driver: request.addressDriver, options: request.addressOptions,
        subnets: allSubnets.isEmpty ? nil : allSubnets),
      isConfigurationOnly: true, options: request.options, labels: request.labels)
  }

  // A flag takes precedence over the equivalent driver option, which is then dropped (Docker 28.2).
  private static func families(
    _ request: inout CreateRequest
  ) throws(DefinitionError) -> Set<AddressFamily> {
    var families: Set<AddressFamily> = []
    let flags = [(AddressFamily.ipv4, request.ipv4, true), (.ipv6, request.ipv6, false)]
    for (family, flag, isDefault) in flags {
      guard let key = NetworkOptions.familyKeys[family] else { continue }
      var isEnabled = flag
      if flag != nil {
        request.options[key] = nil
      } else if let text = request.options[key] {
        guard let value = goBool(text) else { throw .invalidFamilyOption(key: key) }
        isEnabled = value
      }
      if isEnabled ?? isDefault { families.insert(family) }
    }
    return families
  }
}

extension IPPrefix {
  /// All of IPv4.
  fileprivate static let everyIPv4 = IPAddress(family: .ipv4, value: 0)
    .flatMap { IPPrefix(address: $0, length: 0) }
}
