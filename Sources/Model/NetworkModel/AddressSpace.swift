/// Where subnets are unique, and which pools automatic ones come from: Docker keeps two spaces that
/// know nothing of each other.
public enum AddressSpace: Hashable, Sendable {
  /// That of every scope but `global`.
  case local
  /// That of networks with `--scope global`.
  case global

  /// The scope whose networks are in the global space.
  public static let globalScope = "global"
}

extension Network {
  /// The space that its subnets were taken from.
  public var addressSpace: AddressSpace {
    scope == AddressSpace.globalScope ? .global : .local
  }
}
