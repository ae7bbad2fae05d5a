public import Addressing

/// What concerns netctl of a container's routing.
public struct ContainerRouting: Hashable, Sendable {
  /// The default routes of the main table, the preferred ones first.
  public var defaultRoutes: [ObservedDefaultRoute]
  /// The addresses from which packets take netctl's own table.
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
  /// The family whose packets take it.
  public let family: AddressFamily
  /// The gateway's address; nil for a route without one.
  public let gateway: IPAddress?
  /// The interface it leaves by; nil for one that leaves by several.
  public let interface: String?
  /// The lowest is preferred.
  public let metric: UInt32

  package init(
    family: AddressFamily, gateway: IPAddress?, interface: String?, metric: UInt32 = 0
  ) {
    self.family = family
    self.gateway = gateway
    self.interface = interface
    self.metric = metric
  }

  func isSame(as route: DefaultRoute) -> Bool {
    gateway == route.gateway && interface == route.interface
  }
}

/// A way back for packets that come to an address of the container's: answers leave by the
/// interface by which they came, whatever the container's default route.
public struct ReturnPath: Hashable, Sendable {
  /// The address, with the length of the subnet on its link.
  public let source: IPPrefix
  /// The way beyond that subnet.
  public let route: DefaultRoute

  package init(source: IPPrefix, route: DefaultRoute) {
    self.source = source
    self.route = route
  }

  /// The same by the name that the interface has now.
  func on(_ interface: String) -> ReturnPath {
    ReturnPath(
      source: source, route: DefaultRoute(gateway: route.gateway, interface: interface))
  }
}

/// The default route that the records give to one of a container's endpoints.
public struct DesiredDefaultRoute: Hashable, Sendable {
  /// The route, and the address behind it.
  public let path: ReturnPath
  /// Whether the user wants it before routes of the container's own.
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
  /// A default route that netctl did not add stays as it is. It wins unless the endpoint's is
  /// preferred, or there before; the endpoint only gets a return path then.
  public func steps(
    _ family: AddressFamily, to desired: DesiredDefaultRoute?, replacing ours: Set<DefaultRoute>,
    in namespace: TargetNamespace
  ) -> [KernelStep] {
    let present = defaultRoutes.filter { $0.family == family }
    let own = ours.filter { route in present.contains { $0.isSame(as: route) } }
    let foreign = present.filter { route in !ours.contains(where: route.isSame) }
    let isDefault = foreign.isEmpty || !own.isEmpty || desired?.isPreferred == true
    let route = isDefault ? desired?.path.route : nil
    let path = isDefault ? nil : desired?.path
    var steps = own.filter { $0 != route }.map { KernelStep.removeDefaultRoute($0, namespace) }
    if let route, !own.contains(route) {
      steps.append(.addDefaultRoute(route, before: foreign.first?.metric, namespace))
    }
    return has(path, family) ? steps : steps + [.setReturnPath(path, family, namespace)]
  }

  /// What distinguishes it from what the records want.
  func differences(
    to desired: DesiredDefaultRoute, in namespace: TargetNamespace, by name: String
  ) -> [Difference] {
    let (path, family) = (desired.path.on(name), desired.path.source.family)
    let present = defaultRoutes.filter { $0.family == family }
    if present.contains(where: { $0.isSame(as: path.route) }) { return [] }
    // Other routes of the container are left alone.
    if let foreign = present.first, !desired.isPreferred {
      return has(path, family) || foreign.interface == name
        ? [] : [.returnPathMissing(desired.path, namespace)]
    }
    return [.routeMissing(desired.path.route, before: present.first?.metric, namespace)]
  }

  private func has(_ path: ReturnPath?, _ family: AddressFamily) -> Bool {
    let sources = returnSources.filter { $0.family == family }
    let routes = returnRoutes.filter { $0.family == family }
    guard let path else { return sources.isEmpty && routes.isEmpty }
    return sources == [path.source.address] && routes.count == 1
      && routes[0].isSame(as: path.route)
  }
}
