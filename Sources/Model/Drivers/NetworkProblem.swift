public import Addressing

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
}
