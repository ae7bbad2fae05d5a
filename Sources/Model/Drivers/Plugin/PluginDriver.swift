import Addressing
package import KernelModel
package import NetworkModel

/// The driver of networks that a plugin makes: netctl only moves the plugin's link into the
/// container, and configures it there.
package struct PluginDriver: NetworkDriver {
  // Plugins are found by names that only the records know.
  package static let name = DriverName(rawValue: "")
  package static let summary = "A plugin"
  package static let sharesSubnets = true

  private let network: Network

  package init(_ network: Network) {
    self.network = network
  }

  package var driverName: DriverName { network.driver }
  package var desiredNetwork: DesiredNetwork { DesiredNetwork() }
  package var interfaces: InterfaceNaming? { InterfaceNaming(prefix: "eth", hasHostEnd: false) }

  /// The interface that a plugin's link becomes; nil if the plugin gave none.
  package func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? {
    guard let plugin = endpoint.plugin, let source = plugin.sourceName,
      let interface = endpoint.interface
    else { return nil }
    // Validated when the container was connected.
    let settings = try? EndpointOptions(endpoint.settings.driverOptions)
    return DesiredEndpoint(
      name: interface.name, link: .moved(from: source),
      owner: .endpoint(endpoint.id.description), mac: interface.mac,
      addresses: interface.assignedAddresses, routes: plugin.routes,
      sysctls: [
        interface.hasIPv6 ? interface.ipv6Sysctl(.disableIPv6, "0") : interface.disablingIPv6
      ] + (settings?.sysctls(interface: interface.name) ?? []))
  }
}
