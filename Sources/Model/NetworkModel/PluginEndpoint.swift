public import Addressing

/// What is recorded of an endpoint in which a plugin has a part.
public struct PluginEndpoint: Hashable, Sendable {
  /// How far its creation has come. What may have been done on a plugin's side has to be undone
  /// there.
  public enum Phase: String, Sendable {
    /// Addresses are leased.
    case leasing
    /// The plugin was asked to make it; the answer is unknown.
    case asked
    /// The plugin has made it.
    case made
    /// The plugin was asked to join it to the container.
    case joined
    /// The plugin was told that it is the container's gateway.
    case programmed
    /// It is complete.
    case attached
  }

  /// An address that a plugin gave out.
  public struct Lease: Hashable, Sendable {
    /// The plugin's name for the pool.
    public let pool: String
    /// The address.
    public let address: IPAddress

    package init(pool: String, address: IPAddress) {
      self.pool = pool
      self.address = address
    }
  }

  /// How far its creation has come.
  public var phase: Phase
  /// When it was begun.
  public let begun: Timestamp
  /// The addresses that are given back to the address driver.
  public var leases: [Lease] = []
  /// The name under which the plugin made the link, and gets it back; nil for no link.
  public var sourceName: InterfaceName?
  /// The routes that the plugin wants in the container.
  public var routes: [StaticRoute] = []
  /// The path of the container's namespace that the plugin was told.
  public var sandboxKey: String?
  /// The ports that the plugin is to publish.
  public var ports: [PortRequest] = []

  package init(_ phase: Phase, begun: Timestamp) {
    self.phase = phase
    self.begun = begun
  }
}
