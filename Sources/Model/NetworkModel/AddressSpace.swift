/// A space in which subnets are unique, with its own pools for automatic subnets: Docker keeps two
/// independent ones, and those of plugins.
public enum AddressSpace: Hashable, Sendable {
  /// The space of all scopes except `global`.
  case local
  /// The space of networks with `--scope global`.
  case global
  /// Those of the plugins that manage addresses, and of networks without addresses.
  case foreign

  /// The scope of networks in the global space.
  public static let globalScope = "global"

  /// The space of networks with an address driver. A document of an earlier version may lack its
  /// name.
  package init(addressDriver: String, isGlobal: Bool) {
    self =
      addressDriver != IPAMConfiguration.ownDriver && !addressDriver.isEmpty
      ? .foreign : isGlobal ? .global : .local
  }
}

extension Network {
  /// The address space of its subnets.
  public var addressSpace: AddressSpace {
    AddressSpace(addressDriver: ipam.driver, isGlobal: scope == AddressSpace.globalScope)
  }
}
