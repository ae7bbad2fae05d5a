import Addressing
import Glibc
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// The open sockets of one trace: what sees packets, what reports rules, what reads state.
final class TraceSession {
  let request: TraceRequest
  var recorder: TraceRecorder
  var hostRoutes: RouteSocket
  var containerRoutes: RouteSocket
  private let hostPackets: PacketSocket
  private let containerPackets: PacketSocket
  private var hostTables: NftablesSocket
  private var containerTables: NftablesSocket
  var hostRules: RuleReader
  var containerRules: RuleReader
  private(set) var isIncomplete = false
  private(set) var temporary: [String] = []

  private static let receiveBuffer: Int32 = 4 << 20

  init(
    _ request: TraceRequest, container: borrowing NetworkNamespace,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) {
    self.request = request
    recorder = TraceRecorder(report: report)
    hostRoutes = try attempt("open a routing socket") { () throws(NetlinkError) in
      try RouteSocket.open()
    }
    containerRoutes = try attempt("open a routing socket in the container") {
      () throws(NetlinkError) in
      try container.perform { () throws(NetlinkError) in try RouteSocket.open() }
    }
    hostPackets = try attemptCall("open a packet socket") { () throws(Errno) in
      try PacketSocket.open()
    }
    containerPackets = try attemptCall("open a packet socket in the container") {
      () throws(Errno) in
      try container.perform { () throws(Errno) in try PacketSocket.open() }
    }
    hostTables = try Self.openTables("trace the rules of the host") { () throws(NetlinkError) in
      try NftablesSocket.open()
    }
    containerTables = try Self.openTables("trace the rules of the container") {
      () throws(NetlinkError) in
      try container.perform { () throws(NetlinkError) in try NftablesSocket.open() }
    }
    hostRules = try attempt("read the rules of the host") { () throws(NetlinkError) in
      try RuleReader.open(linkName: Self.linkName)
    }
    containerRules = try attempt("read the rules of the container") { () throws(NetlinkError) in
      try container.perform { () throws(NetlinkError) in
        try RuleReader.open(linkName: { _ in nil })
      }
    }
  }

  private static func linkName(_ index: UInt32) -> String? {
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE) + 1)
    guard unsafe if_indextoname(index, &name) != nil else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func openTables(
    _ what: String, _ open: () throws(NetlinkError) -> NftablesSocket
  ) throws(TraceError) -> NftablesSocket {
    try attempt(what) { () throws(NetlinkError) in
      let socket = try open()
      try socket.subscribe(to: NetfilterGroup.trace)
      var size = receiveBuffer
      // Without CAP_NET_ADMIN in the initial namespace, the usual buffer has to do.
      _ = unsafe setsockopt(
        socket.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, socklen_t(MemoryLayout<Int32>.size))
      return socket
    }
  }

  /// Whether rules may refer to conntrack: it already tracks the host's connections.
  private var tracksConnections: Bool {
    if hostRules.translates { return true }
    let count = try? PseudoFile.read("/proc/sys/net/netfilter/nf_conntrack_count")
    return count.flatMap { Int($0) } ?? 0 > 0
  }

  /// Makes the kernel report what the probe meets, and drop at the door what must not leave.
  func arm(_ form: PacketForm, door: TraceTables.Door?) throws(TraceError) {
    let tables = TraceTables(form, port: hostTables.port)
    let tracks = tracksConnections
    var owned = [tables.host(tracksConnections: tracks, door: door)]
    if hostRules.chains.contains(where: { $0.family == NetfilterFamily.bridge }) {
      owned.append(tables.bridge())
    }
    let devices = Set(
      hostRules.chains
        .filter { $0.family == NetfilterFamily.netdev && $0.hookName == "ingress" }
        .flatMap(\.devices)
    ).filter { InterfaceIndex.of($0) != nil }
    if !devices.isEmpty { owned.append(tables.netdev(devices.sorted())) }
    try create(owned)
    guard containerRules.hasChains else { return }
    let table = TraceTables(form, port: containerTables.port).container()
    try attempt("add a table in the container") { () throws(NetlinkError) in
      try containerTables.transact { (batch) throws(NetlinkError) in batch.create(table) }
    }
    temporary.append("table inet \(table.name) in the container")
  }

  /// Makes the kernel report real clients of a port.
  func armForClients(_ kind: ProbeProtocol, port: UInt16) throws(TraceError) {
    let name = RuleStep.ownTablePrefix + String(hostTables.port)
    try create([TraceTables.clients(of: kind, port: port, name: name)])
  }

  private func create(_ tables: [OwnedTable]) throws(TraceError) {
    try attempt("add a table for the trace") { () throws(NetlinkError) in
      try hostTables.transact { (batch) throws(NetlinkError) in
        for table in tables { batch.create(table) }
      }
    }
    temporary += tables.map { "table \(NetfilterFamily.name($0.family) ?? "") \($0.name)" }
  }

  /// Reads everything that has arrived.
  func drain() throws(TraceError) {
    try attemptCall("receive packets") { () throws(Errno) in
      for capture in try containerPackets.pending() { recorder.add(capture, on: .container) }
      for capture in try hostPackets.pending() { recorder.add(capture, on: .host) }
    }
    try readEvents(.host)
    try readEvents(.container)
  }

  private func readEvents(_ side: TraceSide) throws(TraceError) {
    while true {
      var events: [TraceEvent] = []
      do throws(NetlinkError) {
        switch side {
        case .host: events = try hostTables.pendingTraceEvents()
        case .container: events = try containerTables.pendingTraceEvents()
        }
      } catch {
        guard error.errno == .noBufferSpace else {
          throw .refused("receive the trace", error.errno, explanation: error.description)
        }
        isIncomplete = true
        continue
      }
      if events.isEmpty { return }
      for event in events {
        switch side {
        case .host: recorder.add(event, on: side, &hostRules)
        case .container: recorder.add(event, on: side, &containerRules)
        }
      }
    }
  }

  /// Waits until something arrives, at most until a time on the monotonic clock.
  func wait(until end: Int64, probe: Int32?) {
    let descriptors =
      [
        hostPackets.descriptor.rawValue, containerPackets.descriptor.rawValue,
        hostTables.descriptor, containerTables.descriptor,
      ] + (probe.map { [$0] } ?? [])
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
    isIncomplete || hostPackets.hasLostPackets || containerPackets.hasLostPackets
  }
}
