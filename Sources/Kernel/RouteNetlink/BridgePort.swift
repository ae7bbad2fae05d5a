import Netlink

/// A link as a bridge port.
package struct BridgePort: Hashable, Sendable {
  /// The STP state of a port.
  package enum State: UInt8, Hashable, Sendable {
    case disabled
    /// Only processes BPDUs.
    case listening
    /// Learns addresses, but does not forward.
    case learning
    /// Forwards frames.
    case forwarding
    /// Processes BPDUs, but neither learns nor forwards.
    case blocking
  }

  /// The current state; nil for one unknown to this version.
  public internal(set) var state: State?

  /// Whether the port is isolated from other isolated ports.
  public internal(set) var isIsolated = false

  /// Whether the port takes frames from known sources only.
  public internal(set) var isLocked = false

  /// Whether the port is in hairpin mode.
  public internal(set) var isHairpin = false

  /// Whether the bridge learns source addresses on the port.
  public internal(set) var isLearning = false

  /// Whether frames to unknown addresses leave by the port.
  public internal(set) var floods = false

  init(_ attributes: AttributeSequence) {
    for attribute in attributes {
      switch attribute.type {
      case PortAttribute.state: state = attribute.integer().flatMap(State.init(rawValue:))
      case PortAttribute.isolated: isIsolated = attribute.integer(UInt8.self) == 1
      case PortAttribute.locked: isLocked = attribute.integer(UInt8.self) == 1
      case PortAttribute.hairpin: isHairpin = attribute.integer(UInt8.self) == 1
      case PortAttribute.learning: isLearning = attribute.integer(UInt8.self) == 1
      case PortAttribute.unicastFlood: floods = attribute.integer(UInt8.self) == 1
      default: continue
      }
    }
  }
}
