public import Addressing
public import KernelModel

/// Packets for a network that the host does not send to its bridge.
public struct Diversion: Hashable, Sendable {
  /// What the packets are for.
  public enum Target: Hashable, Sendable {
    /// Addresses that nobody need have, by one of them.
    case subnet(IPPrefix)
    /// A container.
    case container(String)
  }

  /// What the packets are for.
  public let target: Target
  /// The address that the kernel was asked about.
  public let address: IPAddress
  /// The network's bridge.
  public let bridge: InterfaceName
  /// The route that they take; nil when the host sends them nowhere.
  public let route: ChosenRoute?
  /// The name of the link that they leave by; nil for several.
  public let link: String?
}
