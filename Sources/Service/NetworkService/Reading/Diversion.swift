public import Addressing
public import KernelModel

/// Packets for a network that the host routes elsewhere than to its bridge.
public struct Diversion: Hashable, Sendable {
  /// The destination of the packets.
  public enum Target: Hashable, Sendable {
    /// A block of the network's addresses, represented by one of them.
    case subnet(IPPrefix)
    /// A container.
    case container(String)
  }

  /// The destination of the packets.
  public let target: Target
  /// The address that was looked up.
  public let address: IPAddress
  /// The network's bridge.
  public let bridge: InterfaceName
  /// Their route; nil when the host has none.
  public let route: ChosenRoute?
  /// The name of the output interface; nil if there are several.
  public let link: InterfaceName?
}
