/// What is recorded of a network whose driver is a plugin.
public struct PluginNetwork: Hashable, Sendable {
  /// What the plugin has been told of it.
  public enum Phase: String, Sendable {
    /// Nothing.
    case planned
    /// It was asked to make it; the answer is unknown.
    case asked
    /// It has made it.
    case made
  }

  /// What the plugin has been told of it.
  public var phase: Phase

  package init(_ phase: Phase) {
    self.phase = phase
  }
}

extension IPAMConfiguration {
  /// The driver with netctl's own pools.
  package static let ownDriver = "default"
  /// The driver of networks whose endpoints get no address from netctl.
  package static let nullDriver = "null"

  /// Whether a driver is a plugin. A document of an earlier version may lack a name.
  package static func isPlugin(_ driver: String) -> Bool {
    ![ownDriver, nullDriver, ""].contains(driver)
  }
}

extension Network {
  /// The plugin that manages its addresses; nil for netctl itself.
  package var addressPlugin: String? {
    !isConfigurationOnly && IPAMConfiguration.isPlugin(ipam.driver) ? ipam.driver : nil
  }

  /// Whether it spans hosts, and the agent has a part in it.
  package var isOverlay: Bool { driver == .overlay && !isConfigurationOnly && plugin == nil }

  /// Whether others have a part in it who are asked while the state lock is free: a plugin, as its
  /// driver or for its addresses, or the agent.
  package var usesPlugins: Bool { plugin != nil || addressPlugin != nil || isOverlay }
}
