/// The namespace in which a step is performed.
public enum TargetNamespace: Hashable, Sendable {
  /// The namespace netctl was started in.
  case host
  /// An open namespace.
  case container(NamespaceHandle)
}

/// A namespace that a `Kernel` holds open.
public struct NamespaceHandle: Hashable, Sendable {
  /// A number that is meaningful only to the kernel that returned it.
  public let number: Int

  /// Takes the number.
  public init(number: Int) {
    self.number = number
  }
}
