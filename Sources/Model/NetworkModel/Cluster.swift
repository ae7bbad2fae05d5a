public import Addressing

/// The identity of a host of a cluster, drawn once and kept in its state folder.
public typealias HostID = ObjectID<ClusterHost>

/// A host that is registered in the cluster store.
public struct ClusterHost: Hashable, Sendable {
  /// The identity.
  public let id: HostID
  /// Its host name.
  public let name: String
  /// The address at which it receives VXLAN datagrams.
  public let address: IPAddress

  package init(id: HostID, name: String, address: IPAddress) {
    self.id = id
    self.name = name
    self.address = address
  }
}

/// The hosts of a cluster as the agent last saw them.
public struct ClusterMembership: Hashable, Sendable {
  /// This host.
  public let host: ClusterHost
  /// The UDP port of VXLAN datagrams, the same on all hosts.
  public let port: UInt16
  /// All registered hosts, this one too, ordered by identity.
  public let hosts: [ClusterHost]
  /// The revision of the store.
  public let revision: Int64
  /// When the agent saw it.
  public let updated: Timestamp

  package init(
    host: ClusterHost, port: UInt16, hosts: [ClusterHost], revision: Int64, updated: Timestamp
  ) {
    self.host = host
    self.port = port
    self.hosts = hosts.sorted { $0.id < $1.id }
    self.revision = revision
    self.updated = updated
  }
}

/// An endpoint on another host.
public struct RemoteEndpoint: Hashable, Sendable {
  /// The identity.
  public let id: EndpointID
  /// Its host.
  public let host: HostID
  /// The address to which its host wants VXLAN datagrams sent.
  public let tunnelAddress: IPAddress
  /// Its hardware address.
  public let mac: MACAddress
  /// Its addresses, with the prefix length of their subnets.
  public let addresses: [IPPrefix]
  /// Its container.
  public let container: ContainerID
  /// The name of its container.
  public let containerName: String
  /// Additional names of the container on the network.
  public let aliases: [String]

  package init(
    id: EndpointID, host: HostID, tunnelAddress: IPAddress, mac: MACAddress,
    addresses: [IPPrefix], container: ContainerID, containerName: String, aliases: [String]
  ) {
    self.id = id
    self.host = host
    self.tunnelAddress = tunnelAddress
    self.mac = mac
    self.addresses = addresses
    self.container = container
    self.containerName = containerName
    self.aliases = aliases
  }
}

/// The endpoints of a network on other hosts, as the agent last saw them.
public struct RemoteEndpoints: Sendable {
  /// The network.
  public let network: NetworkID
  /// The endpoints, ordered by identity.
  public let endpoints: [RemoteEndpoint]
  /// The revision of the store.
  public let revision: Int64
  /// When the agent saw it.
  public let updated: Timestamp

  package init(
    network: NetworkID, endpoints: [RemoteEndpoint], revision: Int64, updated: Timestamp
  ) {
    self.network = network
    self.endpoints = endpoints.sorted { $0.id < $1.id }
    self.revision = revision
    self.updated = updated
  }
}
