import Addressing
import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

/// Creating, changing and deleting links.
extension LinuxKernel {
  func create(_ device: NetworkDevice) throws(NetlinkError) {
    let link = LinkSpecification(
      name: device.name.description, address: device.mac, alias: device.owner.alias,
      group: ObservedLink.incompleteGroup)
    let host = try view(.host)
    let index: UInt32
    switch device.kind {
    case .bridge:
      index = try host.withRoutes { (routes) throws(NetlinkError) in try routes.createBridge(link) }
    case .vlan(let id, let parent):
      let parent = try host.index(of: parent.description)
      index = try host.withRoutes { (routes) throws(NetlinkError) in
        try routes.createVLAN(link, id: id, on: parent)
      }
    case .dummy:
      index = try host.withRoutes { (routes) throws(NetlinkError) in try routes.createDummy(link) }
    case .vxlan(let id, let source, let port):
      let tunnel = VXLANSpecification(identifier: id, source: source, port: port)
      index = try host.withRoutes { (routes) throws(NetlinkError) in
        try routes.createVXLAN(link, tunnel)
      }
    }
    host.remember(index, of: link.name)
  }

  func create(
    _ endpoint: DesiredEndpoint, in container: NamespaceHandle
  ) throws(NetlinkError) {
    let (host, inside) = (try view(.host), try view(.container(container)))
    switch endpoint.link {
    case .veth(let port): try createVeth(endpoint, port, from: host, to: inside)
    case .macvlan(let mode, let parent):
      try create(endpoint, on: parent, from: host, in: inside) {
        (routes, link, parent) throws(NetlinkError) in
        try routes.createMacvlan(link, mode: mode.number, on: parent, in: inside.namespace)
      }
    case .ipvlan(let mode, let reach, let parent):
      try create(endpoint, on: parent, from: host, in: inside) {
        (routes, link, parent) throws(NetlinkError) in
        try routes.createIpvlan(
          link, mode: mode.number, flags: reach.flags, on: parent, in: inside.namespace)
      }
    case .moved(let source): try move(source.description, from: host, to: inside, as: endpoint)
    }
  }

  private func create(
    _ endpoint: DesiredEndpoint, on parent: InterfaceName, from host: NamespaceView,
    in inside: NamespaceView,
    _ create: (inout RouteSocket, LinkSpecification, UInt32) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    let link = interface(of: endpoint)
    let parent = try host.index(of: parent.description)
    try host.withRoutes { (routes) throws(NetlinkError) in try create(&routes, link, parent) }
    try finishCreation(of: link, in: inside)
  }

  private func createVeth(
    _ endpoint: DesiredEndpoint, _ port: VethPort, from host: NamespaceView,
    to inside: NamespaceView
  ) throws(NetlinkError) {
    let near = LinkSpecification(
      name: port.name.description, mtu: endpoint.mtu, alias: endpoint.owner.alias,
      masterIndex: try host.index(of: port.bridge.description),
      group: ObservedLink.incompleteGroup)
    let far = LinkSpecification(
      name: endpoint.name.description, mtu: endpoint.mtu, address: endpoint.mac)
    let index = try host.withRoutes { (routes) throws(NetlinkError) in
      try routes.createVethPair(near, far: far, in: inside.namespace)
    }
    host.remember(index, of: near.name)
  }

  private func move(
    _ source: String, from host: NamespaceView, to inside: NamespaceView,
    as endpoint: DesiredEndpoint
  ) throws(NetlinkError) {
    let name = endpoint.name.description
    let index = try host.index(of: source)
    try host.withRoutes { (routes) throws(NetlinkError) in
      try routes.moveLink(index, to: name, alias: endpoint.owner.alias, in: inside.namespace)
    }
    host.forget(source)
    // The kernel gives it another index if that one is taken.
    inside.forget(name)
    guard let mac = endpoint.mac else { return }
    let moved = try inside.index(of: name)
    try inside.withRoutes { (routes) throws(NetlinkError) in
      try routes.setLink(moved, address: mac)
    }
  }

  func returnLink(
    _ name: String, to source: String, from container: NamespaceHandle
  ) throws(NetlinkError) {
    let (host, inside) = (try view(.host), try view(.container(container)))
    let index = try inside.index(of: name)
    try inside.withRoutes { (routes) throws(NetlinkError) in
      try routes.moveLink(index, to: source, alias: "", in: host.namespace)
    }
    inside.forget(name)
    host.forget(source)
  }

  /// The interface of an endpoint without a host end, which bears the alias itself.
  private func interface(of endpoint: DesiredEndpoint) -> LinkSpecification {
    LinkSpecification(
      name: endpoint.name.description, mtu: endpoint.mtu, address: endpoint.mac,
      alias: endpoint.owner.alias, group: ObservedLink.incompleteGroup)
  }

  private func finishCreation(
    of link: LinkSpecification, in view: NamespaceView
  ) throws(NetlinkError) {
    let index = try view.withRoutes { (routes) throws(NetlinkError) in
      try routes.finishCreation(of: link)
    }
    view.remember(index, of: link.name)
  }

  func deleteLink(_ name: String, in view: NamespaceView) throws(NetlinkError) {
    try tolerating(.noDevice) { () throws(NetlinkError) in
      let index = try view.index(of: name)
      var monitor = try view.openMonitor()
      do throws(NetlinkError) {
        try monitor.deleteLink(index, keeping: netfilterDescriptor, timeout: .seconds(10))
      } catch {
        // Events were lost, but the link itself can be queried.
        guard error.errno == .noBufferSpace || error.errno == .timedOut else { throw error }
        try view.withRoutes { (routes) throws(NetlinkError) in try routes.deleteLink(index) }
      }
    }
    view.forget(name)
  }

  func renameLink(
    _ name: String, to newName: String, in view: NamespaceView
  ) throws(NetlinkError) {
    let index = try view.index(of: name)
    try view.withRoutes { (routes) throws(NetlinkError) in
      try routes.renameLink(index, to: newName)
    }
    view.forget(name)
    view.remember(index, of: newName)
  }

  func bringUp(_ name: InterfaceName, in namespace: TargetNamespace) throws(NetlinkError) {
    func attempt() throws(NetlinkError) {
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, up: true)
      }
    }
    do throws(NetlinkError) {
      try attempt()
    } catch {
      guard error.errno == .addressInUse, case .container = namespace else { throw error }
      try awaitAddress(of: name, in: try view(namespace), refusal: error, attempt)
    }
  }

  // An interface of a namespace that has just ended keeps its hardware address on the parent that
  // both have, until the kernel has deleted it; the parent is reported to have changed then.
  private func awaitAddress(
    of name: InterfaceName, in view: NamespaceView, refusal: NetlinkError,
    _ attempt: () throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    let index = try view.index(of: name.description)
    let link = try view.withRoutes { (routes) throws(NetlinkError) in try routes.link(at: index) }
    guard let parent = link?.peerIndex else { throw refusal }
    var monitor = try self.view(.host).openMonitor()
    let deadline = Deadline(after: .seconds(2))
    while true {
      do throws(NetlinkError) {
        return try attempt()
      } catch {
        guard error.errno == .addressInUse else { throw error }
      }
      do throws(NetlinkError) {
        try monitor.waitForChange(of: parent, until: deadline)
      } catch {
        throw error.errno == .timedOut ? refusal : error
      }
    }
  }

  func setHairpin(_ isOn: Bool, _ name: InterfaceName) throws(NetlinkError) {
    do throws(NetlinkError) {
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(hairpin: isOn))
      }
    } catch {
      // A link that is gone, perhaps only just now, or no longer a bridge port, is not in hairpin
      // mode.
      if isOn || ![.noDevice, .notSupported].contains(error.errno) { throw error }
    }
  }

  // Recently closed sockets hold their namespace for an RCU grace period; its links are deleted
  // after another one.
  func awaitRemoval(_ name: String) throws(NetlinkError) {
    try tolerating(.timedOut) { () throws(NetlinkError) in
      var monitor = try view(.host).openMonitor()
      try monitor.waitUntilGone(name, timeout: .milliseconds(250))
    }
  }

  // The endpoint works even if forwarding was not observed, so a slow kernel is not an error; a
  // spanning tree delay is left for the caller to judge.
  func awaitForwarding(_ index: UInt32) throws(NetlinkError) {
    func state() throws(NetlinkError) -> BridgePort.State? {
      try view(.host).withRoutes { (routes) throws(NetlinkError) in
        try routes.link(at: index)?.port?.state
      }
    }
    if try state() == .forwarding { return }
    do throws(NetlinkError) {
      var monitor = try view(.host).openMonitor()
      try monitor.waitUntilForwarding(port: index, timeout: .milliseconds(250))
    } catch {
      guard error.errno == .timedOut else { throw error }
      if [.listening, .learning, .blocking].contains(try state()) { throw error }
    }
  }

  // A slow link is not an error: neighbours resolve the addresses themselves.
  func awaitSending(_ index: UInt32, in view: NamespaceView) throws(NetlinkError) {
    let link = try view.withRoutes { (routes) throws(NetlinkError) in try routes.link(at: index) }
    if link?.operationalState == .up { return }
    try tolerating(.timedOut) { () throws(NetlinkError) in
      var monitor = try view.openMonitor()
      try monitor.waitUntilSending(link: index, timeout: .milliseconds(250))
    }
  }
}

extension MacvlanMode {
  /// The mode with the kernel's number; nil for one that netctl does not know.
  init?(number: UInt32) {
    guard let mode = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = mode
  }

  /// The kernel's number.
  var number: UInt32 {
    switch self {
    case .private: 1
    case .vepa: 2
    case .bridge: 4
    case .passthru: 8
    }
  }
}

extension IpvlanMode {
  /// The kernel's number.
  fileprivate var number: UInt16 {
    switch self {
    case .l2: 0
    case .l3: 1
    case .l3s: 2
    }
  }
}

extension IpvlanReach {
  /// The kernel's flags.
  fileprivate var flags: UInt16 {
    switch self {
    case .bridge: 0
    case .private: 1
    case .vepa: 2
    }
  }
}

extension LinuxKernel {
  /// The names of the interfaces in this thread's namespace, except those that netctl made for
  /// containers. Fails no more than a completion may.
  package static func interfacesWithoutEndpoints() -> [String] {
    InterfaceIndex.names().filter { name in
      let alias = (try? PseudoFile.read("/sys/class/net/\(name)/ifalias")) ?? ""
      if case .endpoint? = LinkOwner(alias: alias) { return false }
      return true
    }
  }
}
