import Addressing
import Firewall
public import KernelModel
import LinuxSystem
import Netlink
import PacketProbe
public import PacketTrace
import RouteNetlink

extension LinuxKernel {
  /// Follows one packet between a container and others.
  public func observePacket(
    _ request: TraceRequest, of container: NamespaceHandle, toward candidates: PeerCandidates,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation {
    let (host, inner): (NamespaceView, NamespaceView)
    do throws(NetlinkError) {
      (host, inner) = (try view(.host), try view(.container(container)))
    } catch {
      throw .refused("open the container's namespace", error.errno, explanation: error.description)
    }
    guard host.namespace.identity != inner.namespace.identity else { throw .notAContainer }
    let path: String?
    do throws(NetlinkError) {
      path = try peerPath(
        request, candidates, besides: [host.namespace.identity, inner.namespace.identity], host,
        inner)
    } catch {
      throw .refused(
        "look for the container at the destination", error.errno, explanation: error.description)
    }
    var observation = try PacketTracer.observe(
      request, container: inner.namespace, peer: Self.open(path), report: report)
    observation.peerPath = observation.peer == nil ? nil : path
    markForeignRules(&observation)
    return observation
  }

  /// The namespace file of another container to which the probe goes.
  private func peerPath(
    _ request: TraceRequest, _ candidates: PeerCandidates,
    besides known: [FileIdentity], _ host: NamespaceView, _ inner: NamespaceView
  ) throws(NetlinkError) -> String? {
    guard request.origin == .container, let destination = request.destination else { return nil }
    func isOther(_ path: String) -> Bool {
      guard let identity = try? FileIdentity.at(path) else { return false }
      return !known.contains(identity)
    }
    let lookup = RouteLookup(to: destination)
    let inside = try inner.withRoutes { (routes) throws(NetlinkError) in try routes.resolve(lookup)
    }
    guard case .route(let way) = inside, !way.isLocal else { return nil }
    let found = try host.withRoutes { (routes) throws(NetlinkError) in try routes.resolve(lookup) }
    if case .route(let route) = found, route.isLocal {
      return candidates.publisher().flatMap { isOther($0) ? $0 : nil }
    }
    if let owner = candidates.owner(), isOther(owner) { return owner }
    guard try leadsToContainers(found, way, host) else { return nil }
    return candidates.all().first { path in
      isOther(path) && Self.namespace(at: path, has: destination)
    }
  }

  /// A namespace that ended meanwhile is not looked at.
  private static func open(_ path: String?) -> NetworkNamespace? {
    guard let path else { return nil }
    return try? NetworkNamespace.open(path: path)
  }

  /// Whether the owner of the destination is behind a bridge of this host, or behind a link that
  /// leads to nobody else.
  private func leadsToContainers(
    _ found: RouteResult, _ way: ResolvedRoute, _ host: NamespaceView
  ) throws(NetlinkError) -> Bool {
    // Bridged on the container's own network, which may have no address of the host.
    if way.gateway == nil { return true }
    guard case .route(let route) = found, route.gateway == nil, let index = route.linkIndex,
      let link = try host.withRoutes({ (routes) throws(NetlinkError) in
        try routes.link(at: index)
      })
    else { return false }
    return link.kind == LinkKind.bridge.rawValue
      || link.kind == LinkKind.veth.rawValue
        && route.prefix.map { $0.length == $0.family.bitWidth } == true
  }

  private static func namespace(at path: String, has address: IPAddress) -> Bool {
    guard let namespace = try? NetworkNamespace.open(path: path) else { return false }
    let addresses = try? namespace.perform { () throws(NetlinkError) in
      var routes = try RouteSocket.open()
      return try routes.addresses()
    }
    return addresses?.contains { $0.prefix.address == address } == true
  }

  /// Marks what dropped a packet in netctl's tables and is none of netctl's rules.
  private func markForeignRules(_ observation: inout TraceObservation) {
    observation.events = observation.events.map { event in
      guard case .step(var step) = event, step.verdict == .drop, step.side == .host,
        step.table == Ruleset.table
      else { return event }
      guard let handle = step.handle else {
        // The policies of netctl's chains accept.
        step.isForeign = step.isPolicy
        return .step(step)
      }
      let isOwn = try? withFirewall { (socket) throws(NetlinkError) in
        try socket.isOwn(handle, ofChain: step.chain, family: step.family)
      }
      step.isForeign = isOwn.flatMap(\.self) == false
      return .step(step)
    }
  }
}
