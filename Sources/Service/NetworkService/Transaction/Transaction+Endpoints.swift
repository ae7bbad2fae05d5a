import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore
import SystemErrors

/// What `connect`, `disconnect`, `rm` and recovery share.
extension Transaction {
  /// Removes the dead endpoints of a container from the records and returns the live ones.
  func pruningDeadEndpoints(of container: Container) throws(ServiceError) -> [Endpoint] {
    let recorded = try view.recordedEndpoints(of: container)
    return try pruningDead(recorded).live
  }

  /// Removes the dead endpoints of a network from the records and returns the live ones.
  func pruningDeadEndpoints(of network: Network) throws(ServiceError) -> [Endpoint] {
    let recorded = try view.endpoints(of: network.id)
    return try pruningDead(recorded).live
  }

  /// Removes endpoints from the records whose namespace or host link is gone; returns whether there
  /// were any.
  func removeDeadEndpoints(of network: Network) throws(ServiceError) -> Bool {
    let recorded = try view.endpoints(of: network.id)
    return try pruningDead(recorded).isAnyRemoved
  }

  /// Endpoints of containers that can be started again wait for that instead.
  private func pruningDead(
    _ recorded: [Endpoint]
  ) throws(ServiceError) -> (live: [Endpoint], isAnyRemoved: Bool) {
    var live: [Endpoint] = []
    var isAnyRemoved = false
    for endpoint in recorded {
      if try kernel.isAlive(endpoint) {
        live.append(endpoint)
      } else if try removeDead(endpoint) {
        isAnyRemoved = true
      }
    }
    return (live, isAnyRemoved)
  }

  /// Removes a dead endpoint, unless it waits for its container; returns whether it was removed.
  @discardableResult
  func removeDead(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    if !endpoint.isRestored || kernel.isRemoved(endpoint.container) {
      try detachAttached(endpoint)
      return true
    }
    if !endpoint.container.isStopped { try suspend(endpoint) }
    return false
  }

  /// Takes out of the kernel what is left of an endpoint whose container has stopped; its record
  /// keeps its addresses and ports. It is replaced last: until then, the next command does the
  /// same.
  private func suspend(_ endpoint: Endpoint) throws(ServiceError) {
    try movePorts(from: endpoint, keepingThem: true)
    try deleteLinks(of: endpoint)
    if let interface = endpoint.interface { try deleteConnections(of: interface) }
    try replace(endpoint, by: endpoint.stopped)
    try writeNames(removing: endpoint)
    try tearDownUnneeded(endpoint.network)
  }

  /// Removes an unfinished endpoint from the kernel and the records.
  func detach(_ endpoint: Endpoint, handle: NamespaceHandle? = nil) throws(ServiceError) {
    try movePorts(from: endpoint)
    try deleteLinks(of: endpoint)
    try finishDetaching(endpoint, handle: handle)
  }

  /// Removes an attached endpoint from the kernel and the records. If the kernel refuses to delete
  /// its links, the endpoint is left as it was. `known` is its network, if that was read already.
  func detachAttached(
    _ endpoint: Endpoint, handle: NamespaceHandle? = nil, of known: Network? = nil
  ) throws(ServiceError) {
    try stageRemoval(endpoint)
    if endpoint.plugin != nil {
      // The rest follows without the lock.
      view.plugins.stagedEndpoints.insert(endpoint.id)
      return
    }
    do throws(ServiceError) {
      // Firewall elements first: the kernel's delay after deleting them then overlaps with the
      // deletion of the links.
      try movePorts(from: endpoint)
      try deleteLinks(of: endpoint)
    } catch {
      // Otherwise the next command would detach it.
      attempt { () throws(ServiceError) in try commit(endpoint) }
      attempt { () throws(ServiceError) in try returnPorts(to: endpoint) }
      throw error
    }
    try finishDetaching(endpoint, handle: handle)
    if let network = known ?? (try? view.network(endpoint.network)) ?? nil {
      report(.disconnect, network, of: endpoint.container)
    }
  }

  func deleteLinks(of endpoint: Endpoint) throws(ServiceError) {
    guard let (link, namespace) = try kernel.ownLink(of: endpoint) else { return }
    try perform([.deleteLink(link.name, namespace)])
    kernel.forgetRenamedEnd(of: endpoint)
  }

  private func finishDetaching(
    _ endpoint: Endpoint, handle: NamespaceHandle?
  ) throws(ServiceError) {
    // It was about to be attached again.
    let waiting = try view.endpoint(endpoint.id, of: endpoint.network)
    try withdraw(endpoint, handle: handle, keeping: waiting?.interface?.addresses ?? [])
    if let waiting {
      try discard(endpoint, besides: waiting)
    } else {
      try discard(endpoint)
    }
  }

  /// Takes back everything that an endpoint without links still has, but for the leases of some
  /// addresses.
  func withdraw(
    _ endpoint: Endpoint, handle: NamespaceHandle?, keeping kept: [IPPrefix] = []
  ) throws(ServiceError) {
    if let interface = endpoint.interface {
      try deleteConnections(of: interface)
      try restoreRoutes(without: endpoint, handle: handle)
    }
    // Both must precede removing the record; recovery depends on it.
    try writeNames(removing: endpoint)
    try tearDownUnneeded(endpoint.network)
    // Writes come last, so that a full disk leaves nothing behind in the kernel.
    if let interface = endpoint.interface {
      try release(interface, of: endpoint.network, except: kept)
    }
  }

  /// Makes the container's default routes those of the endpoints that should own them. A route that
  /// netctl did not add is left alone; those of `former` endpoints are netctl's. With `isFresh` the
  /// container has no routes yet, and with `isForOthers` its runtime is about to add a default
  /// route.
  ///
  /// An interface that was changed inside the container may refuse its route. That only fails for
  /// the endpoint that is being `added`; `reload` restores the others.
  func settleRoutes(
    of endpoints: [Endpoint], adding added: EndpointID? = nil, replacing former: [Endpoint] = [],
    in handle: NamespaceHandle, container: Container, isFresh: Bool = false,
    isForOthers: Bool = false
  ) throws(ServiceError) {
    let namespace = TargetNamespace.container(handle)
    let routing =
      isFresh
      ? ContainerRouting()
      : try kernel.routing(in: namespace)
    let names = isFresh ? nil : try interfaceNames(of: endpoints, in: namespace)
    for family in AddressFamily.allCases {
      let present = endpoints.filter { names == nil || names?[$0.id] != nil }
      let routes = Dictionary(
        uniqueKeysWithValues: present.compactMap { endpoint in
          endpoint.defaultRoute(family, by: names?[endpoint.id]).map { (endpoint.id, $0) }
        })
      let gone = former.compactMap { $0.defaultRoute(family, by: names?[$0.id])?.path.route }
      let owner = present.defaultRouteOwner(family)?.id
      do throws(ServiceError) {
        try perform(
          routing.steps(
            family, to: owner.flatMap { routes[$0] },
            replacing: Set(routes.values.map(\.path.route) + gone), isForOthers: isForOthers,
            in: namespace))
      } catch {
        // A namespace without links may have routes that reject packets.
        if isFresh, error.indicatesOccupiedRoute {
          return try settleRoutes(
            of: endpoints, adding: added, replacing: former, in: handle, container: container,
            isForOthers: isForOthers)
        }
        if error.indicatesChangedContainer && owner != added { continue }
        throw error.indicatesOccupiedRoute ? .defaultRouteExists(container: container.name) : error
      }
    }
  }

  // The interfaces may have been renamed inside the container.
  func interfaceNames(
    of endpoints: [Endpoint], in namespace: TargetNamespace
  ) throws(ServiceError) -> [EndpointID: InterfaceName] {
    if endpoints.isEmpty { return [:] }
    let links = try kernel.links(in: namespace)
    var names: [EndpointID: InterfaceName] = [:]
    for endpoint in endpoints {
      if endpoint.interface?.hostName == nil {
        names[endpoint.id] = links.first { $0.owner == endpoint.owner }?.name
        continue
      }
      guard let peer = try kernel.hostLink(of: endpoint)?.peer else { continue }
      names[endpoint.id] = links.first { $0.index == peer }?.name
    }
    return names
  }

  // The link took its routes with it; another network's may take over. A container that can no
  // longer be entered must not prevent removing the endpoint.
  private func restoreRoutes(
    without endpoint: Endpoint, handle: NamespaceHandle?
  ) throws(ServiceError) {
    let recorded = try view.endpoints(of: endpoint.container.id)
    let others = recorded.filter { $0.id != endpoint.id }
    if endpoint.plugin == nil, others.contains(where: { $0.plugin != nil }) {
      view.plugins.newGateways += GatewayChange(endpoint, beside: others).successors
    }
    guard let handle = handle ?? kernel.reopen(endpoint.container) else { return }
    try settleRoutes(of: others, in: handle, container: endpoint.container)
  }

  // Connections of these addresses must not reach their next holder.
  private func deleteConnections(of interface: EndpointInterface) throws(ServiceError) {
    let filters = interface.addresses.flatMap { ConnectionFilter.all(of: $0.address) }
    if !filters.isEmpty { try perform([.deleteConnections(filters)]) }
  }

  /// Releases the addresses of an interface.
  func release(
    _ interface: EndpointInterface, of network: NetworkID, except kept: [IPPrefix] = []
  ) throws(ServiceError) {
    // The agent knows which addresses of such a network are in use.
    if try view.network(network)?.isOverlay == true { return }
    var leases = try view.leases(of: network)
    let before = leases
    for address in interface.addresses where !kept.contains(address) {
      leases.release(address.address)
    }
    if leases != before { try save(leases, of: network) }
  }

  // The device of such a network exists only while an endpoint needs it.
  private func tearDownUnneeded(_ id: NetworkID) throws(ServiceError) {
    guard let network = try view.network(id), network.isPredefined || network.isOverlay else {
      return
    }
    for endpoint in try view.endpointIDs(of: id)
    where try view.endpoint(endpoint, of: id)?.container.isStopped == false { return }
    try removeFromKernel(try view.desiredNetwork(of: network), of: network)
  }
}

extension Endpoint {
  /// The owner recorded in the alias of its links.
  var owner: LinkOwner { .endpoint(id.description) }

  /// The default route that it offers, through its recorded interface name or through `name`.
  func defaultRoute(_ family: AddressFamily, by name: InterfaceName? = nil) -> DesiredDefaultRoute?
  {
    guard let interface, let source = interface.address(family) else { return nil }
    let name = name ?? interface.name
    let path: DefaultRoute
    if let gateway = route.routes.gateway(family) {
      path = DefaultRoute(gateway: gateway, interface: name)
    } else if route.routes.onLink.contains(family) {
      path = DefaultRoute(family, interface: name)
    } else {
      return nil
    }
    return DesiredDefaultRoute(
      path: ReturnPath(source: source, route: path), isPreferred: route.priority > 0)
  }
}

extension ServiceError {
  /// Whether a route failed because its interface was changed in the container: it is gone (ENODEV)
  /// or down (ENETDOWN), lost its address (ENETUNREACH, EHOSTUNREACH) or IPv6 (EACCES), or has the
  /// gateway's address (EINVAL); or because the container has another route (EEXIST).
  fileprivate var indicatesChangedContainer: Bool {
    guard case .kernel(let error) = self else { return false }
    switch error.operation {
    case .step(.addDefaultRoute), .step(.setReturnPath):
      return [
        .noDevice, .networkDown, .networkUnreachable, .hostUnreachable, .permissionDenied,
        .invalidArgument, .fileExists,
      ].contains(error.errno)
    default: return false
    }
  }

  /// Whether the default route failed because one exists (EEXIST).
  fileprivate var indicatesOccupiedRoute: Bool {
    if case .kernel(let error) = self, case .step(.addDefaultRoute) = error.operation {
      error.errno == .fileExists
    } else {
      false
    }
  }
}
