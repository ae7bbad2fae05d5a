import Addressing
import LinuxSystem
import Netlink
import Nftables
import PacketTrace
import RouteNetlink

/// Reads the state of the namespace that the thread is in.
struct FactReader {
  let family: AddressFamily

  init(_ family: AddressFamily) {
    self.family = family
  }

  /// Links, addresses, neighbours and rules.
  func facts(_ routes: inout RouteSocket) throws(NetlinkError) -> NamespaceFacts {
    var facts = NamespaceFacts()
    facts.links = try routes.links().map(LinkFacts.init)
    facts.addresses = try routes.addresses().map {
      AddressFacts(link: $0.linkIndex, prefix: $0.prefix)
    }
    facts.neighbors = try routes.neighbors().filter { !$0.needsNoReply }.map {
      NeighborFacts(
        link: $0.linkIndex, address: $0.address, mac: $0.hardwareAddress,
        isUnanswered: $0.isUnanswered, isPermanent: $0.isPermanent, isRouter: $0.isRouter)
    }
    facts.policyRules = try routes.policyRules(family).map {
      PolicyRuleFacts(
        family: $0.family, priority: $0.priority, table: $0.table, text: $0.text)
    }
    facts.rejectingRoutes = try routes.rejectingRoutes(family).compactMap(RejectingRoute.init)
    return facts
  }

  /// The sysctls that decide about forwarding between these links.
  func sysctls(_ links: Set<String>) -> [String: String] {
    let folder = family.sysctlFolder
    var paths = ["netfilter/nf_conntrack_count", "netfilter/nf_conntrack_max"]
    for link in links.union(["all"]) {
      paths += ["\(folder)/conf/\(link)/forwarding", "\(folder)/conf/\(link)/rp_filter"]
    }
    var values: [String: String] = [:]
    for path in paths {
      // A missing one does not exist for this family or kernel.
      if let value = try? PseudoFile.read("/proc/sys/net/" + path) { values[path] = value }
    }
    return values
  }

  /// The sysctl that decides how many routers packets by a link may pass.
  func hopLimit(_ link: String) -> [String: String] {
    let path = family.hopLimitSysctl(link)
    return (try? PseudoFile.read("/proc/sys/net/" + path)).map { [path: $0] } ?? [:]
  }

  /// Counters of dropped packets.
  static func counters() -> [String: Int] {
    var counters: [String: Int] = [:]
    let netstat = (try? PseudoFile.read("/proc/thread-self/net/netstat")) ?? ""
    let lines = netstat.split(separator: "\n").map { $0.split(separator: " ") }
    for (names, values) in zip(lines, lines.dropFirst()) where names.first == values.first {
      for (name, value) in zip(names, values).dropFirst() {
        counters["\(names[0].dropLast()).\(name)"] = Int(value)
      }
    }
    let conntrack = (try? PseudoFile.read("/proc/thread-self/net/stat/nf_conntrack")) ?? ""
    let rows = conntrack.split(separator: "\n").map { $0.split(separator: " ") }
    if let column = rows.first?.firstIndex(of: "drop") {
      counters["conntrack.drop"] = rows.dropFirst().reduce(0) { sum, row in
        sum + (row.indices.contains(column) ? Int(row[column], radix: 16) ?? 0 : 0)
      }
    }
    return counters
  }

  /// The route of a packet, or why it has none.
  func route(
    _ lookup: RouteLookup, _ routes: inout RouteSocket
  ) throws(NetlinkError) -> RouteAnswer {
    switch try routes.resolve(lookup) {
    case .refused(let errno): .refused(errno)
    case .route(let route):
      .route(
        RouteFacts(
          isLocal: route.isLocal, link: route.linkIndex, gateway: route.gateway,
          source: route.source, table: route.table, prefix: route.prefix))
    }
  }
}

extension LinkFacts {
  fileprivate init(_ link: Link) {
    self.init(
      index: link.index, name: link.name, kind: link.kind.map(LinkKind.init(rawValue:)),
      owner: link.alias.flatMap(LinkOwner.init(alias:)), isUp: link.isUp,
      hasCarrier: link.hasCarrier, mtu: Int(link.mtu), mac: link.address,
      master: link.masterIndex == 0 ? nil : link.masterIndex, peer: link.peerIndex,
      portState: link.port?.state.flatMap { PortState(rawValue: $0.rawValue) },
      runsSpanningTree: link.runsSpanningTree, isIsolated: link.port?.isIsolated ?? false,
      hasXDP: link.hasXDP)
  }
}

extension RejectingRoute {
  fileprivate init?(_ route: Route) {
    let names: [UInt8: String] = [6: "blackhole", 7: "unreachable", 8: "prohibit"]
    // The kernel's own null route of last resort.
    guard let kind = names[route.kind.rawValue],
      !(route.destination.family == .ipv6 && route.isDefault && route.metric == .max)
    else { return nil }
    self.init(prefix: route.destination, kind: kind, table: route.table.rawValue)
  }
}
