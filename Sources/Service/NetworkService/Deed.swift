/// What was done in the kernel.
public enum Deed: Hashable, Sendable {
  /// A container has left a network.
  case disconnection(container: String, network: String)
  /// A network has gone.
  case removal(network: String)
}
