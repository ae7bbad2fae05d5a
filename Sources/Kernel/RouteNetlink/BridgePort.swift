import Netlink

/// A link in its role as a port of a bridge.
public struct BridgePort: Hashable, Sendable {
  /// What the spanning tree lets a port do.
  public enum State: UInt8, Hashable, Sendable {
    /// Nothing.
    case disabled
    /// Hear the spanning tree.
    case listening
    /// Learn addresses.
    case learning
    /// Pass frames.
    case forwarding
    /// Hear the spanning tree and stay quiet.
    case blocking
  }

  /// What the port does now; nil for a state this version does not know.
  public internal(set) var state: State?

  /// Whether the port is kept from all other isolated ports.
  public internal(set) var isIsolated = false

  /// Whether frames may leave through the port they came in.
  public internal(set) var isHairpin = false

  /// Whether the bridge learns source addresses on the port.
  public internal(set) var isLearning = false

  init(_ attributes: AttributeSequence) {
    for attribute in attributes {
      switch attribute.type {
      case PortAttribute.state: state = attribute.integer().flatMap(State.init(rawValue:))
      case PortAttribute.isolated: isIsolated = attribute.integer(UInt8.self) == 1
      case PortAttribute.hairpin: isHairpin = attribute.integer(UInt8.self) == 1
      case PortAttribute.learning: isLearning = attribute.integer(UInt8.self) == 1
      default: continue
      }
    }
  }
}
