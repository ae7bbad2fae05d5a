import KernelModel
package import NetworkModel
package import NetworkService
import StateStore

/// The records and the kernel of this host, by the service of commands.
package struct ServiceHost: OverlayHost {
  /// Makes a service, which belongs to one piece of work.
  private let makeService: @Sendable () -> NetworkService
  private let fence = Monitor(false)

  package init(_ makeService: @escaping @Sendable () -> NetworkService) {
    self.makeService = makeService
  }

  package func recorded() throws(HostError) -> RecordedCluster {
    try working { (service) throws(ServiceError) in
      let membership = try service.membership()
      let networks = try service.overlayNetworks()
      var endpoints: [RemoteEndpoints] = []
      if let membership {
        for network in networks {
          endpoints.append(
            RemoteEndpoints(
              network: network.id, endpoints: try service.remoteEndpoints(of: network.id),
              revision: membership.revision, updated: membership.updated))
        }
      }
      return RecordedCluster(membership: membership, networks: networks, endpoints: endpoints)
    }
  }

  package func localEndpoints() throws(HostError) -> [LocalEndpoint] {
    try working { (service) throws(ServiceError) in
      let (connected, new) = try service.overlayEndpoints()
      return connected.map { LocalEndpoint($0, $0.interface) } + new.map { LocalEndpoint($0, nil) }
    }
  }

  package func removedEndpoints() throws(HostError) -> [PendingRemoval] {
    try working { (service) throws(ServiceError) in
      try service.removedOverlayEndpoints().map { endpoint in
        PendingRemoval(endpoint: endpoint.id, network: endpoint.network, isForced: false)
      }
    }
  }

  package func settle(_ removal: PendingRemoval) throws(HostError) {
    try working { (service) throws(ServiceError) in
      try service.settleRemovedEndpoint(removal.endpoint)
    }
  }

  package func apply(_ update: ClusterUpdate) throws(HostError) {
    if let membership = update.membership {
      try working { (service) throws(ServiceError) in try service.record(membership) }
    }
    for id in update.removedNetworks {
      try working { (service) throws(ServiceError) in try service.forgetNetwork(id) }
    }
    for network in update.networks {
      try working { (service) throws(ServiceError) in try service.adopt(network) }
    }
    for found in update.endpoints {
      let (changed, gone) = (update.changed[found.network], update.gone[found.network])
      try working { (service) throws(ServiceError) in
        if changed == nil && gone == nil { return try service.reconcileOverlay(found.network) }
        try service.changeRemoteEndpoints(
          of: found.network, removing: gone ?? [], adding: changed ?? [])
      }
    }
  }

  package func reconcile() throws(HostError) {
    // Links that are down for a reason would be set up.
    if fence.read({ $0 }) { return }
    try working { (service) throws(ServiceError) in try service.reconcileOverlays() }
  }

  package func writeNames(of networks: Set<NetworkID>) throws(HostError) {
    try working { (service) throws(ServiceError) in try service.writeNames(of: networks) }
  }

  package func setFenced(_ isFenced: Bool) throws(HostError) {
    fence.change { $0 = isFenced }
    try working { (service) throws(ServiceError) in try service.setTunnels(up: !isFenced) }
  }

  private func working<Result>(
    _ body: (NetworkService) throws(ServiceError) -> Result
  ) throws(HostError) -> Result {
    do throws(ServiceError) {
      return try body(makeService())
    } catch {
      throw HostError(Self.text(error))
    }
  }

  // Enough for a log; commands say it in sentences.
  private static func text(_ error: ServiceError) -> String {
    switch error {
    case .kernel(let error): "the kernel refuses \(error.operation): \(error.explanation)"
    case .state(let error): "the records: \(error)"
    default: "\(error)"
    }
  }
}

extension LocalEndpoint {
  fileprivate init(_ endpoint: Endpoint, _ interface: EndpointInterface?) {
    self.init(
      id: endpoint.id, network: endpoint.network, interface: interface,
      container: endpoint.container.id, containerName: endpoint.container.name,
      aliases: endpoint.settings.aliases)
  }
}
