import Addressing
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// The packets of a probe that is injected: each probe can be told from all others.
private struct InjectedProbe {
  private static let firstEphemeralPort: UInt16 = 49152

  let form: PacketForm
  private let isTCP: Bool
  private let sequence = UInt32.random(in: 0 ... .max)
  private let mark = (0..<ProbeIdentity.uniqueLength).map { _ in UInt8.random(in: 0...255) }

  init(_ request: TraceRequest, from source: IPAddress, to destination: IPAddress) {
    form = PacketForm(
      source: source, destination: destination,
      number: request.protocol.number(source.family),
      sourcePort: .random(in: Self.firstEphemeralPort ... .max),
      destinationPort: request.port)
    isTCP = request.protocol == .tcp
  }

  var identity: ProbeIdentity {
    ProbeIdentity(form, sequence: isTCP ? sequence : nil, mark: isTCP ? [] : mark)
  }

  var packet: [UInt8] {
    isTCP
      ? PacketBuilder.segment(form, sequence: sequence, flags: ParsedPacket.syn)
      : PacketBuilder.datagram(form, mark)
  }

  /// Ends the connection that the packet opens; nil if it opens none.
  var reset: [UInt8]? {
    isTCP
      ? PacketBuilder.segment(form, sequence: sequence &+ 1, flags: ParsedPacket.reset) : nil
  }
}

/// Probes that a link of the host receives although they were never sent.
extension TraceSession {
  /// The sender's hardware address if its router is not known: locally administered.
  private static let unknownSender: [UInt8] = [0x02, 0, 0, 0, 0, 0xfe]

  func inject() throws(TraceError) -> TraceObservation {
    let facts = try attempt("read the state of the host") { () throws(NetlinkError) in
      try FactReader(.ipv4).facts(&host.routes)
    }
    let (link, source, destination) = try ends(facts)
    guard let mac = link.mac, link.kind != .tun, link.name != "lo" else {
      throw .noEthernet(link.name)
    }
    try checkPassesHost(destination)
    let injector: FrameInjector
    do throws(Errno) { injector = try FrameInjector.open() } catch {
      throw .injectionRefused(error.description)
    }
    let probe = InjectedProbe(request, from: source, to: destination)
    let packet = probe.packet
    recorder.identity = probe.identity
    try arm(
      probe.form, hops: try hops(of: source),
      intercepting: .injected(inside: try linksInside(facts)))

    let sender = try senderAddress(on: link, facts)
    let reading = StateReading(self)
    var observation = TraceObservation(
      request: request, probe: probe.form, bytes: packet.count, packets: 1)
    observation.injectedOn = link.index
    let start = MonotonicClock.now
    do throws(Errno) {
      try injector.inject(PacketBuilder.frame(to: mac, from: sender, packet), on: link.index)
    } catch {
      throw .injectionRefused(error.description)
    }
    try followInjected(&observation, from: start)
    observation.seconds = Double(MonotonicClock.now - start) / 1e9
    if let reset = probe.reset {
      // Otherwise the container repeats its answer for half a minute.
      try? injector.inject(PacketBuilder.frame(to: mac, from: sender, reset), on: link.index)
      observation.packets += 1
      wait(until: MonotonicClock.now + 2_000_000, probe: nil)
    }
    try giveUpNeighbors()
    observation.injectionWasSeen = recorder.events.contains { event in
      if case .sighting(let sighting) = event { sighting.link == link.index } else { false }
    }
    try reading.finish(&observation)
    return observation
  }

  private func followInjected(
    _ observation: inout TraceObservation, from start: Int64
  ) throws(TraceError) {
    var end = start + Int64(request.milliseconds) * 1_000_000
    var isEnding = false
    while MonotonicClock.now < end {
      wait(until: end, probe: nil)
      try drain()
      guard !isEnding else { continue }
      for (direction, answer) in recorder.intercepted where direction == .answer {
        switch answer {
        case .positive?: observation.isAnswered = true
        case .reset?: observation.failure = .connectionRefused
        case .error(let error)?: observation.errors.append(error)
        case nil: continue
        }
        isEnding = true
      }
      if recorder.isDropped { isEnding = true }
      if isEnding {
        end = min(end, MonotonicClock.now + Self.settlingTime)
      } else if recorder.isHeldByResolution {
        end = min(end, start + Self.resolutionTime)
      }
    }
    try drain()
  }

  /// The addresses of the container, and its next hop on the way to the client.
  private func hops(of client: IPAddress) throws(TraceError) -> Set<IPAddress> {
    var hops = try ownAddresses(client.family)
    let found = try attempt("read the routes of the container") { () throws(NetlinkError) in
      try container.routes.resolve(RouteLookup(to: client))
    }
    if case .route(let route) = found, let gateway = route.gateway { hops.insert(gateway) }
    return hops
  }

  /// The links of the host that lead to the container: the ends of its pairs, and their bridges.
  private func linksInside(_ facts: NamespaceFacts) throws(TraceError) -> [UInt32] {
    let links = try attempt("read the links of the container") { () throws(NetlinkError) in
      try container.routes.links()
    }
    let ends = links.compactMap { link in
      facts.link(link.peerIndex).flatMap { $0.peer == link.index ? $0 : nil }
    }
    return ends.flatMap { [$0.index] + ($0.master.map { [$0] } ?? []) }
  }

  /// The link on which the probe comes in, and its ends.
  private func ends(
    _ facts: NamespaceFacts
  ) throws(TraceError) -> (LinkFacts, IPAddress, IPAddress) {
    switch request.origin {
    case .address(let source):
      guard source.isGlobalUnicast || source.isLinkLocalUnicast else {
        throw .unusableSource(source)
      }
      if facts.owns(source) { throw .ownSource(source) }
      let link = try linkToward(source, facts)
      return (link, source, try destination(on: link, source.family, facts))
    case .interface(let name):
      guard let link = facts.links.first(where: { $0.name == name }) else {
        throw .noSuchInterface(name)
      }
      let hasIPv4 = !facts.addresses(of: link.index, .ipv4).isEmpty
      let family = request.destination?.family ?? (hasIPv4 ? .ipv4 : .ipv6)
      let destination = try destination(on: link, family, facts)
      return (link, try neighbor(on: link, family, facts), destination)
    case .container, .host, .client:
      throw .notAContainer
    }
  }

  private func linkToward(
    _ source: IPAddress, _ facts: NamespaceFacts
  ) throws(TraceError) -> LinkFacts {
    let found = try attempt("read the routes of the host") { () throws(NetlinkError) in
      try host.routes.resolve(RouteLookup(to: source))
    }
    guard case .route(let route) = found, let link = facts.link(route.linkIndex) else {
      throw .noRouteToSource(source)
    }
    if link.isOfNetwork {
      throw .containerSource(source, bridge: link.name)
    }
    return link
  }

  private func destination(
    on link: LinkFacts, _ family: AddressFamily, _ facts: NamespaceFacts
  ) throws(TraceError) -> IPAddress {
    if let destination = request.destination { return destination }
    let own = facts.addresses(of: link.index, family).map(\.address)
    guard let address = own.first(where: { !$0.isLinkLocalUnicast }) else {
      throw .noAddress(link.name, family)
    }
    return address
  }

  /// The router behind a link, or another address of its subnet.
  private func neighbor(
    on link: LinkFacts, _ family: AddressFamily, _ facts: NamespaceFacts
  ) throws(TraceError) -> IPAddress {
    let routes = try attempt("read the routes of the host") { () throws(NetlinkError) in
      try host.routes.defaultRoutes(family)
    }
    if let gateway = routes.first(where: { $0.linkIndex == link.index })?.gateway {
      return gateway
    }
    let prefixes = facts.addresses(of: link.index, family)
      .filter { !$0.address.isLinkLocalUnicast && $0.length < family.bitWidth - 1 }
    for prefix in prefixes {
      for distance in 1...3 {
        if let address = prefix.last.advanced(by: -distance), prefix.contains(address),
          address != prefix.first, !facts.owns(address)
        {
          return address
        }
      }
    }
    throw .noNeighbor(link.name, family)
  }

  /// Refuses a probe whose answer no rule of the host would keep from leaving.
  private func checkPassesHost(_ destination: IPAddress) throws(TraceError) {
    let found = try attempt("read the links of the container") {
      () throws(NetlinkError) -> Link? in
      let owner = try container.routes.addresses().first { $0.prefix.address == destination }
      guard let owner else { return nil }
      return try container.routes.link(at: owner.linkIndex)
    }
    guard let found, found.name != "lo" else { return }
    let facts = LinkFacts(
      index: found.index, name: found.name, kind: found.kind.map(LinkKind.init(rawValue:)))
    // A link without a kind is a device of its own.
    if facts.kind == nil || facts.bypassesHost { throw .bypassesHost(found.name) }
  }

  private func senderAddress(
    on link: LinkFacts, _ facts: NamespaceFacts
  ) throws(TraceError) -> MACAddress {
    let known = facts.neighbors.first { $0.link == link.index && $0.mac != nil }?.mac
    guard let sender = known ?? MACAddress(bytes: Self.unknownSender) else {
      throw .noEthernet(link.name)
    }
    return sender
  }
}
