import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore
import SystemErrors

/// What `connect`, `disconnect`, `rm` and recovery share.
extension NetworkService {
  /// Removes the dead endpoints of a container from the records and returns the live ones.
  func pruningDeadEndpoints(
    of container: Container, in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in
      try folder.endpoints(of: container.id)
    }
    return try pruningDead(recorded, in: state)
  }

  /// Removes the dead endpoints of a network from the records and returns the live ones.
  func pruningDeadEndpoints(
    of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    return try pruningDead(recorded, in: state)
  }

  /// Removes endpoints from the records whose namespace or host link is gone; returns whether there
  /// were any.
  func removeDeadEndpoints(
    of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    return try pruningDead(recorded, in: state).count < recorded.count
  }

  private func pruningDead(
    _ recorded: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    var live: [Endpoint] = []
    for endpoint in recorded {
      if try isAlive(endpoint) {
        live.append(endpoint)
      } else {
        try detachAttached(endpoint, in: state)
      }
    }
    return live
  }

  /// Whether the kernel still holds an endpoint. The host's link stands for the namespace of its
  /// other end as well.
  func isAlive(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    guard endpoint.container.namespace.boot == boot else { return false }
    guard endpoint.interface != nil else { return isPresent(endpoint.container) }
    guard try isConnected(endpoint) else { return false }
    return isAtItsPath(endpoint.container) ? true : try isConnectedForLong(endpoint)
  }

  private func isConnected(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    try hostLink(of: endpoint)?.connects(endpoint) ?? false
  }

  // What was in the namespace a moment ago, netctl included, may hold it a little longer than its
  // processes.
  private func isConnectedForLong(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    if knowsHiddenNamespace { return true }
    guard let link = try hostLink(of: endpoint), let name = try? InterfaceName(link.name) else {
      return false
    }
    try perform([.awaitRemoval(name)])
    knownRenamedEnds = nil
    knowsHiddenNamespace = try isConnected(endpoint)
    return knowsHiddenNamespace
  }

  /// The given endpoints that still exist in the kernel.
  func liveEndpoints(among recorded: [Endpoint]) throws(ServiceError) -> [Endpoint] {
    var live: [Endpoint] = []
    for endpoint in recorded where try isAlive(endpoint) { live.append(endpoint) }
    return live
  }

  /// Removes an unfinished endpoint from the kernel and the records.
  func detach(
    _ endpoint: Endpoint, handle: NamespaceHandle? = nil, in state: borrowing LockedState
  ) throws(ServiceError) {
    try movePorts(from: endpoint, in: state)
    try deleteLinks(of: endpoint)
    try finishDetaching(endpoint, handle: handle, in: state)
  }

  /// Removes an attached endpoint from the kernel and the records. If the kernel refuses to delete
  /// its links, the endpoint is left as it was.
  func detachAttached(
    _ endpoint: Endpoint, handle: NamespaceHandle? = nil, in state: borrowing LockedState
  ) throws(ServiceError) {
    try stored { () throws(StateError) in try state.stageRemoval(endpoint) }
    do throws(ServiceError) {
      // Firewall elements first: the kernel's delay after deleting them then overlaps with the
      // deletion of the links.
      try movePorts(from: endpoint, in: state)
      try deleteLinks(of: endpoint)
    } catch {
      // Otherwise the next command would detach it.
      attempt { () throws(ServiceError) in
        try stored { () throws(StateError) in try state.commit(endpoint) }
      }
      attempt { () throws(ServiceError) in try returnPorts(to: endpoint, in: state) }
      throw error
    }
    try finishDetaching(endpoint, handle: handle, in: state)
  }

  private func deleteLinks(of endpoint: Endpoint) throws(ServiceError) {
    guard let link = try hostLink(of: endpoint), let name = try? InterfaceName(link.name) else {
      return
    }
    try perform([.deleteLink(name)])
    knownRenamedEnds?[endpoint.owner] = nil
  }

  private func finishDetaching(
    _ endpoint: Endpoint, handle: NamespaceHandle?, in state: borrowing LockedState
  ) throws(ServiceError) {
    if let interface = endpoint.interface {
      try deleteConnections(of: interface)
      try restoreRoutes(without: endpoint, handle: handle, in: state)
    }
    // Must precede removing the record; recovery depends on it.
    try tearDownUnneeded(endpoint.network, in: state)
    // Writes come last, so that a full disk leaves nothing behind in the kernel.
    if let interface = endpoint.interface {
      try release(interface, of: endpoint.network, in: state)
    }
    try stored { () throws(StateError) in try state.discard(endpoint) }
  }

  /// Makes the container's default routes those of the endpoints that should own them. A route that
  /// netctl did not add is left alone. With `isFresh` the container has no routes yet.
  func settleRoutes(
    of endpoints: [Endpoint], in handle: NamespaceHandle, container: Container,
    isFresh: Bool = false
  ) throws(ServiceError) {
    let namespace = TargetNamespace.container(handle)
    let routing =
      isFresh
      ? ContainerRouting()
      : try observed { () throws(KernelError) in try kernel.routing(in: namespace) }
    let names = isFresh ? nil : try interfaceNames(of: endpoints, in: namespace)
    var steps: [KernelStep] = []
    for family in AddressFamily.allCases {
      let present = endpoints.filter { names == nil || names?[$0.id] != nil }
      let routes = Dictionary(
        uniqueKeysWithValues: present.compactMap { endpoint in
          endpoint.defaultRoute(family, by: names?[endpoint.id]).map { (endpoint.id, $0) }
        })
      steps += routing.steps(
        family, to: present.defaultRouteOwner(family).flatMap { routes[$0.id] },
        replacing: Set(routes.values.map(\.path.route)), in: namespace)
    }
    do throws(KernelError) {
      try kernel.perform(steps)
    } catch {
      throw error.isOccupiedRoute ? .defaultRouteExists(container: container.name) : .kernel(error)
    }
  }

  // Somebody in the container may have given the interfaces other names.
  private func interfaceNames(
    of endpoints: [Endpoint], in namespace: TargetNamespace
  ) throws(ServiceError) -> [EndpointID: String] {
    if endpoints.isEmpty { return [:] }
    let links = try observed { () throws(KernelError) in try kernel.links(in: namespace) }
    var names: [EndpointID: String] = [:]
    for endpoint in endpoints {
      guard let peer = try hostLink(of: endpoint)?.peer else { continue }
      names[endpoint.id] = links.first { $0.index == peer }?.name
    }
    return names
  }

  // The link took its routes with it; another network's may take over. A container that can no
  // longer be entered, or that has conflicting routes or interfaces of its own, must not prevent
  // removing the endpoint.
  private func restoreRoutes(
    without endpoint: Endpoint, handle: NamespaceHandle?, in state: borrowing LockedState
  ) throws(ServiceError) {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in
      try folder.endpoints(of: endpoint.container.id)
    }
    let others = recorded.filter { $0.id != endpoint.id }
    guard let handle = handle ?? reopen(endpoint.container) else { return }
    do throws(ServiceError) {
      try settleRoutes(of: others, in: handle, container: endpoint.container)
    } catch {
      guard error.indicatesChangedContainer else { throw error }
    }
  }

  // Connections of these addresses must not reach their next holder.
  private func deleteConnections(of interface: EndpointInterface) throws(ServiceError) {
    let filters = interface.addresses.flatMap { ConnectionFilter.all(of: $0.address) }
    if !filters.isEmpty { try perform([.deleteConnections(filters)]) }
  }

  private func release(
    _ interface: EndpointInterface, of network: NetworkID, in state: borrowing LockedState
  ) throws(ServiceError) {
    let folder = state.folder
    try stored { () throws(StateError) in
      var leases = try folder.leases(of: network)
      let before = leases
      for address in interface.addresses { leases.release(address.address) }
      if leases != before { try state.save(leases, of: network) }
    }
  }

  // The device of the default network exists only while an endpoint needs it.
  private func tearDownUnneeded(
    _ id: NetworkID, in state: borrowing LockedState
  ) throws(ServiceError) {
    let folder = state.folder
    let network = try stored { () throws(StateError) in
      try folder.hasEndpoints(id) ? nil : try folder.network(id)
    }
    guard let network, network.isPredefined else { return }
    let driver = try optioned { () throws(OptionError) in try network.makeDriver() }
    try removeFromKernel(driver.desiredNetwork, of: network, in: state)
  }

  /// The host end of an endpoint, found by name, or by its alias if it was renamed.
  private func hostLink(of endpoint: Endpoint) throws(ServiceError) -> ObservedLink? {
    guard let interface = endpoint.interface, let name = try? InterfaceName(interface.hostName)
    else { return nil }
    let named = try observed { () throws(KernelError) in try kernel.link(name, in: .host) }
    if let named, named.mayBelong(to: endpoint.owner) { return named }
    return try renamedEnds()[endpoint.owner]
  }

  // Searched once per command: most links that are not found are gone.
  private func renamedEnds() throws(ServiceError) -> [LinkOwner: ObservedLink] {
    if let knownRenamedEnds { return knownRenamedEnds }
    let links = try observed { () throws(KernelError) in try kernel.links(in: .host) }
    var ends: [LinkOwner: ObservedLink] = [:]
    for link in links {
      guard let owner = link.owner, case .endpoint(let id) = owner,
        EndpointID(id)?.hostInterfaceName != link.name
      else { continue }
      ends[owner] = link
    }
    knownRenamedEnds = ends
    return ends
  }
}

extension Endpoint {
  /// The owner recorded in the alias of its links.
  var owner: LinkOwner { .endpoint(id.description) }

  /// The default route that it offers, by its interface's name on record or another.
  func defaultRoute(_ family: AddressFamily, by name: String? = nil) -> DesiredDefaultRoute? {
    guard let gateway = route.gateway(family), let interface,
      let source = interface.address(family)
    else { return nil }
    return DesiredDefaultRoute(
      path: ReturnPath(
        source: source,
        route: DefaultRoute(gateway: gateway, interface: name ?? interface.name)),
      isPreferred: route.priority > 0)
  }
}

extension ObservedLink {
  /// Whether it is the host's end of an endpoint, and the container's end is in a living namespace.
  func connects(_ endpoint: Endpoint) -> Bool { owner == endpoint.owner && !isOrphaned }
}

extension ServiceError {
  /// Whether the default route failed because the container was changed: it has another route
  /// (EEXIST), lost the interface (ENODEV) or lost its address (ENETUNREACH).
  fileprivate var indicatesChangedContainer: Bool {
    switch self {
    case .defaultRouteExists: true
    case .kernel(let error): [.noDevice, .networkUnreachable].contains(error.errno)
    default: false
    }
  }
}

extension KernelError {
  /// Whether the default route failed because one exists (EEXIST).
  fileprivate var isOccupiedRoute: Bool {
    if case .step(.addDefaultRoute) = operation { errno == .fileExists } else { false }
  }
}
