import KernelModel

/// A driver option as shown by completion.
package struct OptionDescription: Hashable, Sendable {
  /// The values an option takes.
  package enum Values: Hashable, Sendable {
    /// Any string.
    case any
    /// `true` or `false`.
    case boolean
    /// One of these.
    case words([String])
    /// Interfaces of the host.
    case interfaces
  }

  package let key: String
  /// What it takes.
  package let values: Values
  /// A short description.
  package let summary: String

  init(_ key: String, _ values: Values, _ summary: String) {
    self.key = key
    self.values = values
    self.summary = summary
  }
}

extension BridgeOptions {
  /// The options that users set, ordered by key.
  package static let descriptions = [
    OptionDescription(
      AnnouncementOptions.intervalKey, .any, "Milliseconds between announcements of an address"),
    OptionDescription(
      AnnouncementOptions.countKey, .any, "0 disables the announcement of new addresses"),
    OptionDescription(
      "com.docker.network.bridge.enable_icc", .boolean, "Allow communication between containers"),
    OptionDescription(
      "com.docker.network.bridge.enable_ip_masquerade", .boolean,
      "Masquerade containers with a host address"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv4", .words(GatewayMode.allCases.map(\.rawValue)),
      "Gateway mode for IPv4"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv6", .words(GatewayMode.allCases.map(\.rawValue)),
      "Gateway mode for IPv6"),
    OptionDescription(
      "com.docker.network.bridge.host_binding_ipv4", .any, "Default host address of published ports"
    ),
    OptionDescription(
      "com.docker.network.bridge.inhibit_ipv4", .boolean,
      "Do not assign the gateway address to the bridge"),
    OptionDescription("com.docker.network.bridge.name", .any, "Name of the bridge"),
    OptionDescription(
      "com.docker.network.bridge.trusted_host_interfaces", .interfaces,
      "Interfaces from which containers are directly reachable"),
    OptionDescription(
      "com.docker.network.container_iface_prefix", .any,
      "Prefix of interface names in containers"),
    OptionDescription("com.docker.network.driver.mtu", .any, "MTU in bytes"),
    OptionDescription(
      "com.docker.network.host_ipv4", .any, "Source address of outgoing connections"),
    OptionDescription(
      "com.docker.network.host_ipv6", .any, "Source address of outgoing connections"),
    OptionDescription(
      portSecurityKey, .words(NetworkPolicy.PortSecurity.allCases.map(\.rawValue)),
      "What containers may send as"),
  ]
}

extension EndpointOptions {
  /// The options that users set, ordered by key.
  package static let descriptions = [
    OptionDescription(interfaceNameKey, .any, "Name of the interface in the container"),
    OptionDescription(sysctlsKey, .any, "Sysctls of the interface in the container"),
  ]
}
