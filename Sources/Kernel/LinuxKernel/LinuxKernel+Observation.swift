public import Addressing
import Firewall
public import KernelModel
import LinuxSystem
import Netlink
import PacketTrace
import RouteNetlink

extension LinuxKernel {
  /// The link called `name`; nil if it does not exist.
  public func link(
    _ name: InterfaceName, in namespace: TargetNamespace
  ) throws(KernelError) -> ObservedLink? {
    try observe("link \(name)") { () throws(NetlinkError) in
      let view = try view(namespace)
      let link = try view.withRoutes { (routes) throws(NetlinkError) in
        try routes.link(named: name.description)
      }
      guard let link else { return nil }
      view.remember(link.index, of: link.name)
      return try view.withRoutes { (routes) throws(NetlinkError) in ObservedLink(link, &routes) }
    }
  }

  /// Every link of a namespace, ordered by index.
  public func links(in namespace: TargetNamespace) throws(KernelError) -> [ObservedLink] {
    try observe("links") { () throws(NetlinkError) in
      try view(namespace).withRoutes { (routes) throws(NetlinkError) in
        try routes.observed(try routes.links())
      }
    }
  }

  /// Every link of a namespace with its addresses.
  public func interfaces(in namespace: TargetNamespace) throws(KernelError) -> ObservedInterfaces {
    try observe("interfaces") { () throws(NetlinkError) in
      let view = try view(namespace)
      return try view.withRoutes { (routes) throws(NetlinkError) in
        let links = try routes.links()
        for link in links { view.remember(link.index, of: link.name) }
        let addresses = try routes.addresses()
        return ObservedInterfaces(
          links: try routes.observed(links),
          addresses: Dictionary(grouping: addresses, by: \.linkIndex).mapValues { addresses in
            addresses.map(\.prefix)
          })
      }
    }
  }

  /// Whether the host has links with all these names, and their peers are in live namespaces.
  public func hasConnectedLinks(_ names: [InterfaceName]) throws(KernelError) -> Bool {
    try observe("links") { () throws(NetlinkError) in
      try view(.host).withRoutes { (routes) throws(NetlinkError) in
        for name in names {
          guard let link = try routes.link(named: name.description), !routes.isOrphaned(link) else {
            return false
          }
        }
        return true
      }
    }
  }

  /// The addresses of the link with this index.
  public func addresses(
    ofLink index: UInt32, in namespace: TargetNamespace
  ) throws(KernelError) -> [IPPrefix] {
    try observe("addresses") { () throws(NetlinkError) in
      try view(namespace).withRoutes { (routes) throws(NetlinkError) in
        try routes.addresses(ofLink: index)
      }.map(\.prefix)
    }
  }

  /// The route destinations that automatic subnets must avoid.
  public func routedSubnets() throws(KernelError) -> RoutedSubnets {
    let routed = try observe("routes") { () throws(NetlinkError) in
      try view(.host).withRoutes { (routes) throws(NetlinkError) in try routes.routedPrefixes() }
    }
    return RoutedSubnets(all: routed.all, connected: routed.connected)
  }

  /// The host's current route to an address; nil if there is none.
  public func route(to address: IPAddress) throws(KernelError) -> ChosenRoute? {
    try observe("route to \(address)") { () throws(NetlinkError) in
      let route = try view(.host).withRoutes { (routes) throws(NetlinkError) in
        try routes.route(to: address)
      }
      return route.map {
        ChosenRoute(
          destination: $0.destination, link: $0.linkIndex, table: $0.table.rawValue)
      }
    }
  }

  /// The indexes of the host's links that accept packets to `::1`.
  public func loopbackLinks() throws(KernelError) -> Set<UInt32> {
    try observe("routes") { () throws(NetlinkError) in
      let routes = try view(.host).withRoutes { (routes) throws(NetlinkError) in
        try routes.routes(.ipv6, in: .local)
      }
      return Set(routes.filter(\.isLoopback6).compactMap(\.linkIndex))
    }
  }

  /// The static forwarding entries of the host's bridge ports, by port index.
  public func portAddresses() throws(KernelError) -> [UInt32: Set<MACAddress>] {
    try observe("forwarding database") { () throws(NetlinkError) in
      let entries = try view(.host).withRoutes { (routes) throws(NetlinkError) in
        try routes.forwardingEntries()
      }
      return Dictionary(grouping: entries.filter(\.isStatic), by: \.linkIndex)
        .mapValues { Set($0.map(\.address)) }
    }
  }

  /// The parts of a container's routing that concern netctl.
  public func routing(in namespace: TargetNamespace) throws(KernelError) -> ContainerRouting {
    try observe("routes") { () throws(NetlinkError) in
      try view(namespace).withRoutes { (routes) throws(NetlinkError) in
        var routing = ContainerRouting()
        for family in AddressFamily.allCases {
          for route in try routes.defaultRoutes(family) {
            routing.defaultRoutes.append(try routes.observed(route))
          }
          routing.returnSources += try routes.rules(family, to: .returnPaths).map(\.source.address)
          for route in try routes.routes(family, in: .returnPaths) where route.isDefault {
            routing.returnRoutes.append(try routes.observed(route))
          }
        }
        return routing
      }
    }
  }

  /// Whether netctl's table is installed and of this version.
  public func isFirewallInstalled() throws(KernelError) -> Bool {
    try observe("nftables table") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in
        try socket.isInstalled()
      }
    }
  }

  /// Whether netctl's table is still needed: it contains a network, maybe of another state
  /// directory, or administrator rules.
  public func isFirewallNeeded() throws(KernelError) -> Bool {
    try observe("nftables table") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in
        if try socket.hasBridges() { return true }
        return try !socket.adminChainIsEmpty()
      }
    }
  }

  /// Chains of other tables that drop forwarded packets of any of the families, except tables with
  /// a rule that names `interface`.
  public func foreignDrops(
    of families: Set<AddressFamily>, excludingTablesThatName interface: InterfaceName
  ) throws(KernelError) -> [ForeignDrop] {
    let drops = try observe("nftables chains") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in
        try socket.foreignDrops(excludingTablesThatName: interface)
      }
    }
    return drops.filter { drop in families.contains { drop.concerns($0) } }
      + families.sorted().compactMap { legacyDrop($0, excludingTablesThatName: interface) }
  }

  /// Whether such a chain accepts what is forwarded from one interface to another all the same,
  /// because of rules that ask for nothing else.
  public func accepts(
    _ drop: ForeignDrop, from source: InterfaceName, to destination: InterfaceName
  ) throws(KernelError) -> Bool {
    try observe("nftables rules") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in
        try socket.accepts(drop, from: source, to: destination)
      }
    }
  }

  private func legacyDrop(
    _ family: AddressFamily, excludingTablesThatName interface: InterfaceName
  ) -> ForeignDrop? {
    guard let chain = LegacyForwardChain.read(isIPv6: family == .ipv6), chain.dropsByPolicy,
      !chain.names(interface.description)
    else { return nil }
    return ForeignDrop(
      family: family == .ipv6 ? "ip6" : "ip", table: "filter", chain: "FORWARD",
      manager: .administrator, isLegacy: true)
  }

  /// Chains of other tables that filter or translate forwarded packets of a family.
  public func foreignForwarders(
    _ family: AddressFamily
  ) throws(KernelError) -> [ForeignForwarder] {
    let forwarders = try observe("nftables chains") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in try socket.foreignForwarders(family) }
    }
    guard LegacyForwardChain.read(isIPv6: family == .ipv6)?.hasRules == true else {
      return forwarders
    }
    let legacy = ForeignForwarder(
      family: family == .ipv6 ? "ip6" : "ip", table: "filter", chain: "FORWARD")
    return forwarders + [legacy]
  }

  /// The file that enables forwarding of a family when the host starts; nil if none does.
  public func fileEnablingForwarding(_ family: AddressFamily) -> String? {
    let keys =
      family == .ipv4
      ? ["net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"]
      : ["net/ipv6/conf/all/forwarding"]
    return SysctlFiles().setting(of: keys).flatMap { $0.value == "0" ? nil : $0.file }
  }

  /// Why a host process could not bind a port of an address now; nil when it could.
  public func bindFailure(
    at host: IPAddress, _ transport: Transport, port: UInt16
  ) throws(KernelError) -> PortUnavailability? {
    do throws(Errno) {
      try hostPorts[transport, default: HostPorts(transport.rawValue)].probe(port, of: host)
      return nil
    } catch {
      switch error {
      case .addressInUse: return .inUse
      case .addressNotAvailable: return .noSuchAddress
      default: return .refused(error.description)
      }
    }
  }

  /// The process that has bound a port of an address; nil if it cannot be determined.
  public func portOwner(of host: IPAddress, _ transport: Transport, port: UInt16) -> HostProcess? {
    HostPort(address: host.bytes, transport: transport.rawValue, port: port).owner().map {
      HostProcess(id: $0.process, command: $0.command)
    }
  }

  /// netctl's table with the contents of its sets and maps.
  public func firewall() throws(KernelError) -> ObservedFirewall {
    try observe("nftables table") { () throws(NetlinkError) in
      try withFirewall { (socket) throws(NetlinkError) in try socket.observedFirewall() }
    }
  }

  /// The value of a sysctl; nil where the kernel does not have it.
  public func sysctl(_ key: SysctlKey, in namespace: TargetNamespace) throws(KernelError) -> String?
  {
    try observe("sysctl \(key)") { () throws(NetlinkError) in
      try files(of: namespace) { () throws(Errno) in
        do throws(Errno) {
          return try PseudoFile.read(key.file)
        } catch {
          if error == .noSuchFileOrDirectory { return nil }
          throw error
        }
      }
    }
  }

  /// The interfaces with settings for a family, including `all` and `default`; none where the
  /// kernel lacks the family.
  public func interfacesWithSysctls(
    _ family: AddressFamily, in namespace: TargetNamespace
  ) throws(KernelError) -> [InterfaceName] {
    let directory = SysctlKey.interfaces(family)
    return try observe("sysctls \(directory)") { () throws(NetlinkError) in
      try files(of: namespace) { () throws(Errno) in
        do throws(Errno) {
          let names = try Directory.open("/proc/sys/" + directory).names()
          return names.map(InterfaceName.init(ofLink:))
        } catch {
          if error == .noSuchFileOrDirectory { return [] }
          throw error
        }
      }
    }
  }

  /// Runs an operation on files whose contents depend on the thread's namespace.
  func files<Result>(
    of namespace: TargetNamespace, _ body: () throws(Errno) -> Result
  ) throws(NetlinkError) -> Result {
    do throws(Errno) {
      switch namespace {
      case .host:
        try NetworkNamespace.checkThread()
        return try body()
      case .container:
        let view = try containerView(namespace)
        return try view.perform(body)
      }
    } catch {
      throw NetlinkError(error)
    }
  }

  private func containerView(_ namespace: TargetNamespace) throws(Errno) -> NamespaceView {
    do throws(NetlinkError) { return try view(namespace) } catch { throw error.errno }
  }

  func observe<Result>(
    _ subject: String, _ body: () throws(NetlinkError) -> Result
  ) throws(KernelError) -> Result {
    do throws(NetlinkError) {
      return try body()
    } catch {
      throw KernelError(.observe(subject), error)
    }
  }
}

extension RouteSocket {
  /// Converts links, of which netctl's own are queried further.
  fileprivate mutating func observed(_ links: [Link]) throws(NetlinkError) -> [ObservedLink] {
    let orphans = try orphans(among: links.filter { ObservedLink.isEndpoint($0) })
    return links.map { ObservedLink($0, isOrphaned: orphans.contains($0.index)) }
  }

  fileprivate mutating func observed(_ route: Route) throws(NetlinkError) -> ObservedDefaultRoute {
    var interface: InterfaceName?
    if let index = route.linkIndex {
      interface = try link(at: index).map { InterfaceName(ofLink: $0.name) }
    }
    return ObservedDefaultRoute(
      family: route.destination.family, gateway: route.gateway, interface: interface,
      metric: route.metric)
  }
}

extension SysctlKey {
  /// The path of its file.
  var file: String { "/proc/sys/" + path }
}

extension ObservedLink {
  /// The group of links that netctl has created but not yet given their alias, which the kernel
  /// does not accept at creation.
  static let incompleteGroup: UInt32 = 0x6e65_7463

  fileprivate static func isEndpoint(_ link: Link) -> Bool {
    if case .endpoint? = link.alias.flatMap({ LinkOwner(alias: $0) }) { true } else { false }
  }

  /// Converts a link found by `routes`, which is queried further only for netctl's own links.
  init(_ link: Link, _ routes: inout RouteSocket) {
    self.init(link, isOrphaned: Self.isEndpoint(link) && routes.isOrphaned(link))
  }

  fileprivate init(_ link: Link, isOrphaned: Bool) {
    let owner = link.alias.flatMap(LinkOwner.init(alias:))
    let kind = link.kind.map(LinkKind.init(rawValue:))
    self.init(
      index: link.index, name: InterfaceName(ofLink: link.name),
      alternativeNames: link.alternativeNames,
      kind: kind, owner: owner,
      isIncomplete: link.alias == nil && link.group == Self.incompleteGroup,
      master: link.masterIndex, isUp: link.isUp, mtu: link.mtu, mac: link.address,
      peer: kind?.isPair == true ? link.peerIndex : nil,
      macvlanMode: link.macvlanMode.flatMap(MacvlanMode.init(number:)),
      isIsolated: link.port?.isIsolated ?? false, isLocked: link.port?.isLocked ?? false,
      isHairpin: link.port?.isHairpin ?? false, isLearning: link.port?.isLearning ?? false,
      isOrphaned: isOrphaned)
  }
}
