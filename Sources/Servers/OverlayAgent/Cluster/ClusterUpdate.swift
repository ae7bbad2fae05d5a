package import NetworkModel

/// What has to change on this host.
package struct ClusterUpdate: Sendable {
  /// The hosts; nil if they are as before.
  package var membership: ClusterMembership?
  /// Networks that came or are different.
  package var networks: [Network] = []
  /// Networks that went.
  package var removedNetworks: [NetworkID] = []
  /// The endpoints of networks on other hosts, all of them, where one is different.
  package var endpoints: [RemoteEndpoints] = []
  /// Those among them that came or are different.
  package var changed: [NetworkID: [RemoteEndpoint]] = [:]
  /// Those that went.
  package var gone: [NetworkID: [RemoteEndpoint]] = [:]
  /// Whether this is everything, and what else there is has to go; otherwise what is not mentioned
  /// stays as it is.
  package var isComplete = false

  package init() {}

  /// Whether nothing changes.
  package var isEmpty: Bool {
    membership == nil && networks.isEmpty && removedNetworks.isEmpty && endpoints.isEmpty
      && !isComplete
  }
}

/// What the agent changes on its host, and what it finds there. Used by one thread.
package protocol OverlayHost: Sendable {
  /// The networks, hosts and endpoints as they were last written, for a start without the store.
  func recorded() throws(HostError) -> RecordedCluster
  /// The endpoints on overlay networks that the records of this host have, also those that a
  /// command is about to complete.
  func localEndpoints() throws(HostError) -> [LocalEndpoint]
  /// The endpoints that commands have removed while the store could not be told.
  func removedEndpoints() throws(HostError) -> [PendingRemoval]
  /// The store has been told of a removed endpoint.
  func settle(_ removal: PendingRemoval) throws(HostError)
  /// Writes what has changed, and makes the kernel agree.
  func apply(_ update: ClusterUpdate) throws(HostError)
  /// Compares the kernel with the records, and makes it agree.
  func reconcile() throws(HostError)
  /// Tells the containers on these networks the names of those on other hosts.
  func writeNames(of networks: Set<NetworkID>) throws(HostError)
  /// Stops or resumes sending and receiving on all overlay networks.
  func setFenced(_ isFenced: Bool) throws(HostError)
}

extension OverlayHost {
  /// Does nothing.
  package func writeNames(of networks: Set<NetworkID>) throws(HostError) {}
}

/// Why something cannot be done on this host.
package struct HostError: Error, Hashable, Sendable {
  /// What went wrong.
  package let text: String

  package init(_ text: String) { self.text = text }
}

/// An endpoint that a command has removed.
package struct PendingRemoval: Hashable, Sendable {
  package let endpoint: EndpointID
  package let network: NetworkID
  /// Whether it may be another host's.
  package let isForced: Bool

  package init(endpoint: EndpointID, network: NetworkID, isForced: Bool) {
    self.endpoint = endpoint
    self.network = network
    self.isForced = isForced
  }
}

/// An endpoint of this host, as its records have it.
package struct LocalEndpoint: Sendable {
  package let id: EndpointID
  package let network: NetworkID
  /// What the store should have; nil while a command is still creating the endpoint.
  package let interface: EndpointInterface?
  package let container: ContainerID
  package let containerName: String
  package let aliases: [String]

  package init(
    id: EndpointID, network: NetworkID, interface: EndpointInterface?, container: ContainerID,
    containerName: String, aliases: [String]
  ) {
    self.id = id
    self.network = network
    self.interface = interface
    self.container = container
    self.containerName = containerName
    self.aliases = aliases
  }
}

/// What this host had last written of the cluster.
package struct RecordedCluster: Sendable {
  package var membership: ClusterMembership?
  package var networks: [Network]
  package var endpoints: [RemoteEndpoints]

  package init(
    membership: ClusterMembership? = nil, networks: [Network] = [],
    endpoints: [RemoteEndpoints] = []
  ) {
    self.membership = membership
    self.networks = networks
    self.endpoints = endpoints
  }
}
