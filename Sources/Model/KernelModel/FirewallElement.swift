public import Addressing

/// One entry of the firewall's sets and maps: all that distinguishes one host's firewall from
/// another's.
public enum FirewallElement: Hashable, Comparable, Sendable {
  /// What happens to a new connection into a bridge that was not made to a published port.
  public enum Ingress: UInt8, Hashable, Comparable, Sendable {
    /// It is dropped.
    case drop
    /// It passes.
    case accept

    /// Orders `drop` before `accept`.
    public static func < (left: Ingress, right: Ingress) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// A bridge of netctl's.
  case bridge(InterfaceName)
  /// A bridge whose containers reach nothing outside.
  case `internal`(InterfaceName)
  /// A bridge whose containers reach the outside.
  case outgoing(InterfaceName)
  /// A bridge whose containers appear outside under the host's address.
  case masquerade(AddressFamily, InterfaceName)
  /// A bridge whose containers are reached by routing, on opened ports only.
  case routed(AddressFamily, InterfaceName)
  /// The pair of a bridge with itself, which tells traffic within a network.
  case own(InterfaceName)
  /// A bridge whose containers may talk to each other.
  case allow(InterfaceName)
  /// A host interface from which opened ports behind a bridge are reached.
  case trusted(host: InterfaceName, bridge: InterfaceName)
  /// What happens to unpublished traffic into a bridge.
  case ingress(AddressFamily, InterfaceName, Ingress)
  /// An address of a bridge's own.
  case gateway(IPAddress)
  /// The address under which a bridge's containers appear outside, instead of any of the host's.
  case sourceAddress(bridge: InterfaceName, IPAddress)
  /// A port of a host address, or of all with `0.0.0.0` or `::`, that leads to a container's.
  ///
  /// Both addresses are of one family.
  case published(
    host: IPAddress, Transport, port: UInt16, to: IPAddress, containerPort: UInt16)
  /// A container's port that is reached by its own address.
  case open(IPAddress, Transport, port: UInt16)
  /// A family whose forwarding netctl switched on: other traffic of it is still not forwarded.
  case closed(AddressFamily)
  /// An address with which a container behind a bridge sends: its own there, or one that it has on
  /// another network.
  case source(bridge: InterfaceName, IPAddress)
}
