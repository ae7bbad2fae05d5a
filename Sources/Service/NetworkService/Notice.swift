public import Addressing
public import KernelModel

/// What a command found while it did its work, and whoever gave it should know.
public enum Notice: Hashable, Sendable {
  /// The network `bridge` was recorded with a subnet that routes of the host lead elsewhere.
  case defaultNetworkRouted(IPPrefix, routes: [IPPrefix])
  /// A new port of a bridge waits for the spanning tree before it forwards.
  case portWaiting(InterfaceName, bridge: InterfaceName)
  /// What is left of a change that failed or was interrupted stays, for this reason.
  case unfinished(UnfinishedChange, ServiceError)
  /// Nothing that was asked for depends on what failed.
  case ignored(ServiceError)
}
