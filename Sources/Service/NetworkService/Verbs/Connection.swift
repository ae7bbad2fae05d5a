public import Addressing
import Naming
public import NetworkModel

/// What a `connect` made.
public struct Connection: Hashable, Sendable {
  /// The network.
  public let network: Network
  /// The endpoint; without an interface on a network that gives its containers none.
  public let endpoint: Endpoint
  /// The ports that were published with it, in the order of the requests.
  public let ports: [PublishedPort]
  /// Whether the container's runtime calls netctl's hook when it starts; nil if that is not known.
  package internal(set) var hasHook: Bool?

  /// The addresses of its interface, with the lengths of their subnets.
  public var addresses: [IPPrefix] { endpoint.interface?.addresses ?? [] }

  /// The aliases that cannot be names.
  public var unusableAliases: [String] {
    endpoint.settings.aliases.filter { !ContainerName.isUsable($0) }
  }

  /// The gateways that the network offers, at most one of each family. The container's default
  /// routes lead to them unless another of its networks has precedence.
  public var gateways: [IPAddress] { endpoint.route.routes.gateways }
}
