/// A space in which subnets are unique, with its own pools for automatic subnets: Docker keeps two
/// independent ones.
public enum AddressSpace: Hashable, Sendable {
  /// The space of all scopes except `global`.
  case local
  /// The space of networks with `--scope global`.
  case global

  /// The scope of networks in the global space.
  public static let globalScope = "global"
}

extension Network {
  /// The address space of its subnets.
  public var addressSpace: AddressSpace {
    scope == AddressSpace.globalScope ? .global : .local
  }
}
