import Addressing
import AgentAPI
import Configuration
import Drivers
import KernelModel
package import NetworkModel
import StateStore

/// What the agent of overlay networks asks for. A service belongs to one piece of work: what it has
/// seen, it does not look at again. The agent takes a new one for each, on one thread at a time.
///
/// Nothing here asks the agent.
extension NetworkService {
  /// Makes the records those of this boot, restores the networks after one, and makes the kernel
  /// agree with what is on record of overlay networks.
  package func reconcileOverlays() throws(ServiceError) {
    try prepareHost()
    for network in try overlayNetworks() { try reconcileOverlay(network.id) }
  }

  /// Makes the records those of this boot, and restores the networks after one.
  package func prepareHost() throws(ServiceError) {
    plugins.areRecovered = true
    try transaction { (_) throws(ServiceError) in }
  }

  /// Records the hosts of the cluster. While there are tunnels, VXLAN datagrams are taken from no
  /// other hosts.
  package func record(_ membership: ClusterMembership) throws(ServiceError) {
    let view = try view()
    let former = try view.membership()
    if former == membership { return }
    try step { (transaction) throws(ServiceError) in try transaction.save(membership) }
    // The drivers take its address from the record.
    try step { (transaction) throws(ServiceError) in
      try transaction.replaceTunnelGuard(of: former, by: membership)
    }
  }

  /// Records a network that exists in the store, unless it is being removed here.
  package func adopt(_ network: Network) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      let pending = try transaction.view.unfinished().networks
      if pending.contains(where: { $0.id == network.id }) { return }
      try transaction.adopt(network)
    }
  }

  /// Deletes what this host has of a network that is gone from the store: its endpoints, which
  /// nobody can reach any more, its devices and its record.
  package func forgetNetwork(_ id: NetworkID) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      guard let network = try transaction.view.network(id), network.isOverlay else { return }
      for endpoint in try transaction.view.endpoints(of: id) {
        try transaction.stageRemoval(endpoint)
        try transaction.detachLocally(endpoint, hasDriverPlugin: false)
        try transaction.disconnectWayOut(without: endpoint)
        try transaction.discard(endpoint)
        transaction.report(.disconnect, network, of: endpoint.container)
      }
      try transaction.remove(network)
    }
  }

  /// Replaces what this host knows of a network's endpoints on other hosts, and makes the kernel
  /// agree if a container of this host is on the network.
  package func replaceRemoteEndpoints(
    of network: NetworkID, by endpoints: [RemoteEndpoint]
  ) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      let known = try transaction.view.remoteEndpoints(of: network)
      let ids = Set(endpoints.map(\.id))
      try transaction.discardRemoteEndpoints(
        known.map(\.id).filter { !ids.contains($0) }, of: network)
      let changed = Set(endpoints).subtracting(known)
      try transaction.save(endpoints.filter(changed.contains), of: network)
      try transaction.reconcileOverlay(network, announcing: Array(changed))
    }
  }

  /// Adds and removes endpoints on other hosts; what is removed goes first.
  package func changeRemoteEndpoints(
    of network: NetworkID, removing: [RemoteEndpoint], adding: [RemoteEndpoint]
  ) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      let kept = Set(adding.map(\.id))
      try transaction.discardRemoteEndpoints(
        removing.map(\.id).filter { !kept.contains($0) }, of: network)
      try transaction.save(adding, of: network)
      try transaction.changeStations(of: network, removing: removing, adding: adding)
    }
  }

  /// Makes the kernel agree with what is on record of a network: its devices, if a container of
  /// this host is on it, and their tables.
  package func reconcileOverlay(_ network: NetworkID) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      try transaction.reconcileOverlay(network, announcing: [])
    }
  }

  /// Writes who is on these networks, on this host and on others, into the hosts files of their
  /// containers.
  package func writeNames(of networks: Set<NetworkID>) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      var known: [Network] = []
      for id in networks.sorted() {
        if let network = try transaction.view.network(id) { known.append(network) }
      }
      try transaction.rewriteNames(of: known, isOfAll: false)
    }
  }

  /// The overlay networks on record.
  package func overlayNetworks() throws(ServiceError) -> [Network] {
    try view().index().listing.networks.filter(\.isOverlay)
  }

  /// The endpoints of this host on overlay networks: those that are connected, and those that a
  /// command is connecting, whose addresses are not on record yet.
  package func overlayEndpoints() throws(ServiceError) -> (connected: [Endpoint], new: [Endpoint]) {
    let view = try view()
    var connected: [Endpoint] = []
    for network in try overlayNetworks() { connected += try view.endpoints(of: network.id) }
    let pending = try pendingOverlayEndpoints()
    return (connected, pending.filter { view.isLocked($0.network) })
  }

  /// The endpoints on overlay networks that commands have removed, or failed to connect, and which
  /// the store may still have. Takes them out of the kernel first.
  package func removedOverlayEndpoints() throws(ServiceError) -> [Endpoint] {
    let view = try view()
    var removed: [Endpoint] = []
    for endpoint in try pendingOverlayEndpoints() {
      // A command that asks the agent has locked the network.
      guard let lock = try view.lockIfFree(endpoint.network) else { continue }
      let isPending = try pendingOverlayEndpoints().contains { $0.id == endpoint.id }
      if isPending {
        try step { (transaction) throws(ServiceError) in
          try transaction.detachLocally(endpoint, hasDriverPlugin: false)
          try transaction.disconnectWayOut(without: endpoint)
        }
        removed.append(endpoint)
      }
      withExtendedLifetime(lock) {}
    }
    return removed
  }

  /// Deletes what is left of a removed endpoint that the store does not have any more.
  package func settleRemovedEndpoint(_ id: EndpointID) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      let pending = try transaction.view.unfinished().endpoints.first { $0.id == id }
      guard let endpoint = pending, endpoint.plugin != nil else { return }
      let network = try transaction.view.network(endpoint.network)
      try transaction.discard(endpoint)
      if let network { transaction.report(.disconnect, network, of: endpoint.container) }
    }
  }

  private func pendingOverlayEndpoints() throws(ServiceError) -> [Endpoint] {
    let view = try view()
    let networks = Set(try overlayNetworks().map(\.id))
    return try view.unfinished().endpoints.filter { endpoint in
      endpoint.plugin != nil && networks.contains(endpoint.network)
    }
  }

  /// The hosts of the cluster as they were last recorded.
  package func membership() throws(ServiceError) -> ClusterMembership? {
    try view().membership()
  }

  /// The endpoints of a network on other hosts as they were last recorded.
  package func remoteEndpoints(
    of network: NetworkID
  ) throws(ServiceError) -> [RemoteEndpoint] {
    try view().remoteEndpoints(of: network)
  }

  /// Takes all tunnels to other hosts down, or up again: a host that may have lost its addresses
  /// must not use them.
  package func setTunnels(up: Bool) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      for link in try transaction.kernel.links(in: .host) {
        guard case .tunnel(let id)? = link.owner, link.isUp != up else { continue }
        try transaction.perform([
          up ? .bringUp(link.name, .host) : .takeDown(link.name, .host)
        ])
        // The kernel forgets the neighbours of a link that goes down.
        if up, let network = NetworkID(id) {
          try transaction.reconcileOverlay(network, announcing: [])
        }
      }
    }
  }
}

extension Transaction {
  func save(_ membership: ClusterMembership) throws(ServiceError) {
    try changing { (state) throws(StateError) in try state.save(membership) }
  }

  func save(_ endpoints: [RemoteEndpoint], of network: NetworkID) throws(ServiceError) {
    try changing { (state) throws(StateError) in try state.save(endpoints, of: network) }
  }

  func discardRemoteEndpoints(
    _ ids: [EndpointID], of network: NetworkID
  ) throws(ServiceError) {
    try changing { (state) throws(StateError) in
      try state.discardRemoteEndpoints(ids, of: network)
    }
  }

  /// Makes the kernel agree with what is on record of a network.
  func reconcileOverlay(
    _ id: NetworkID, announcing endpoints: [RemoteEndpoint]
  ) throws(ServiceError) {
    guard let network = try view.network(id), network.isOverlay,
      try view.isOverlayInUse(id)
    else { return }
    let desired = try view.wholeNetwork(of: network)
    try applyOrRepair(desired, of: network)
    announce(endpoints, on: desired)
  }

  fileprivate func changeStations(
    of id: NetworkID, removing: [RemoteEndpoint], adding: [RemoteEndpoint]
  ) throws(ServiceError) {
    guard let network = try view.network(id), try view.isOverlayInUse(id) else { return }
    let desired = try view.desiredNetwork(of: network)
    guard let tunnel = desired.tunnel else { return }
    let name = tunnel.device.name
    do throws(ServiceError) {
      try perform(OverlayDriver.stations(of: removing).map { .removeStation($0, name) })
      try perform(OverlayDriver.stations(of: adding).map { .addStation($0, name) })
      announce(adding, on: desired)
    } catch {
      // The link may be missing, or have another name.
      try reconcileOverlay(id, announcing: adding)
    }
  }

  // Whoever misses it asks again.
  private func announce(_ endpoints: [RemoteEndpoint], on desired: DesiredNetwork) {
    guard let bridge = desired.device?.name else { return }
    for station in OverlayDriver.stations(of: endpoints) {
      attempt { () throws(ServiceError) in
        try perform([.announceStation(station, bridge: bridge)])
      }
    }
  }

  /// Replaces the hosts from which datagrams are taken, while there are tunnels.
  fileprivate func replaceTunnelGuard(
    of former: ClusterMembership?, by membership: ClusterMembership
  ) throws(ServiceError) {
    guard try hasTunnels(), try kernel.isFirewallInstalled() else { return }
    let families = configuration.host.firewalledFamilies
    let old = Set(former.map { StateView.tunnelGuard(of: $0, families) } ?? [])
    let new = Set(StateView.tunnelGuard(of: membership, families))
    if old == new { return }
    try perform([
      .updateFirewall(
        adding: new.subtracting(old).sorted(), removing: old.subtracting(new).sorted())
    ])
  }

  /// Whether a network but one has a tunnel in the kernel.
  func hasTunnels(besides network: NetworkID? = nil) throws(ServiceError) -> Bool {
    try kernel.links(in: .host).contains { link in
      if case .tunnel(let id)? = link.owner { id != network?.description } else { false }
    }
  }
}
