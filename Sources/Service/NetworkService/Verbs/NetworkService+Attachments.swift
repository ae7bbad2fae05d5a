package import Addressing
import Drivers
import KernelModel
package import NetworkModel

/// The mark of a plugin's or hook's endpoints, a driver option, by which they are found when the
/// container is gone.
package struct AttachmentMark: Sendable {
  /// The option's key.
  package let key: String
  /// The option's value.
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

extension NetworkService {
  /// The namespace that a reference leads to.
  package func namespace(of reference: String) throws(ServiceError) -> NetworkNamespaceID {
    try kernel.openContainer(reference).container.namespace
  }

  /// Removes the endpoints with a key whose value is to be released, and the ports of containers
  /// that have no other; those of a network, or of all. A container whose runtime requests its
  /// endpoints again keeps the ports that this will not request with them.
  /// Succeeds if there are none.
  package func release(
    markedBy key: String, on reference: String? = nil, requesting requests: [PortRequest] = [],
    where isReleased: (Endpoint, String) -> Bool
  ) throws(ServiceError) {
    guard hasRecords else { return }
    plugins.isRemovalRequested = true
    try cleaningUp { (transaction) throws(ServiceError) in
      let networks: Set<NetworkID>
      if let reference {
        networks = [try transaction.network(reference).id]
      } else {
        networks = try transaction.view.networksWithEndpoints()
      }
      var released: [Endpoint] = []
      for network in networks {
        released += try transaction.view.endpoints(of: network).filter { endpoint in
          endpoint.settings.driverOptions[key].map { isReleased(endpoint, $0) } == true
        }
      }
      for endpoint in released {
        // Its ports, which disconnect would keep for its next network, go with its last endpoint;
        // before that, so that an interrupted release is found again.
        if endpoint.isRequestedAgain {
          try transaction.unpublish(resultsOf: requests, of: endpoint.container)
        } else if try transaction.view.endpoints(of: endpoint.container.id).count == 1 {
          try transaction.unpublishAll(of: endpoint.container)
        }
        try transaction.detachAttached(endpoint)
      }
    }
  }

  /// The live endpoint with a mark on a network; nil if there is none.
  package func endpoint(
    with mark: AttachmentMark, on reference: String
  ) throws(ServiceError) -> Endpoint? {
    try endpoint(markedBy: mark.key, on: reference) { $0 == mark.value }
  }

  /// The live endpoint on a network with a key that has a value; nil if there is none.
  package func endpoint(
    markedBy key: String, on reference: String, where isMeant: (String) -> Bool
  ) throws(ServiceError) -> Endpoint? {
    let network = try network(reference)
    return try liveEndpoints(of: network.id).first {
      $0.settings.driverOptions[key].map(isMeant) == true
    }
  }

  /// Refuses a network to which no container can be connected now.
  package func checkReadiness(of reference: String) throws(ServiceError) {
    let view = try hostView()
    let network = try view.network(reference)
    guard let driver = view.drivers.driverType(of: network) else {
      throw .unknownDriver(network.driver, network: network.name)
    }
    if network.name == PredefinedNetwork.bridge.rawValue, let defaultNetworkProblem {
      throw defaultNetworkProblem
    }
    if driver.admission == .none { throw .hostNetwork }
    if network.isConfigurationOnly { throw .configurationOnlyNetwork }
    if network.usesPlugins { return }
    let missing = try view.desiredNetwork(of: network).missingLink { (name) throws(ServiceError) in
      try view.kernel.link(name) != nil
    }
    if let missing { throw .definition(.driver(.parentNotFound(missing.description))) }
  }
}
