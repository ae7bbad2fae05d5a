package import Addressing
package import NetworkModel

/// The mark of a plugin's or hook's endpoints, a driver option, by which they are found when the
/// container is gone.
package struct AttachmentMark: Sendable {
  /// The option's key.
  package let key: String
  /// The option's value.
  package let value: String

  /// Takes both.
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
    try transaction { (transaction) throws(ServiceError) in
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
    let network = try network(reference)
    return try liveEndpoints(of: network.id).first {
      $0.settings.driverOptions[mark.key] == mark.value
    }
  }
}
