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
  /// The container that a reference leads to.
  package func identity(of reference: String) throws(ServiceError) -> ContainerID {
    try kernel.openContainer(reference).container.id
  }

  /// Removes the endpoints with a key whose value is to be released; those of a network, or of all.
  /// Succeeds if there are none.
  package func release(
    markedBy key: String, on reference: String? = nil, where isReleased: (Endpoint, String) -> Bool
  ) throws(ServiceError) {
    guard hasRecords else { return }
    try transaction { (transaction) throws(ServiceError) in
      let networks: Set<NetworkID>
      if let reference {
        networks = [try transaction.network(reference).id]
      } else {
        networks = try transaction.view.networksWithEndpoints()
      }
      for network in networks {
        for endpoint in try transaction.view.endpoints(of: network) {
          guard let value = endpoint.settings.driverOptions[key], isReleased(endpoint, value) else {
            continue
          }
          try transaction.detachAttached(endpoint)
        }
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
