/// Where a step happens.
public enum Place: Hashable, Sendable {
  /// The namespace netctl was started in.
  case host
  /// An opened namespace.
  case container(NamespaceHandle)
}

/// A namespace that a `Kernel` holds open.
public struct NamespaceHandle: Hashable, Sendable {
  /// A number that means something to the kernel that gave it.
  public let number: Int

  /// Takes the number.
  public init(number: Int) {
    self.number = number
  }
}
