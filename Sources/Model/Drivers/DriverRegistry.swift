package import NetworkModel

/// The drivers by name. A driver is added by its type in `builtIn`.
package struct DriverRegistry: Sendable {
  /// The drivers, in the order in which completion offers them.
  package let drivers: [any NetworkDriver.Type]
  /// What they need to know of the host.
  package var host: HostSettings

  package init(_ drivers: [any NetworkDriver.Type], host: HostSettings = HostSettings()) {
    self.drivers = drivers
    self.host = host
  }

  /// The drivers of netctl.
  package static let builtIn = DriverRegistry([
    BridgeDriver.self, OverlayDriver.self, MacvlanDriver.self, IpvlanDriver.self,
    HostDriver.self, NullDriver.self,
  ])

  /// The drivers of networks that users create.
  package var creatable: [any NetworkDriver.Type] { drivers.filter { !$0.isSingleInstance } }

  /// The driver with this name; nil for one that netctl does not know.
  package func driver(named name: DriverName) -> (any NetworkDriver.Type)? {
    drivers.first { $0.name == name }
  }

  /// What is known of the driver of a network; nil for one that netctl does not know.
  package func driverType(of network: Network) -> (any NetworkDriver.Type)? {
    network.plugin != nil ? PluginDriver.self : driver(named: network.driver)
  }

  /// The driver of a network with its options parsed; nil for one that netctl does not know. Throws
  /// for an invalid option.
  package func driver(of network: Network) throws(OptionError) -> (any NetworkDriver)? {
    if network.isConfigurationOnly { return NullDriver(network) }
    if network.plugin != nil { return PluginDriver(network) }
    return try driver(named: network.driver)?.init(network, on: host)
  }

  /// Whether a network of this driver may have an option with this value; true for a driver that
  /// netctl does not know.
  package func accepts(_ value: String, for key: String, of name: DriverName) -> Bool {
    let options = [key: value]
    if AutomaticMTU.isWanted(options) { return true }
    guard !NetworkOptions.familyKeys.values.contains(key) || goBool(value) != nil,
      let type = driver(named: name), let id = NetworkID(String(repeating: "0", count: 64))
    else { return driver(named: name) == nil }
    let network = Network(
      id: id, name: "", created: Timestamp(nanoseconds: 0), driver: name,
      ipam: IPAMConfiguration(subnets: nil), isInternal: true, options: options)
    return (try? type.init(network)) != nil
  }

  /// Whether another network may have a subnet in common with this one.
  package func sharesSubnets(_ network: Network) -> Bool {
    !network.isConfigurationOnly && driverType(of: network)?.sharesSubnets == true
  }

  /// Refuses interface names with hidden characters in options of any driver, or of endpoints.
  package func checkChosenNames(_ options: [String: String]) throws(OptionError) {
    try OptionDescription.checkNames(
      in: options, of: drivers.flatMap { $0.options } + EndpointOptions.descriptions)
  }
}
