import Addressing
import Glibc
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// The open sockets of a trace in one namespace: what sees packets, what reports rules, what reads
/// state.
final class NamespaceObserver {
  let side: TraceSide
  private let namespace: NetworkNamespace
  let packets: PacketSocket
  private var tables: NftablesSocket
  var rules: RuleReader
  var routes: RouteSocket
  private(set) var hasLostEvents = false

  private static let receiveBuffer: Int32 = 4 << 20

  init(_ side: TraceSide, _ namespace: consuming NetworkNamespace) throws(TraceError) {
    self.side = side
    let place = side == .host ? "of the host" : "of the container"
    routes = try Self.openRoutes(namespace)
    packets = try Self.openPackets(namespace)
    tables = try Self.openTables(namespace, "trace the rules \(place)")
    rules = try Self.openRules(namespace, side, "read the rules \(place)")
    self.namespace = namespace
  }

  private static func openRoutes(
    _ namespace: borrowing NetworkNamespace
  ) throws(TraceError) -> RouteSocket {
    try attempt("open a routing socket") { () throws(NetlinkError) in
      try namespace.perform { () throws(NetlinkError) in try RouteSocket.open() }
    }
  }

  private static func openPackets(
    _ namespace: borrowing NetworkNamespace
  ) throws(TraceError) -> PacketSocket {
    try attemptCall("open a packet socket") { () throws(Errno) in
      try namespace.perform { () throws(Errno) in try PacketSocket.open() }
    }
  }

  private static func openTables(
    _ namespace: borrowing NetworkNamespace, _ what: String
  ) throws(TraceError) -> NftablesSocket {
    try attempt(what) { () throws(NetlinkError) in
      let socket = try namespace.perform { () throws(NetlinkError) in try NftablesSocket.open() }
      try socket.subscribe(to: NetfilterGroup.trace)
      var size = receiveBuffer
      // Without CAP_NET_ADMIN in the initial namespace, the usual buffer has to do.
      _ = unsafe setsockopt(
        socket.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, socklen_t(MemoryLayout<Int32>.size))
      return socket
    }
  }

  private static func openRules(
    _ namespace: borrowing NetworkNamespace, _ side: TraceSide, _ what: String
  ) throws(TraceError) -> RuleReader {
    try attempt(what) { () throws(NetlinkError) in
      try namespace.perform { () throws(NetlinkError) in
        // Names are those of the thread's namespace, which is the host's.
        try RuleReader.open { index in side == .host ? linkName(index) : nil }
      }
    }
  }

  private static func linkName(_ index: UInt32) -> String? {
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE) + 1)
    guard unsafe if_indextoname(index, &name) != nil else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Runs `body` on this thread inside the namespace.
  func perform<Result: ~Copyable, Failure: SystemError>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if side == .host { return try body() }
    return try namespace.perform(body)
  }

  /// The name of the tables of this trace.
  var tableName: String { RuleStep.ownTablePrefix + String(tables.port) }

  /// What becomes readable when packets or reports arrive.
  var descriptors: [Int32] { [packets.descriptor.rawValue, tables.descriptor] }

  /// Whether there is a link of this name.
  func hasLink(_ name: String) -> Bool {
    (try? InterfaceIndex.of(name, socket: packets.descriptor.rawValue)).flatMap(\.self) != nil
  }

  /// Creates tables that go when the trace ends.
  func create(_ owned: [OwnedTable]) throws(TraceError) {
    try attempt("add a table for the trace") { () throws(NetlinkError) in
      try tables.transact { (batch) throws(NetlinkError) in
        for table in owned { batch.create(table) }
      }
    }
  }

  /// The reports that have arrived.
  func pendingEvents() throws(TraceError) -> [TraceEvent] {
    var all: [TraceEvent] = []
    while true {
      do throws(NetlinkError) {
        let events = try tables.pendingTraceEvents()
        if events.isEmpty { return all }
        all += events
      } catch {
        guard error.errno == .noBufferSpace else {
          throw .refused("receive the trace", error.errno, explanation: error.description)
        }
        hasLostEvents = true
      }
    }
  }

  /// Whether the kernel tracks connections here: otherwise a rule about them would switch it on.
  var tracksConnections: Bool {
    if rules.translates { return true }
    let path = "/proc/sys/net/netfilter/nf_conntrack_count"
    let count = try? perform { () throws(Errno) in try PseudoFile.read(path) }
    return count.flatMap { Int($0) } ?? 0 > 0
  }
}
