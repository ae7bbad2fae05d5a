import KernelModel

extension BridgeOptions {
  /// The options that users set, ordered by key.
  package static let descriptions = [
    OptionDescription(
      AnnouncementOptions.intervalKey, .any, "Milliseconds between announcements of an address"),
    OptionDescription(
      AnnouncementOptions.countKey, .any, "0 disables the announcement of new addresses"),
    OptionDescription(
      EarlyBridgeOptions.containerTrafficKey, .boolean, "Allow communication between containers"),
    OptionDescription(
      EarlyBridgeOptions.masqueradeKey, .boolean,
      "Masquerade containers with a host address"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv4", gatewayModes, "Gateway mode for IPv4"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv6", gatewayModes, "Gateway mode for IPv6"),
    OptionDescription(
      EarlyBridgeOptions.hostAddressKey, .any, "Default host address of published ports"
    ),
    OptionDescription(
      "com.docker.network.bridge.inhibit_ipv4", .boolean,
      "Do not assign the gateway address to the bridge"),
    OptionDescription(nameKey, .interfaceName, "Name of the bridge"),
    OptionDescription(
      trustedInterfacesKey, .interfaces,
      "Interfaces from which containers are directly reachable"),
    OptionDescription(
      interfacePrefixKey, .interfaceName, "Prefix of interface names in containers"),
    OptionDescription(OptionReader.mtuKey, .any, "MTU in bytes"),
    OptionDescription(
      "com.docker.network.host_ipv4", .any, "Source address of outgoing connections"),
    OptionDescription(
      "com.docker.network.host_ipv6", .any, "Source address of outgoing connections"),
    OptionDescription(
      portSecurityKey, .words(NetworkPolicy.PortSecurity.allCases.map(\.rawValue)),
      "What containers may send as"),
  ]

  private static let gatewayModes = OptionDescription.Values.words(
    GatewayMode.allCases.map(\.rawValue), onlyInternal: [GatewayMode.isolated.rawValue])
}
