import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore
import SystemErrors

/// What `connect`, `disconnect`, `rm` and recovery have in common.
extension NetworkService {
  /// The endpoints of a container that are alive; dead ones are forgotten on the way.
  func livingEndpoints(
    of container: Container, in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in
      try folder.endpoints(of: container.id)
    }
    return try living(recorded, in: state)
  }

  /// The endpoints of a network that are alive; dead ones are forgotten on the way.
  func livingEndpoints(
    of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    return try living(recorded, in: state)
  }

  /// Forgets the endpoints of a network whose namespace or host link is gone; says whether there
  /// were any.
  func forgetDeadEndpoints(
    of network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    return try living(recorded, in: state).count < recorded.count
  }

  private func living(
    _ recorded: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> [Endpoint] {
    var living: [Endpoint] = []
    for endpoint in recorded {
      if try isAlive(endpoint) {
        living.append(endpoint)
      } else {
        try detachAttached(endpoint, in: state)
      }
    }
    return living
  }

  /// Whether the kernel still holds an endpoint. The host's link stands for the namespace of its other
  /// end as well.
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

  /// Those of the endpoints that the kernel still holds.
  func alive(_ recorded: [Endpoint]) throws(ServiceError) -> [Endpoint] {
    var alive: [Endpoint] = []
    for endpoint in recorded where try isAlive(endpoint) { alive.append(endpoint) }
    return alive
  }

  /// Takes an endpoint that stands among the unfinished out of the kernel and out of the records.
  func detach(
    _ endpoint: Endpoint, handle: NamespaceHandle? = nil, in state: borrowing LockedState
  ) throws(ServiceError) {
    try deleteLinks(of: endpoint)
    try finishDetaching(endpoint, handle: handle, in: state)
  }

  /// Takes an attached endpoint out of the kernel and out of the records. When the kernel does not
  /// let go of its links, it is there as before.
  func detachAttached(
    _ endpoint: Endpoint, handle: NamespaceHandle? = nil, in state: borrowing LockedState
  ) throws(ServiceError) {
    try stored { () throws(StateError) in try state.beginRemoval(endpoint) }
    do throws(ServiceError) {
      try deleteLinks(of: endpoint)
    } catch {
      // Otherwise the next command detaches it.
      attempt { () throws(ServiceError) in
        try stored { () throws(StateError) in try state.finish(endpoint) }
      }
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
      try movePorts(from: endpoint, in: state)
      try cutConnections(of: interface)
      try restoreRoutes(without: endpoint, handle: handle, in: state)
    }
    // Before the record goes, which is all that would remind a later command.
    try dissolveUnneeded(endpoint.network, in: state)
    // What is written comes last: a full disk keeps nothing in the kernel.
    if let interface = endpoint.interface {
      try release(interface, of: endpoint.network, in: state)
    }
    try stored { () throws(StateError) in try state.forget(endpoint) }
  }

  /// Makes the container's default routes those of the endpoints that should own them. A route that
  /// netctl did not add is left alone. With `isFresh` the container has no routes yet.
  func settleRoutes(
    of endpoints: [Endpoint], in handle: NamespaceHandle, container: Container,
    isFresh: Bool = false
  ) throws(ServiceError) {
    let place = Place.container(handle)
    let routing =
      isFresh
      ? ContainerRouting()
      : try observed { () throws(KernelError) in try kernel.routing(in: place) }
    let names = isFresh ? nil : try interfaceNames(of: endpoints, in: place)
    var steps: [KernelStep] = []
    for family in AddressFamily.allCases {
      let present = endpoints.filter { names == nil || names?[$0.id] != nil }
      let routes = Dictionary(
        uniqueKeysWithValues: present.compactMap { endpoint in
          endpoint.defaultRoute(family, by: names?[endpoint.id]).map { (endpoint.id, $0) }
        })
      steps += routing.steps(
        family, to: present.defaultRouteOwner(family).flatMap { routes[$0.id] },
        replacing: Set(routes.values.map(\.path.route)), in: place)
    }
    do throws(KernelError) {
      try kernel.perform(steps)
    } catch {
      throw error.isOccupiedRoute ? .defaultRouteExists(container: container.name) : .kernel(error)
    }
  }

  // Somebody in the container may have given the interfaces other names.
  private func interfaceNames(
    of endpoints: [Endpoint], in place: Place
  ) throws(ServiceError) -> [EndpointID: String] {
    if endpoints.isEmpty { return [:] }
    let links = try observed { () throws(KernelError) in try kernel.links(in: place) }
    var names: [EndpointID: String] = [:]
    for endpoint in endpoints {
      guard let peer = try hostLink(of: endpoint)?.peer else { continue }
      names[endpoint.id] = links.first { $0.index == peer }?.name
    }
    return names
  }

  // The link took its routes with it; another network's may take their place. A container that
  // cannot be entered any more, or that has a route or an interface of its own making, does not keep
  // the endpoint.
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
      guard error.meansChangedContainer else { throw error }
    }
  }

  // What was begun with these addresses must not reach whoever has them next.
  private func cutConnections(of interface: EndpointInterface) throws(ServiceError) {
    let filters = interface.addresses.flatMap { ConnectionFilter.all(of: $0.address) }
    if !filters.isEmpty { try perform([.cutConnections(filters)]) }
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
  private func dissolveUnneeded(
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

  /// The host's end of an endpoint: by its name, or by its mark where somebody gave it another.
  private func hostLink(of endpoint: Endpoint) throws(ServiceError) -> ObservedLink? {
    guard let interface = endpoint.interface, let name = try? InterfaceName(interface.hostName)
    else { return nil }
    let named = try observed { () throws(KernelError) in try kernel.link(name, in: .host) }
    if let named, named.belongs(to: endpoint.owner) { return named }
    return try renamedEnds()[endpoint.owner]
  }

  // Looked for once in a command: most of those that are not found are gone.
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
  /// The mark on its links.
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
  /// Whether a default route cannot be had because the container is not as it was set up: it has a
  /// route of its own (EEXIST), has lost the interface (ENODEV) or its address (ENETUNREACH).
  fileprivate var meansChangedContainer: Bool {
    switch self {
    case .defaultRouteExists: true
    case .kernel(let error): [.noDevice, .networkUnreachable].contains(error.errno)
    default: false
    }
  }
}

extension KernelError {
  /// Whether a default route was refused because there is one (EEXIST).
  fileprivate var isOccupiedRoute: Bool {
    if case .step(.addDefaultRoute) = operation { errno == .exists } else { false }
  }
}
