import Addressing
import Drivers
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore
import SystemErrors

/// Which endpoints are gateways of a container, before and after a change.
struct GatewayChange {
  /// Whether the endpoint that comes or goes is one.
  var isGateway = false
  /// The other endpoints that become gateways when it goes, or that are none any more when it has
  /// come.
  var successors: [Endpoint] = []

  init(_ endpoint: Endpoint, beside others: [Endpoint]) {
    for family in AddressFamily.allCases {
      guard (others + [endpoint]).defaultRouteOwner(family)?.id == endpoint.id else { continue }
      isGateway = true
      if let successor = others.defaultRouteOwner(family), !successors.contains(successor) {
        successors.append(successor)
      }
    }
    // One that is the gateway of another family anyway stays one.
    successors.removeAll { successor in
      AddressFamily.allCases.contains { family in
        (others + [endpoint]).defaultRouteOwner(family)?.id == successor.id
      }
    }
  }
}

/// Endpoints in which plugins have a part.
extension Transaction {
  /// How the gateways change when an endpoint goes.
  func gatewayChange(without endpoint: Endpoint) throws(ServiceError) -> GatewayChange {
    let others = try view.endpoints(of: endpoint.container.id).filter { $0.id != endpoint.id }
    return GatewayChange(endpoint, beside: others)
  }

  /// Takes an endpoint out of its container, and gives a plugin's link back to the host. The record
  /// stays, and tells that this is done.
  func detachLocally(
    _ endpoint: Endpoint, hasDriverPlugin: Bool
  ) throws(ServiceError) {
    guard endpoint.interface != nil else { return }
    let handle = kernel.sandbox(of: endpoint)
    try movePorts(from: endpoint)
    if hasDriverPlugin {
      attempt { () throws(ServiceError) in try returnLink(of: endpoint, from: handle) }
    } else {
      try deleteLinks(of: endpoint)
    }
    try withdraw(endpoint, handle: handle)
    var rest = endpoint
    rest.interface = nil
    try stage(rest)
  }

  private func returnLink(
    of endpoint: Endpoint, from handle: NamespaceHandle?
  ) throws(ServiceError) {
    guard let handle, let source = endpoint.plugin?.sourceName else { return }
    let links = try kernel.links(in: .container(handle))
    guard let link = links.first(where: { $0.owner == endpoint.owner }) else { return }
    try perform([.returnLink(link.name, to: source, handle)])
  }

  /// Makes the container's namespace available to plugins; returns the path, which is the
  /// container's own if no other can be had.
  func mountSandbox(of container: Container, _ handle: NamespaceHandle) -> String {
    let (directory, name) = ("/var/run/docker/netns", container.id.short)
    do throws(ServiceError) {
      try perform([.mountNamespace(handle, directory: directory, name: name)])
      return "\(directory)/\(name)"
    } catch {
      return container.path
    }
  }

  /// Reverts `mountSandbox`, unless another endpoint of the container needs the path.
  func unmountSandbox(_ path: String, of endpoint: Endpoint) throws(ServiceError) {
    let container = endpoint.container
    if path == container.path { return }
    let others = try view.endpoints(of: container.id) + pluginChanges.endpoints
    let isNeeded = others.contains { $0.id != endpoint.id && $0.plugin?.sandboxKey == path }
    if isNeeded { return }
    attempt { () throws(ServiceError) in try perform([.unmountNamespace(path: path)]) }
  }

  /// Moves the link of a joined endpoint into its container, configures it and settles the
  /// container's routes. Completes the endpoint's record; returns how the gateways change.
  func attachLink(
    of endpoint: inout Endpoint, as sandbox: PluginSandbox, in handle: NamespaceHandle,
    on network: Network
  ) throws(ServiceError) -> GatewayChange {
    let container = endpoint.container
    let others = try pruningDeadEndpoints(of: container)
    let links = try kernel.links(in: .container(handle))
    if let source = sandbox.source, let interface = endpoint.interface {
      endpoint.interface = EndpointInterface(
        hostName: nil,
        name: try interfaceName(sandbox, source, for: container, links, others),
        mac: interface.mac, addresses: interface.addresses,
        linkLocalAddresses: interface.linkLocalAddresses)
      endpoint.route = RouteCandidate(
        networkName: endpoint.route.networkName, priority: endpoint.route.priority,
        routes: try offeredRoutes(sandbox, source))
      endpoint.plugin?.sourceName = source
      endpoint.plugin?.routes = sandbox.routes.filter { $0.destination.length > 0 }
    }
    try stage(endpoint)
    if let loopback = links.first(where: { $0.isLoopback && !$0.isUp })?.name {
      try perform([.bringUp(loopback, .container(handle))])
    }
    if let desired = try view.driver(of: network).desired(endpoint) {
      do throws(ServiceError) {
        try perform(desired.creationSteps(container: handle))
        try settleRoutes(
          of: others + [endpoint], adding: endpoint.id, in: handle, container: container,
          isFresh: links.allSatisfy(\.isLoopback))
      } catch {
        throw error.inTheEnginesWords
      }
    }
    let ports = try view.recordedPorts(of: container)
    try changePorts(
      of: container, from: try view.desiredPorts(ports, on: others),
      to: try view.desiredPorts(ports, on: others + [endpoint]))
    let change = GatewayChange(endpoint, beside: others)
    if change.isGateway && !network.isInternal {
      endpoint.plugin?.phase = .programmed
      try stage(endpoint)
    }
    return change
  }

  private func interfaceName(
    _ sandbox: PluginSandbox, _ source: InterfaceName, for container: Container,
    _ links: [ObservedLink], _ others: [Endpoint]
  ) throws(ServiceError) -> InterfaceName {
    var taken = Set(
      links.flatMap { link in
        [link.name] + link.alternativeNames.compactMap { try? InterfaceName($0) }
      })
    taken.formUnion(others.compactMap(\.interface?.name))
    let naming = InterfaceNaming(prefix: sandbox.prefix, hasHostEnd: false)
    do throws(OptionError) {
      return try (container.runtime.numbersInterfaces ? naming.avoidingEngines : naming)
        .name(besides: taken)
    } catch {
      throw .plugin(
        PluginError(
          .unusable,
          "failed to add interface \(source) to sandbox: error renaming interface "
            + "\"\(source)\" to \"\(sandbox.prefix)0\": numerical result out of range"))
    }
  }

  private func offeredRoutes(
    _ sandbox: PluginSandbox, _ source: InterfaceName
  ) throws(ServiceError) -> OfferedRoutes {
    var onLink: Set<AddressFamily> = []
    for route in sandbox.routes where route.destination.length == 0 {
      let family = route.destination.family
      if route.nextHop != nil {
        throw .plugin(
          PluginError(
            .unusable,
            "updating gateway endpoint: failed to set \(family.name) default route: setting "
              + "\(family.name) default route to interface with srcName '\(source)': "
              + "no default route"))
      }
      if !sandbox.gateways.contains(where: { $0.family == family }) { onLink.insert(family) }
    }
    return OfferedRoutes(gateways: sandbox.gateways, onLink: onLink)
  }
}

extension ServiceError {
  /// What the kernel refused of a plugin's wishes, as the engine puts it.
  fileprivate var inTheEnginesWords: ServiceError {
    guard case .kernel(let error) = self, case .step(let step) = error.operation else {
      return self
    }
    let isUnreachable = [.networkUnreachable, .hostUnreachable, .invalidArgument]
      .contains(error.errno)
    let text: String
    switch step {
    case .createEndpoint(let endpoint, _):
      guard case .moved(let source) = endpoint.link, error.errno == .noDevice else { return self }
      text =
        "failed to add interface \(source) to sandbox: failed to get link by name "
        + "\"\(source)\": Link not found (is the plugin in another network namespace?)"
    case .addRoute(let route, _, _):
      guard let nextHop = route.nextHop, isUnreachable else { return self }
      text =
        "failed to add static route \(route.destination): route for the next hop \(nextHop) "
        + "could not be found: network is unreachable"
    case .addDefaultRoute(let route, _, _):
      guard let gateway = route.gateway, isUnreachable else { return self }
      text =
        "updating gateway endpoint: failed to set gateway: route for the gateway \(gateway) "
        + "could not be found: network is unreachable"
    default: return self
    }
    return .plugin(PluginError(.unusable, text))
  }
}

extension KernelView {
  /// Opens the namespace of an endpoint's container, by the path that plugins were told if its own
  /// is gone; nil if it has ended.
  func sandbox(of endpoint: Endpoint) -> NamespaceHandle? {
    if let handle = reopen(endpoint.container) { return handle }
    guard endpoint.container.boot == boot, let path = endpoint.plugin?.sandboxKey,
      let namespace = try? kernel.openNamespace(atPath: path),
      namespace.identity == endpoint.container.namespace
    else { return nil }
    return namespace.handle
  }
}
