import Addressing
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// Probes that a socket sends.
extension TraceSession {
  /// After a drop or an error, what belongs to it arrives within this time.
  static let settlingTime: Int64 = 30_000_000
  /// A neighbour that no rule hides has answered within this time.
  static let resolutionTime: Int64 = 250_000_000

  func sendFromSocket() throws(TraceError) -> TraceObservation {
    let isFromHost = request.origin == .host
    let destination: IPAddress
    if let given = request.destination {
      destination = given
    } else {
      destination = try ownAddress()
    }
    let route = try senderRoute(to: destination, isFromHost: isFromHost)
    guard case .route(let facts) = route, let source = facts.source ?? destination.ifLocal(facts),
      source.reaches(destination)
    else { return try unsent(destination, route) }
    if isFromHost {
      try checkDestination(destination, facts)
    } else if request.isDryRun {
      try checkPassesHost(facts)
    }

    var random = SystemRandomNumberGenerator()
    let open = { () throws(Errno) -> ProbeSocket in
      try ProbeSocket.open(
        self.request.protocol, from: source, to: destination, port: self.request.port,
        size: self.request.size, random: &random)
    }
    let probe: ProbeSocket
    do throws(Errno) {
      probe = isFromHost ? try open() : try container.perform(open)
    } catch {
      throw .refused("open the probe's socket", error, explanation: error.description)
    }
    recorder.identity = ProbeIdentity(probe.form, mark: probe.mark)
    let hops = try hops(for: destination, from: isFromHost ? nil : facts)
    try arm(probe.form, hops: hops, intercepting: request.isDryRun ? .probe : nil)

    let reading = StateReading(self)
    var observation = TraceObservation(
      request: request, probe: probe.form, bytes: probe.bytes, packets: 1)
    if !isFromHost { observation.containerRoute = route }
    let start = MonotonicClock.now
    do throws(Errno) { try probe.send() } catch {
      observation.failure = error
      observation.failedAtOnce = true
    }
    try follow(probe, &observation, from: start)
    observation.seconds = Double(MonotonicClock.now - start) / 1e9
    try giveUpNeighbors()
    try reading.finish(&observation)
    return observation
  }

  /// Reads what happens until the probe is answered, dropped or given up.
  private func follow(
    _ probe: borrowing ProbeSocket, _ observation: inout TraceObservation, from start: Int64
  ) throws(TraceError) {
    var end = start + Int64(request.milliseconds) * 1_000_000
    var isEnding = observation.failedAtOnce
    if isEnding { end = min(end, start + Self.settlingTime) }
    while true {
      wait(until: end, probe: isEnding ? nil : probe.descriptor.rawValue)
      try drain()
      if !isEnding {
        switch probe.outcome() {
        case .answered: observation.isAnswered = true
        case .failed(let errno): observation.failure = errno
        case .nothing: break
        }
        while let error = probe.nextError() { observation.errors.append(error) }
        let isOver =
          observation.isAnswered || observation.failure != nil || !observation.errors.isEmpty
          || recorder.isDropped || !recorder.intercepted.isEmpty
        if isOver {
          isEnding = true
          end = min(end, MonotonicClock.now + Self.settlingTime)
        } else if recorder.isHeldByResolution {
          end = min(end, start + Self.resolutionTime)
        }
      }
      if MonotonicClock.now >= end { break }
    }
    while let error = probe.nextError() { observation.errors.append(error) }
  }

  /// The host's own address, for a client that is a process of the host.
  private func ownAddress() throws(TraceError) -> IPAddress {
    // Any address outside: only the route is asked for.
    let outside = IPAddress(ipv4: 0x0101_0101)
    let found = try attempt("read the routes of the host") { () throws(NetlinkError) in
      try host.routes.resolve(RouteLookup(to: outside))
    }
    if case .route(let route) = found, let source = route.source { return source }
    return IPAddress(ipv4: 0x7f00_0001)
  }

  /// The next hops of the probe, on the way to its sender and beyond, and the container's own
  /// addresses. `route` is that of the container, if the probe comes from there.
  private func hops(
    for destination: IPAddress, from route: RouteFacts?
  ) throws(TraceError) -> Set<IPAddress> {
    var hops = try ownAddresses(destination.family)
    if let route { hops.insert(route.gateway ?? destination) }
    let found = try attempt("read the routes of the host") { () throws(NetlinkError) in
      try host.routes.resolve(RouteLookup(to: destination))
    }
    if case .route(let route) = found, !route.isLocal {
      hops.insert(route.gateway ?? destination)
    }
    return hops
  }

  /// Refuses a probe of this host to another machine, which is nobody's way to the container.
  private func checkDestination(
    _ destination: IPAddress, _ route: RouteFacts
  ) throws(TraceError) {
    if route.isLocal { return }
    let inside = try attempt("read the routes of the container") { () throws(NetlinkError) in
      try container.routes.resolve(RouteLookup(to: destination))
    }
    guard case .route(let route) = inside, route.isLocal else {
      throw .foreignDestination(destination)
    }
  }

  /// Refuses a dry run by a link whose frames no rule of this host meets, such as a macvlan.
  private func checkPassesHost(_ route: RouteFacts) throws(TraceError) {
    if route.isLocal { return }
    let links = try attempt("read the links of the container") { () throws(NetlinkError) in
      try container.routes.links()
    }
    guard let link = links.first(where: { $0.index == route.link }),
      link.kind != LinkKind.veth.rawValue
    else {
      return
    }
    throw .unstoppable(link.name)
  }

  private func senderRoute(
    to destination: IPAddress, isFromHost: Bool
  ) throws(TraceError) -> RouteAnswer {
    let lookup = RouteLookup(to: destination)
    let reader = FactReader(destination.family)
    return try attempt("read the routes of the sender") { () throws(NetlinkError) in
      isFromHost
        ? try reader.route(lookup, &host.routes) : try reader.route(lookup, &container.routes)
    }
  }

  /// The observation of a probe that has no route at its sender.
  private func unsent(
    _ destination: IPAddress, _ route: RouteAnswer
  ) throws(TraceError) -> TraceObservation {
    let nothing =
      IPAddress(family: destination.family, value: 0) ?? destination
    let number = request.protocol.number(destination.family)
    let form = PacketForm(
      source: nothing, destination: destination, number: number, sourcePort: 0,
      destinationPort: request.port)
    var observation = TraceObservation(request: request, probe: form, bytes: 0, packets: 0)
    observation.failedAtOnce = true
    if case .refused(let errno) = route { observation.failure = errno }
    if request.origin == .container {
      // A route without a source of its own is as good as none.
      observation.containerRoute = route.route == nil ? route : .refused(.networkUnreachable)
    }
    let reading = StateReading(self)
    try reading.finish(&observation)
    return observation
  }
}

extension IPAddress {
  /// Whether it may be the source of packets to an address: an IPv6 link-local one only on the
  /// link, one of lo only within the namespace.
  fileprivate func reaches(_ destination: IPAddress) -> Bool {
    if isLoopback, !destination.isLoopback { return false }
    return family == .ipv4 || !isLinkLocalUnicast || destination.isLinkLocalUnicast
  }

  /// Itself, if the route says that it is local: then it is the source, too.
  fileprivate func ifLocal(_ route: RouteFacts) -> IPAddress? { route.isLocal ? self : nil }
}
