public import Addressing
public import Drivers

/// An endpoint setting that is invalid.
public enum EndpointProblem: Hashable, Sendable {
  /// No subnet of the network contains the address.
  case outsideSubnets(IPAddress)
  /// A static address on the default bridge.
  case addressOnDefaultNetwork
  /// An alias on a predefined network.
  case aliasOnDefaultNetwork
  /// An address of the other family, or the unspecified one.
  case invalidAddress(AddressFamily, IPAddress)
  /// The unspecified address instead of a link-local one.
  case unspecifiedLinkLocal(IPAddress)
  /// An invalid driver option.
  case option(OptionError)
}
