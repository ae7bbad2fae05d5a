public import NetworkModel
import StateStore

/// A recorded change that was neither completed nor undone.
public enum UnfinishedChange: Hashable, Sendable {
  /// A network that was being created or removed.
  case network(Network)
  /// A network that was being given another definition than this one.
  case update(Network)
  /// An endpoint that was being attached to or detached from the network with this name.
  case endpoint(Endpoint, network: String)
  /// Ports that were being published or unpublished.
  case ports(ContainerPorts)

  /// The network it concerns; nil for ports, which belong to a container.
  var network: NetworkID? {
    switch self {
    case .network(let network), .update(let network): network.id
    case .endpoint(let endpoint, _): endpoint.network
    case .ports: nil
    }
  }

  init(_ change: PortChange) {
    self = .ports(ContainerPorts(container: change.container, ports: change.ports))
  }
}
