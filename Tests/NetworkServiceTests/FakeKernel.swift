import Addressing
import KernelModel
import PacketTrace
import SystemErrors

/// What a kernel holds, as far as steps can change it.
struct World: Equatable {
  struct Link: Equatable {
    var kind: LinkKind?
    var owner: LinkOwner?
    var master: String?
    var mtu: UInt32?
    var isUp = false
    var macvlanMode: MacvlanMode?
    var isIsolated = false
    var isLocked = false
    var isHairpin = false
    var staticAddress: MACAddress?
    var hasLoopbackRoute = false
    var addresses: Set<IPPrefix> = []
    /// The other end of a veth pair.
    var peer: Peer?
    /// The link of the host that it is on.
    var parent: String?
    /// The tables of a VXLAN link.
    var tunnel: Tunnel?
  }

  struct Tunnel: Equatable {
    var kind: NetworkDevice.Kind
    var isClosed = false
    var hosts: [MACAddress: IPAddress] = [:]
    var bridged: Set<MACAddress> = []
    var neighbors: [IPAddress: MACAddress] = [:]
  }

  struct Peer: Equatable {
    var namespace: String
    var name: String
  }

  struct Namespace: Equatable {
    /// Another number is another namespace at the same path.
    var number: UInt64 = 1
    /// The user to whose user namespace it belongs.
    var owner: UInt32 = 0
    var links: [String: Link] = ["lo": Link(isUp: true)]
    /// The preferred first.
    var routes: [DefaultRoute] = []
    var returnPaths: Set<ReturnPath> = []
    var sysctls: [SysctlKey: String] = [:]
  }

  static let host = "host"

  /// The host, and containers by the path of their namespace.
  var namespaces: [String: Namespace] = [host: Namespace()]
  /// The paths of files that are no namespaces.
  var otherFiles: Set<String> = []
  var firewall: Set<FirewallElement>?
  var hasAdministratorRules = false
  var isPrivileged = true
  var routedSubnets = RoutedSubnets()
  /// What the host's own processes have, by port.
  var foreignDrops: [ForeignDrop] = []
  var foreignForwarders: [ForeignForwarder] = []
  var bindFailures: [UInt16: PortUnavailability] = [:]
  var holders: [UInt16: HostProcess] = [:]

  subscript(_ namespace: String) -> Namespace {
    get { namespaces[namespace] ?? Namespace() }
    set { namespaces[namespace] = newValue }
  }

  init() {
    self[Self.host].sysctls = [
      SysctlKey(path: "net/ipv4/ip_forward"): "0",
      SysctlKey(path: "net/ipv6/conf/all/forwarding"): "0",
    ]
  }
}

/// A kernel that does what it is told, counts the steps, and can be told to refuse one or to let
/// the process end before one.
final class FakeKernel: Kernel {
  enum Fault {
    case none
    /// Refuses the step with this number.
    case refusing(Int)
    /// Refuses the step with this number and all after it.
    case refusingFrom(Int)
    /// Calls `atEnd` instead of the step with this number; what the process does after that did not
    /// happen.
    case ending(Int)
  }

  var world: World
  private(set) var stepCount = 0
  private let fault: Fault
  private let atEnd: () -> Void
  private var handles: [String] = []

  init(_ world: World, fault: Fault = .none, atEnd: @escaping () -> Void = {}) {
    self.world = world
    self.fault = fault
    self.atEnd = atEnd
  }

  func perform(_ step: KernelStep) throws(KernelError) {
    let number = stepCount
    stepCount += 1
    switch fault {
    case .refusing(number): throw KernelError(.step(step), errno: .ioError, explanation: "refused")
    case .refusingFrom(let first) where number >= first:
      throw KernelError(.step(step), errno: .ioError, explanation: "refused")
    case .ending(let last) where number >= last:
      if number == last { atEnd() }
      throw KernelError(.step(step), errno: .ioError, explanation: "ended")
    default: break
    }
    if let errno = apply(step) {
      throw KernelError(.step(step), errno: errno, explanation: "\(errno)")
    }
  }

  func openNamespace(atPath path: String) throws(KernelError) -> OpenNamespace {
    if world.otherFiles.contains(path) {
      throw KernelError(
        .openNamespace(path), errno: .inappropriateIOCTLForDevice, explanation: "another file")
    }
    guard world.namespaces[path] != nil else {
      throw KernelError(.openNamespace(path), errno: .noSuchFileOrDirectory, explanation: "absent")
    }
    handles.append(path)
    return OpenNamespace(
      handle: NamespaceHandle(number: handles.count - 1), identity: identity(path))
  }

  func namespace(atPath path: String) throws(KernelError) -> NetworkNamespaceID {
    guard world.namespaces[path] != nil else {
      throw KernelError(.openNamespace(path), errno: .noSuchFileOrDirectory, explanation: "absent")
    }
    return identity(path)
  }

  func owner(of namespace: NamespaceHandle) throws(KernelError) -> UInt32 {
    world[handles[namespace.number]].owner
  }

  func hasNamespace(device: UInt64, inode: UInt64, atPath path: String) -> Bool {
    world.namespaces[path] != nil && identity(path).inode == inode
  }

  func hostNamespace() throws(KernelError) -> NetworkNamespaceID { identity(World.host) }

  func link(_ name: InterfaceName, in namespace: TargetNamespace) throws(KernelError)
    -> ObservedLink?
  {
    try links(in: namespace).first { $0.name == name }
  }

  func links(in namespace: TargetNamespace) throws(KernelError) -> [ObservedLink] {
    return world[key(namespace)].links.map { name, link in
      ObservedLink(
        index: index(name), name: InterfaceName(ofLink: name), kind: link.kind, owner: link.owner,
        master: link.master.map(index), isUp: link.isUp, mtu: link.mtu ?? 1500,
        peer: link.peer.map { index($0.name) }, macvlanMode: link.macvlanMode,
        isIsolated: link.isIsolated, isLocked: link.isLocked,
        isLearning: link.master != nil && link.staticAddress == nil,
        isOrphaned: isOrphaned(link))
    }
  }

  func addresses(ofLink index: UInt32, in namespace: TargetNamespace) throws(KernelError)
    -> [IPPrefix]
  {
    return world[key(namespace)].links.filter { self.index($0.key) == index }
      .flatMap { $0.value.addresses.sorted() }
  }

  func routedSubnets() throws(KernelError) -> RoutedSubnets {
    return world.routedSubnets
  }

  func route(to address: IPAddress) throws(KernelError) -> ChosenRoute? {
    for (name, link) in world[World.host].links {
      if let subnet = link.addresses.first(where: { $0.contains(address) }) {
        return ChosenRoute(destination: subnet.masked, link: index(name), table: 254)
      }
    }
    return nil
  }

  func loopbackLinks() throws(KernelError) -> Set<UInt32> {
    Set(world[World.host].links.filter { $0.value.hasLoopbackRoute }.map { index($0.key) })
  }

  func portAddresses() throws(KernelError) -> [UInt32: Set<MACAddress>] {
    let ports = world[World.host].links.compactMap { name, link in
      link.staticAddress.map { (index(name), Set([$0])) }
    }
    return Dictionary(uniqueKeysWithValues: ports)
  }

  func tunnel(ofLink index: UInt32) throws(KernelError) -> ObservedTunnel {
    let tunnel = world[World.host].links.first { self.index($0.key) == index }?.value.tunnel
    return ObservedTunnel(
      kind: tunnel?.kind, isClosed: tunnel?.isClosed ?? false, hosts: tunnel?.hosts ?? [:],
      bridged: tunnel?.bridged ?? [], neighbors: tunnel?.neighbors ?? [:])
  }

  func hasConnectedLinks(_ names: [InterfaceName]) throws(KernelError) -> Bool {
    names.allSatisfy { name in
      world[World.host].links[name.description].map { !isOrphaned($0) } ?? false
    }
  }

  private func isOrphaned(_ link: World.Link) -> Bool {
    link.peer.map { world.namespaces[$0.namespace] == nil } ?? false
  }

  func routing(in namespace: TargetNamespace) throws(KernelError) -> ContainerRouting {
    let namespace = world[key(namespace)]
    return ContainerRouting(
      defaultRoutes: namespace.routes.map(observed),
      returnSources: namespace.returnPaths.map(\.source.address),
      returnRoutes: namespace.returnPaths.map(\.route)
        .filter { namespace.links[$0.interface.description] != nil }.map(observed))
  }

  private func observed(_ route: DefaultRoute) -> ObservedDefaultRoute {
    ObservedDefaultRoute(
      family: route.family, gateway: route.gateway, interface: route.interface)
  }

  func isFirewallInstalled() throws(KernelError) -> Bool {
    return world.firewall != nil
  }

  func interfaces(in namespace: TargetNamespace) throws(KernelError) -> ObservedInterfaces {
    let links = try links(in: namespace)
    let addresses = try links.map { (link) throws(KernelError) in
      (link.index, try self.addresses(ofLink: link.index, in: namespace))
    }
    return ObservedInterfaces(
      links: links, addresses: Dictionary(uniqueKeysWithValues: addresses))
  }

  func firewall() throws(KernelError) -> ObservedFirewall {
    ObservedFirewall(isInstalled: world.firewall != nil, elements: world.firewall ?? [])
  }

  func isFirewallNeeded() throws(KernelError) -> Bool {
    let hasBridge = world.firewall?.contains { if case .bridge = $0 { true } else { false } }
    return hasBridge == true || world.hasAdministratorRules
  }

  func accepts(
    _ drop: ForeignDrop, from source: InterfaceName, to destination: InterfaceName
  ) -> Bool {
    false
  }

  func foreignDrops(
    of families: Set<AddressFamily>, excludingTablesThatName interface: InterfaceName
  ) throws(KernelError) -> [ForeignDrop] {
    world.foreignDrops.filter { drop in families.contains { drop.concerns($0) } }
  }

  func observePacket(
    _ request: TraceRequest, of container: NamespaceHandle, toward candidates: PeerCandidates,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation {
    throw .notAContainer
  }

  func foreignForwarders(_ family: AddressFamily) throws(KernelError) -> [ForeignForwarder] {
    world.foreignForwarders
  }

  func fileEnablingForwarding(_ family: AddressFamily) -> String? { nil }

  func bindFailure(
    at host: IPAddress, _ transport: Transport, port: UInt16
  ) throws(KernelError) -> PortUnavailability? {
    world.bindFailures[port]
  }

  func portOwner(of host: IPAddress, _ transport: Transport, port: UInt16) -> HostProcess? {
    world.holders[port]
  }

  func sysctl(_ sysctl: SysctlKey, in namespace: TargetNamespace) throws(KernelError) -> String? {
    world[key(namespace)].sysctls[sysctl]
      ?? (sysctl.path.contains("/default/") ? Self.standard : nil)
  }

  /// What a new link's settings have that nobody has written.
  private static let standard = "standard"

  func interfacesWithSysctls(
    _ family: AddressFamily, in namespace: TargetNamespace
  ) throws(KernelError) -> [InterfaceName] {
    []
  }

  var isPrivileged: Bool { world.isPrivileged }

  func features() throws(KernelError) -> [KernelFeature: FeatureAvailability] {
    Dictionary(uniqueKeysWithValues: KernelFeature.allCases.map { ($0, .builtIn) })
  }

  private func key(_ namespace: TargetNamespace) -> String {
    switch namespace {
    case .host: World.host
    case .container(let handle): handles[handle.number]
    }
  }

  private func index(_ name: String) -> UInt32 {
    name == "lo" ? 1 : name.utf8.reduce(5381) { ($0 &* 33) ^ UInt32($1) }
  }

  private func identity(_ path: String) -> NetworkNamespaceID {
    let number = world[path].number
    return NetworkNamespaceID(device: 4, inode: UInt64(index(path)) + number, cookie: number)
  }

  /// Changes the world, or gives the number of an error.
  private func apply(_ step: KernelStep) -> Errno? {
    switch step {
    case .createDevice(let device):
      let name = device.name.description
      if world[World.host].links[name] != nil { return .fileExists }
      var link = World.Link(kind: device.kind.link, owner: device.owner)
      if case .vlan(_, let parent) = device.kind {
        guard world[World.host].links[parent.description] != nil else { return .noDevice }
        link.parent = parent.description
      }
      if case .vxlan = device.kind {
        let isTaken = world[World.host].links.contains { $0.value.tunnel?.kind == device.kind }
        if isTaken { return .fileExists }
        link.tunnel = World.Tunnel(kind: device.kind)
      }
      world[World.host].links[name] = link
      world[World.host].sysctls[SysctlKey(path: "net/ipv4/conf/\(name)/route_localnet")] = "0"
    case .createEndpoint(let endpoint, let container):
      return create(endpoint, in: key(.container(container)))
    case .returnLink(let name, let source, let container):
      guard var link = world[key(.container(container))].links[name.description] else {
        return .noDevice
      }
      if world[World.host].links[source.description] != nil { return .fileExists }
      delete(name.description, in: key(.container(container)))
      link.owner = nil
      world[World.host].links[source.description] = link
    case .mountNamespace, .unmountNamespace: break
    case .deleteLink(let name, let namespace):
      delete(name.description, in: key(namespace))
    case .renameLink(let name, let newName, let namespace):
      guard let link = world[key(namespace)].links[name.description] else { return .noDevice }
      if world[key(namespace)].links[newName.description] != nil { return .fileExists }
      world[key(namespace)].links[name.description] = nil
      world[key(namespace)].links[newName.description] = link
      let (peer, newPeer) = (
        World.Peer(namespace: key(namespace), name: name.description),
        World.Peer(namespace: key(namespace), name: newName.description)
      )
      for (near, link) in world[World.host].links where link.peer == peer {
        world[World.host].links[near]?.peer = newPeer
      }
    case .setMTU(let mtu, let name, let namespace):
      return change(name, namespace) { $0.mtu = mtu == NetworkDevice.defaultMTU ? nil : mtu }
    case .bringUp(let name, let namespace):
      return change(name, namespace) { $0.isUp = true }
    case .addAddress(let prefix, let name, let namespace):
      return change(name, namespace) { $0.addresses.insert(prefix) }
    case .removeAddress(let prefix, let name, let namespace):
      return change(name, namespace) { $0.addresses.remove(prefix) }
    case .attachPort(let name, let bridge):
      return change(name, .host) { $0.master = bridge.description }
    case .setIsolation(let isOn, let name):
      return change(name, .host) { $0.isIsolated = isOn }
    case .setLock(let isOn, let name):
      return change(name, .host) { $0.isLocked = isOn }
    case .setMacvlanMode(let mode, let name, let namespace):
      return change(name, namespace) { $0.macvlanMode = mode }
    case .disableLearning(let name, let address):
      return change(name, .host) { $0.staticAddress = address }
    case .closeTunnelPort(let name):
      return change(name, .host) { $0.tunnel?.isClosed = true }
    case .addStation(let station, let name):
      return change(name, .host) { link in
        link.tunnel?.hosts[station.mac] = station.host
        link.tunnel?.bridged.insert(station.mac)
        for address in station.addresses { link.tunnel?.neighbors[address] = station.mac }
      }
    case .removeStation(let station, let name):
      return change(name, .host) { link in
        for address in station.addresses { link.tunnel?.neighbors[address] = nil }
        guard station.host != nil else { return }
        link.tunnel?.hosts[station.mac] = nil
        link.tunnel?.bridged.remove(station.mac)
      }
    case .announceStation(_, let name): return change(name, .host) { _ in }
    case .addRoute(_, let name, let namespace):
      return change(name, namespace) { _ in }
    case .addDefaultRoute(let route, let metric, let namespace):
      let present = world[key(namespace)].routes
      if world[key(namespace)].links[route.interface.description] == nil { return .noDevice }
      if metric == nil, present.contains(where: { $0.family == route.family }) {
        return .fileExists
      }
      let others = present.filter { $0.family != route.family }
      let own = [route] + present.filter { $0.family == route.family }
      world[key(namespace)].routes = route.family == .ipv4 ? own + others : others + own
    case .removeDefaultRoute(let route, let namespace):
      world[key(namespace)].routes.removeAll { $0 == route }
    case .setReturnPath(let path, let family, let namespace):
      let others = world[key(namespace)].returnPaths.filter { $0.source.family != family }
      world[key(namespace)].returnPaths = others.union(path.map { [$0] } ?? [])
    case .takeDown(let name, let namespace):
      return change(name, namespace) { $0.isUp = false }
    case .writeSysctls(let sysctls, let namespace):
      for sysctl in sysctls {
        world[key(namespace)].sysctls[sysctl.key] =
          sysctl.value == Self.standard ? nil : sysctl.value
      }
    case .awaitRemoval, .deleteConnections: break
    case .setHairpin(let isOn, let name):
      let code = change(name, .host) { $0.isHairpin = isOn }
      return isOn ? code : nil
    case .addLoopbackRoute(let name):
      return change(name, .host) { $0.hasLoopbackRoute = true }
    case .removeLoopbackRoute(let name):
      return change(name, .host) { $0.hasLoopbackRoute = false }
    case .awaitForwarding(let name):
      return change(name, .host) { _ in }
    case .awaitSending(let name, let namespace), .enableARPNotification(let name, let namespace),
      .setHardwareAddress(_, let name, let namespace):
      return change(name, namespace) { _ in }
    case .installFirewall(let elements):
      world.firewall = Set(elements)
    case .updateFirewall(let adding, let removing):
      guard let firewall = world.firewall else { return .noSuchFileOrDirectory }
      world.firewall = firewall.subtracting(removing).union(adding)
    case .removeFirewall:
      world.firewall = nil
    }
    return nil
  }

  private func create(_ endpoint: DesiredEndpoint, in namespace: String) -> Errno? {
    let name = endpoint.name.description
    var link = World.Link(mtu: endpoint.mtu)
    switch endpoint.link {
    case .veth(let port):
      guard world[World.host].links[port.bridge.description] != nil else { return .noDevice }
      if world[World.host].links[port.name.description] != nil { return .fileExists }
      link.kind = .veth
      if world[namespace].links[name] != nil { return .fileExists }
      world[World.host].links[port.name.description] = World.Link(
        kind: .veth, owner: endpoint.owner, master: port.bridge.description, mtu: endpoint.mtu,
        peer: World.Peer(namespace: namespace, name: name))
    case .macvlan(_, let parent), .ipvlan(_, _, let parent):
      guard world[World.host].links[parent.description] != nil else { return .noDevice }
      if world[namespace].links[name] != nil { return .fileExists }
      (link.kind, link.owner, link.parent) = (
        endpoint.link.kind, endpoint.owner, parent.description
      )
      if case .macvlan(let mode, _) = endpoint.link { link.macvlanMode = mode }
    case .moved(let source):
      guard var moved = world[World.host].links[source.description] else { return .noDevice }
      if world[namespace].links[name] != nil { return .fileExists }
      delete(source.description, in: World.host)
      moved.owner = endpoint.owner
      link = moved
    }
    world[namespace].links[name] = link
    return nil
  }

  private func delete(_ name: String, in namespace: String) {
    guard let link = world[namespace].links.removeValue(forKey: name) else { return }
    world[namespace].sysctls = world[namespace].sysctls.filter {
      !$0.key.path.contains("/\(name)/")
    }
    world[namespace].routes.removeAll { $0.interface.description == name }
    if let peer = link.peer, world.namespaces[peer.namespace] != nil {
      delete(peer.name, in: peer.namespace)
    }
    guard namespace == World.host else { return }
    for (place, other) in world.namespaces {
      for (child, _) in other.links.filter({ $0.value.parent == name }) { delete(child, in: place) }
    }
  }

  private func change(
    _ name: InterfaceName, _ namespace: TargetNamespace, _ body: (inout World.Link) -> Void
  ) -> Errno? {
    guard var link = world[key(namespace)].links[name.description] else { return .noDevice }
    body(&link)
    world[key(namespace)].links[name.description] = link
    return nil
  }
}

extension World {
  /// The elements, each with one name for all bridge ports: those of a new connection are others.
  var firewallWithoutPortNames: Set<FirewallElement>? {
    let port: InterfaceName = "port"
    return firewall.map { elements in
      Set(
        elements.map { element in
          switch element {
          case .port: .port(port)
          case .strictPort: .strictPort(port)
          case .portAddress(_, let address): .portAddress(port: port, address)
          case .portTarget(_, let address): .portTarget(port: port, address)
          default: element
          }
        })
    }
  }
}
