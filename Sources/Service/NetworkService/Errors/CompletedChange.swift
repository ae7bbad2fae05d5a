/// A change that has already been made in the kernel.
public enum CompletedChange: Hashable, Sendable {
  /// A container was disconnected from a network.
  case disconnection(container: String, network: String)
  /// A network was removed.
  case removal(network: String)
}
