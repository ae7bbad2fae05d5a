/// A driver option in the words of somebody who looks for it.
public struct OptionDescription: Hashable, Sendable {
  /// The values an option takes.
  public enum Values: Hashable, Sendable {
    /// Any text.
    case any
    /// `true` or `false`.
    case boolean
    /// One of these.
    case words([String])
    /// Interfaces of the host.
    case interfaces
  }

  /// The key.
  public let key: String
  /// What it takes.
  public let values: Values
  /// What it is for, in a few words.
  public let summary: String

  init(_ key: String, _ values: Values, _ summary: String) {
    self.key = key
    self.values = values
    self.summary = summary
  }
}

extension BridgeOptions {
  /// The options that users set; in the order of their keys.
  public static let descriptions = [
    OptionDescription(
      AnnouncementOptions.intervalKey, .any, "Milliseconds between announcements of an address"),
    OptionDescription(
      AnnouncementOptions.countKey, .any, "0 keeps new addresses from being announced"),
    OptionDescription(
      "com.docker.network.bridge.enable_icc", .boolean, "Let containers reach each other"),
    OptionDescription(
      "com.docker.network.bridge.enable_ip_masquerade", .boolean,
      "Hide containers behind an address of the host"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv4", .words(GatewayMode.allCases.map(\.rawValue)),
      "How IPv4 goes out and comes in"),
    OptionDescription(
      "com.docker.network.bridge.gateway_mode_ipv6", .words(GatewayMode.allCases.map(\.rawValue)),
      "How IPv6 goes out and comes in"),
    OptionDescription(
      "com.docker.network.bridge.host_binding_ipv4", .any, "An address of the host"),
    OptionDescription(
      "com.docker.network.bridge.inhibit_ipv4", .boolean,
      "Keep the gateway's address from the bridge"),
    OptionDescription("com.docker.network.bridge.name", .any, "Name of the bridge"),
    OptionDescription(
      "com.docker.network.bridge.trusted_host_interfaces", .interfaces,
      "Interfaces from which containers are reached directly"),
    OptionDescription(
      "com.docker.network.container_iface_prefix", .any,
      "Beginning of interface names in containers"),
    OptionDescription("com.docker.network.driver.mtu", .any, "Size of the largest packet"),
    OptionDescription("com.docker.network.host_ipv4", .any, "Address that the outside sees"),
    OptionDescription("com.docker.network.host_ipv6", .any, "Address that the outside sees"),
  ]
}

extension EndpointOptions {
  /// The options that users set; in the order of their keys.
  public static let descriptions = [
    OptionDescription(interfaceNameKey, .any, "Name of the interface in the container"),
    OptionDescription(sysctlsKey, .any, "Settings of the interface in the container"),
  ]
}
