public import NetworkModel

/// A change on record that was begun and is neither complete nor undone.
public enum UnfinishedChange: Hashable, Sendable {
  /// A network that was being created or removed.
  case network(Network)
  /// An endpoint that was being attached to the network of this name or detached from it.
  case endpoint(Endpoint, network: String)
  /// Ports that were being published or unpublished.
  case ports(ContainerPorts)

  /// The network that it is about; nil for ports, which are their container's.
  var network: NetworkID? {
    switch self {
    case .network(let network): network.id
    case .endpoint(let endpoint, _): endpoint.network
    case .ports: nil
    }
  }
}
