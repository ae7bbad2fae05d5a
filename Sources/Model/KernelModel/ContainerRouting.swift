public import Addressing

/// The parts of a container's routing that concern netctl.
public struct ContainerRouting: Hashable, Sendable {
  /// The default routes of the main table, the preferred ones first.
  public var defaultRoutes: [ObservedDefaultRoute]
  /// The source addresses whose packets use netctl's own table.
  public var returnSources: [IPAddress]
  /// The default routes of that table.
  public var returnRoutes: [ObservedDefaultRoute]

  package init(
    defaultRoutes: [ObservedDefaultRoute] = [], returnSources: [IPAddress] = [],
    returnRoutes: [ObservedDefaultRoute] = []
  ) {
    self.defaultRoutes = defaultRoutes
    self.returnSources = returnSources
    self.returnRoutes = returnRoutes
  }
}

/// A default route as the kernel holds it.
public struct ObservedDefaultRoute: Hashable, Sendable {
  /// The route's address family.
  public let family: AddressFamily
  /// The gateway's address; nil for a route without one.
  public let gateway: IPAddress?
  /// The output interface; nil for a multipath route.
  public let interface: InterfaceName?
  /// The lowest is preferred.
  public let metric: UInt32

  package init(
    family: AddressFamily, gateway: IPAddress?, interface: InterfaceName?, metric: UInt32 = 0
  ) {
    self.family = family
    self.gateway = gateway
    self.interface = interface
    self.metric = metric
  }

  func isSame(as route: DefaultRoute) -> Bool {
    family == route.family && gateway == route.gateway && interface == route.interface
  }
}

/// A return path for one of the container's addresses: replies leave through the interface on which
/// the packets arrived, whatever the container's default route.
public struct ReturnPath: Hashable, Sendable {
  /// The address, with the prefix length of its on-link subnet.
  public let source: IPPrefix
  /// The route to destinations outside that subnet.
  public let route: DefaultRoute

  package init(source: IPPrefix, route: DefaultRoute) {
    self.source = source
    self.route = route
  }

  /// The same path with the current name of the interface.
  func on(_ interface: InterfaceName) -> ReturnPath {
    ReturnPath(source: source, route: route.on(interface))
  }
}

/// The default route that, according to the records, one of a container's endpoints provides.
public struct DesiredDefaultRoute: Hashable, Sendable {
  /// The route and its source address.
  public let path: ReturnPath
  /// Whether the user wants it to precede the container's own routes.
  public let isPreferred: Bool

  package init(path: ReturnPath, isPreferred: Bool = false) {
    self.path = path
    self.isPreferred = isPreferred
  }
}

extension ContainerRouting {
  /// The steps that give a family's default route to an endpoint, or to none. `ours` are the routes
  /// of all endpoints.
  ///
  /// A default route that netctl did not add is left alone. It takes precedence, and the endpoint
  /// only gets a return path, unless the endpoint's route is preferred or an endpoint already has
  /// the default route. With `isForOthers`, somebody is about to add a default route, and fails if
  /// there is one.
  public func steps(
    _ family: AddressFamily, to desired: DesiredDefaultRoute?, replacing ours: Set<DefaultRoute>,
    isForOthers: Bool = false, in namespace: TargetNamespace
  ) -> [KernelStep] {
    let present = defaultRoutes.filter { $0.family == family }
    let own = ours.filter { route in present.contains { $0.isSame(as: route) } }
    let foreign = present.filter { route in !ours.contains(where: route.isSame) }
    let isDefault =
      !isForOthers && (foreign.isEmpty || !own.isEmpty || desired?.isPreferred == true)
    let route = isDefault ? desired?.path.route : nil
    let path = isDefault ? nil : desired?.path
    var steps = own.filter { $0 != route }.map { KernelStep.removeDefaultRoute($0, namespace) }
    if let route, !own.contains(route) {
      steps.append(.addDefaultRoute(route, before: foreign.first?.metric, namespace))
    }
    return has(path, family) ? steps : steps + [.setReturnPath(path, family, namespace)]
  }

  /// The differences from the recorded default route through an interface that is called `name`,
  /// and will be `later`.
  func differences(
    to desired: DesiredDefaultRoute, in namespace: TargetNamespace, by name: InterfaceName,
    later: InterfaceName
  ) -> [Difference] {
    let (path, family) = (desired.path.on(name), desired.path.source.family)
    let present = defaultRoutes.filter { $0.family == family }
    if present.contains(where: { $0.isSame(as: path.route) }) { return [] }
    // Other routes of the container are left alone.
    if let foreign = present.first, !desired.isPreferred {
      return has(path, family) || foreign.interface == name
        ? [] : [.returnPathMissing(desired.path.on(later), namespace)]
    }
    return [.routeMissing(desired.path.route.on(later), before: present.first?.metric, namespace)]
  }

  private func has(_ path: ReturnPath?, _ family: AddressFamily) -> Bool {
    let sources = returnSources.filter { $0.family == family }
    let routes = returnRoutes.filter { $0.family == family }
    guard let path else { return sources.isEmpty && routes.isEmpty }
    return sources == [path.source.address] && routes.count == 1
      && routes[0].isSame(as: path.route)
  }
}
