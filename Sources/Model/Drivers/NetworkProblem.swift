public import Addressing
public import NetworkModel

/// Why a driver refuses a network whose options are valid.
public enum NetworkProblem: Error, Hashable, Sendable {
  /// A bridge has at most one subnet of each family.
  case severalSubnets
  /// A multicast subnet, by its gateway.
  case multicastSubnet(gateway: IPAddress, length: Int)
  /// The subnet of this gateway overlaps `fe80::/64`.
  case linkLocalClash(gateway: IPAddress, length: Int)
  /// A gateway for containers on an internal network.
  case gatewayOnInternalNetwork
  /// The host has no link with a parent's name, and the name is not that of a VLAN.
  case invalidVLANName(String)
  /// The same for a name that has more than two parts.
  case vlanNameFormat(String)
  /// The part of a VLAN's name that should be its ID is no number.
  case invalidVLANID(String)
  /// No VLAN can have this ID.
  case vlanIDOutOfRange(Int)
  /// The host has no link with this name, which a parent, or a VLAN as the parent, needs.
  case parentNotFound(String)
  /// Interfaces cannot have a greater MTU than their parent.
  case mtuAboveParent(UInt32, InterfaceName, parentMTU: UInt32)
  /// An interface in passthru mode needs a parent that no other network is on.
  case passthruNeedsWholeParent(InterfaceName, usedBy: NetworkID)
  /// A network in passthru mode is on the parent.
  case parentInPassthruMode(InterfaceName, usedBy: NetworkID)
  /// Another network is on the parent; `by` names its own dummy link (Docker).
  case parentInUse(InterfaceName, by: String)
}
