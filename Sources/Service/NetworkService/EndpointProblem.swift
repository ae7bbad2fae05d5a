public import Addressing
public import Drivers

/// A setting of an endpoint that cannot be.
public enum EndpointProblem: Hashable, Sendable {
  /// No subnet of the network contains the address.
  case outsideSubnets(IPAddress)
  /// A static address on the default bridge.
  case addressOnDefaultNetwork
  /// An alias on a predefined network.
  case aliasOnDefaultNetwork
  /// An address of the other family, or the unspecified one.
  case invalidAddress(AddressFamily, IPAddress)
  /// The unspecified address in place of a link-local one.
  case unspecifiedLinkLocal(IPAddress)
  /// A driver option.
  case option(OptionError)
}
