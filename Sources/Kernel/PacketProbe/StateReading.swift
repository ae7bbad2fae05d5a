import Addressing
import LinuxSystem
import Netlink
import PacketTrace
import RouteNetlink

/// Counters before the probe, and everything else after it.
struct StateReading {
  private let session: TraceSession
  private let counters = FactReader.counters()
  private let legacy: [TraceSide: [AddressFamily: LegacyTables]]

  /// Reads the counters.
  init(_ session: TraceSession) {
    self.session = session
    var legacy: [TraceSide: [AddressFamily: LegacyTables]] = [:]
    for observer in session.observers {
      for family in AddressFamily.allCases {
        legacy[observer.side, default: [:]][family] = Self.legacyTables(family, observer)
      }
    }
    self.legacy = legacy
  }

  /// A namespace that cannot be entered any more has none.
  private static func legacyTables(
    _ family: AddressFamily, _ observer: NamespaceObserver
  ) -> LegacyTables? {
    try? observer.perform { () throws(Errno) in LegacyTables.read(family) }
  }

  /// Completes an observation.
  func finish(_ observation: inout TraceObservation) throws(TraceError) {
    try session.drain()
    observation.events = session.recorder.events.sorted { $0.time < $1.time }
    observation.isIncomplete = session.hasLostEvents
    observation.temporary = session.temporary
    let reader = FactReader(observation.probe.family)
    for observer in session.observers {
      observation[observer.side] = try attempt("read the state of a namespace") {
        () throws(NetlinkError) in try reader.facts(&observer.routes)
      }
      observation[observer.side].neighbors += session.silentNeighbors[observer.side] ?? []
      observation[observer.side].chains = observer.rules.facts
      observation[observer.side].legacyHits = legacyHits(reader.family, observer)
    }
    try readRoutes(&observation, reader)
    observation.host.counters = FactReader.counters().merging(counters, uniquingKeysWith: -)
    observation.host.sysctls = reader.sysctls(links(of: observation))
    if let link = TracePath(observation).containerLink?.name {
      observation.container.sysctls = try attemptCall("read the sysctls of the container") {
        () throws(Errno) in
        try session.container.perform { () throws(Errno) in reader.hopLimit(link) }
      }
    }
    try readListeners(&observation)
  }

  private func legacyHits(
    _ family: AddressFamily, _ observer: NamespaceObserver
  ) -> [LegacyHit] {
    let forms = session.recorder.identity?.forms ?? []
    return Self.legacyTables(family, observer)?
      .hits(since: legacy[observer.side]?[family], forms, on: observer.side) ?? []
  }

  /// Asks the FIB about the probe and its answer, as they were last seen.
  private func readRoutes(
    _ observation: inout TraceObservation, _ reader: FactReader
  ) throws(TraceError) {
    let path = TracePath(observation)
    let form = path.lastForm
    let mark = observation.steps.last { $0.direction == .probe && $0.side == .host }?.mark ?? 0
    let isFromHost = observation.request.origin == .host
    let input = isFromHost ? nil : path.inputLink(.probe) ?? path.bridge
    if !observation.probe.source.isUnspecified {
      (observation.hostRoute, observation.hostRouteWithoutInput) = try routes(
        from: observation.probe.source, to: form.destination, input: input?.index, mark: mark, form,
        reader)
    }
    guard observation.events.contains(where: { $0.direction == .answer }) else { return }
    let answer = observation.sightings.first { $0.direction == .answer && $0.side == .host }
    let arrival = path.inputLink(.answer)
    // Before a packet is routed, conntrack has put back the ends that it had translated.
    let source = observation.request.isInbound ? form.destination : observation.probe.destination
    guard answer != nil, let arrival else { return }
    (observation.answerRoute, observation.answerRouteWithoutInput) = try routes(
      from: source, to: observation.probe.source, input: arrival.index, mark: 0, nil,
      reader)
  }

  private func routes(
    from source: IPAddress, to destination: IPAddress, input: UInt32?, mark: UInt32,
    _ form: PacketForm?, _ reader: FactReader
  ) throws(TraceError) -> (RouteAnswer, RouteAnswer) {
    try attempt("read the routes of the host") { () throws(NetlinkError) in
      var lookup = RouteLookup(to: destination, from: source, inputLink: input, mark: mark)
      if let form, form.hasPorts {
        lookup.transport = form.number
        (lookup.sourcePort, lookup.destinationPort) = (form.sourcePort, form.destinationPort)
      }
      let answer = try reader.route(lookup, &session.host.routes)
      // The kernel refuses a source that is not its own without the link that it comes in by.
      lookup.inputLink = nil
      lookup.source = nil
      return (answer, try reader.route(lookup, &session.host.routes))
    }
  }

  private func links(of observation: TraceObservation) -> Set<String> {
    let path = TracePath(observation)
    let links = [path.inputLink(.probe), path.inputLink(.answer), path.bridge]
    return Set(links.compactMap { $0?.name })
  }

  private func readListeners(_ observation: inout TraceObservation) throws(TraceError) {
    let kind = observation.request.protocol
    let inner = TracePath(observation).lastForm.destinationPort
    for observer in session.observers {
      let port = observer.side == .host ? observation.request.port : inner
      observation[observer.side].listeners = try attempt("read the sockets of a namespace") {
        () throws(NetlinkError) in
        try observer.perform { () throws(NetlinkError) in
          try SocketTable.listeners(on: port, kind)
        }
      }
    }
  }
}
