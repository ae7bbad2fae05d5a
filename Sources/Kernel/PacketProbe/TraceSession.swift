import Addressing
import Glibc
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// One trace: the namespaces that it observes, and what they have told.
final class TraceSession {
  let request: TraceRequest
  var recorder: TraceRecorder
  let host: NamespaceObserver
  let container: NamespaceObserver
  /// The namespace of another container, to which the probe goes.
  let peer: NamespaceObserver?
  private(set) var temporary: [String] = []
  /// Neighbours that did not say where they are.
  private(set) var silentNeighbors: [TraceSide: [NeighborFacts]] = [:]

  init(
    _ request: TraceRequest, container: borrowing NetworkNamespace,
    peer: consuming NetworkNamespace?, report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) {
    self.request = request
    recorder = TraceRecorder(report: report)
    host = try NamespaceObserver(
      .host, try attemptCall("open the host's namespace") { () throws(Errno) in try .current() })
    let inner: NetworkNamespace
    do throws(Errno) { inner = try container.duplicate() } catch {
      throw .refused("open the container's namespace", error, explanation: error.description)
    }
    self.container = try NamespaceObserver(.container, inner)
    if let peer {
      self.peer = try NamespaceObserver(.peer, peer)
    } else {
      self.peer = nil
    }
  }

  /// The observed namespaces, the way that a packet takes from the container.
  var observers: [NamespaceObserver] { [container, host] + (peer.map { [$0] } ?? []) }

  /// Makes the kernel report what the probe meets, and intercept what must not leave.
  /// `hops` are the addresses whose owners the probe and its answer must find.
  func arm(
    _ form: PacketForm, hops: Set<IPAddress>, intercepting interception: TraceTables.Interception?
  ) throws(TraceError) {
    recorder.identity?.hops = hops
    for observer in observers {
      let tables = TraceTables(form: form, name: observer.tableName, hops: hops.sorted())
      var owned: [OwnedTable] = []
      if observer.side == .host {
        owned.append(
          tables.host(tracksConnections: observer.tracksConnections, intercepting: interception))
      } else if observer.rules.hasChains {
        owned.append(tables.container())
      }
      owned += tables.others(besides: observer.rules.chains, isLink: observer.hasLink)
      try create(owned, on: observer)
    }
  }

  /// The container's addresses of a family that others must find.
  func ownAddresses(_ family: AddressFamily) throws(TraceError) -> Set<IPAddress> {
    let addresses = try attempt("read the addresses of the container") {
      () throws(NetlinkError) in try container.routes.addresses()
    }
    return Set(
      addresses.map(\.prefix.address).filter {
        $0.family == family && !$0.isLoopback && !$0.isLinkLocalUnicast
      })
  }

  /// Ends the search for neighbours for whom the probe or its answer waits. Otherwise the kernel
  /// would tell the source of an injected probe after three seconds that they are unreachable, when
  /// nothing keeps that from leaving; and who traces again would wait for the kernel's next
  /// attempt.
  func giveUpNeighbors() throws(TraceError) {
    guard let identity = recorder.identity else { return }
    let awaited = identity.hops.union(identity.forms.map(\.destination))
    for observer in observers {
      try attempt("end the search for a neighbour") { () throws(NetlinkError) in
        for neighbor in try observer.routes.neighbors()
        where neighbor.isIncomplete && awaited.contains(neighbor.address) {
          try observer.routes.delete(neighbor)
          silentNeighbors[observer.side, default: []].append(
            NeighborFacts(
              link: neighbor.linkIndex, address: neighbor.address, isUnanswered: true))
        }
      }
    }
    if !silentNeighbors.isEmpty { wait(until: MonotonicClock.now + 2_000_000, probe: nil) }
  }

  /// Makes the kernel report real clients of a port.
  func armForClients(_ kind: ProbeProtocol, port: UInt16) throws(TraceError) {
    try create([TraceTables.clients(of: kind, port: port, name: host.tableName)], on: host)
    guard container.rules.hasChains else { return }
    try create(
      [TraceTables.clients(of: kind, port: nil, name: container.tableName)], on: container)
  }

  private func create(_ tables: [OwnedTable], on observer: NamespaceObserver) throws(TraceError) {
    if tables.isEmpty { return }
    try observer.create(tables)
    let place = observer.side == .host ? "" : " in the container"
    temporary += tables.map {
      "table \(NetfilterFamily.name($0.family) ?? "") \($0.name)\(place)"
    }
  }

  /// Reads everything that has arrived.
  func drain() throws(TraceError) {
    for observer in observers {
      try attemptCall("receive packets") { () throws(Errno) in
        for capture in try observer.packets.pending() { recorder.add(capture, on: observer.side) }
      }
    }
    for observer in observers {
      for event in try observer.pendingEvents() {
        recorder.add(event, on: observer.side, &observer.rules)
      }
    }
    recorder.replay { side, body in
      for observer in self.observers where observer.side == side { body(&observer.rules) }
    }
  }

  /// Waits until something arrives, at most until a time on the monotonic clock.
  func wait(until end: Int64, probe: Int32?) {
    let descriptors = observers.flatMap(\.descriptors) + (probe.map { [$0] } ?? [])
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // A TCP probe is answered when it can be written to.
    if probe != nil, request.protocol == .tcp {
      requests[requests.count - 1].events |= Int16(POLLOUT)
    }
    let left = max(0, end - MonotonicClock.now)
    _ = unsafe poll(
      &requests, nfds_t(requests.count), Int32(clamping: (left + 999_999) / 1_000_000))
  }

  /// Whether packets or reports were lost.
  var hasLostEvents: Bool {
    observers.contains { $0.hasLostEvents || $0.packets.hasLostPackets }
  }
}
