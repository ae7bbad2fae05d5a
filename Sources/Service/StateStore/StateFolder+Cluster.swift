import LinuxSystem
package import NetworkModel

/// What the agent saw of other hosts: without it and the store, networks go on with that.
extension StateFolder {
  /// The hosts of the cluster; nil while this host is in none.
  package func membership() throws(StateError) -> ClusterMembership? {
    guard let bytes = try contents(of: Layout.membership) else { return nil }
    return try MembershipDocument.decode(bytes, file: Layout.membership)
  }

  /// The endpoints of a network on other hosts, ordered by identity.
  package func remoteEndpoints(of network: NetworkID) throws(StateError) -> [RemoteEndpoint] {
    var endpoints: [RemoteEndpoint] = []
    for name in try names(in: Layout.remoteEndpoints(of: network)) where name.hasSuffix(".json") {
      let file = "\(Layout.remoteEndpoints(of: network))/\(name)"
      guard let bytes = try contents(of: file) else { continue }
      endpoints.append(try RemoteEndpointDocument.decode(bytes, file: file))
    }
    return endpoints.sorted { $0.id < $1.id }
  }
}

extension LockedState {
  /// Replaces the hosts of the cluster; nil after this host has left it.
  package func save(_ membership: ClusterMembership?) throws(StateError) {
    guard let membership else { return try remove(Layout.membership) }
    try makeFolder(Layout.overlay)
    try replace(
      Layout.membership, with: MembershipDocument.encode(membership), durable: true)
  }

  /// Adds endpoints on other hosts, or replaces those of the same identity.
  package func save(
    _ endpoints: [RemoteEndpoint], of network: NetworkID
  ) throws(StateError) {
    if endpoints.isEmpty { return }
    try makeFolder(Layout.overlay)
    try makeFolder(Layout.remoteEndpoints(of: network))
    for endpoint in endpoints {
      try replace(
        Layout.remoteEndpoint(endpoint.id, of: network),
        with: RemoteEndpointDocument.encode(endpoint))
    }
  }

  /// Deletes the records of endpoints on other hosts.
  package func discardRemoteEndpoints(
    _ ids: [EndpointID], of network: NetworkID
  ) throws(StateError) {
    if ids.isEmpty { return }
    for id in ids {
      let file = Layout.remoteEndpoint(id, of: network)
      for name in [file, file + Directory.temporarySuffix] { try remove(name) }
    }
    try removeFolder(Layout.remoteEndpoints(of: network))
  }

  /// Deletes the records of all endpoints of a network on other hosts.
  func discardRemoteEndpoints(of network: NetworkID) throws(StateError) {
    let path = Layout.remoteEndpoints(of: network)
    for name in try folder.names(in: path) { try remove("\(path)/\(name)") }
    try removeFolder(path)
  }
}
