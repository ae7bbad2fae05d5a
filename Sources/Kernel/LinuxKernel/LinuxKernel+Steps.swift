import Addressing
import Conntrack
public import KernelModel
import LinuxSystem
import Netlink
import Nftables
import RouteNetlink

extension LinuxKernel {
  /// Changes the kernel.
  public func perform(_ step: KernelStep) throws(KernelError) {
    if case .writeSysctls(let sysctls, let place) = step { return try write(sysctls, in: place) }
    do throws(NetlinkError) {
      try request(step)
    } catch {
      throw KernelError(.step(step), error)
    }
  }

  // A refusal names the one value that was refused.
  private func write(_ sysctls: [Sysctl], in place: Place) throws(KernelError) {
    for sysctl in sysctls {
      do throws(NetlinkError) {
        try files(of: place) { () throws(Errno) in try write(sysctl) }
      } catch {
        throw KernelError(.step(.writeSysctls([sysctl], place)), error)
      }
    }
  }

  private func request(_ step: KernelStep) throws(NetlinkError) {
    switch step {
    case .createBridge(let name, let owner, let mac):
      let bridge = LinkSpecification(
        name: name.description, address: mac, alias: owner.alias,
        group: ObservedLink.unmarkedGroup)
      let host = try view(.host)
      let index = try host.withRoutes { (routes) throws(NetlinkError) in
        try routes.createBridge(bridge)
      }
      host.remember(index, of: bridge.name)
    case .createVeth(let endpoint, let container):
      try createVeth(endpoint, container)
    case .deleteLink(let name):
      try deleteLink(name.description)
    case .renameLink(let name, let newName, let place):
      try renameLink(name.description, to: newName.description, in: try view(place))
    case .setMTU(let mtu, let name, let place):
      let index = try view(place).index(of: name.description)
      try routes(place) { (routes) throws(NetlinkError) in try routes.setLink(index, mtu: mtu) }
    case .bringUp(let name, let place):
      let index = try view(place).index(of: name.description)
      try routes(place) { (routes) throws(NetlinkError) in try routes.setLink(index, up: true) }
    case .addAddress(let prefix, let name, let place):
      let index = try view(place).index(of: name.description)
      try tolerating(.exists) { () throws(NetlinkError) in
        try routes(place) { (routes) throws(NetlinkError) in
          try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix))
        }
      }
    case .removeAddress(let prefix, let name, let place):
      let index = try view(place).index(of: name.description)
      try tolerating(.addressNotAvailable) { () throws(NetlinkError) in
        try routes(place) { (routes) throws(NetlinkError) in
          try routes.delete(InterfaceAddress(linkIndex: index, prefix: prefix))
        }
      }
    case .addDefaultRoute(let route, let place):
      let index = try view(place).index(of: route.interface)
      try routes(place) { (routes) throws(NetlinkError) in
        try routes.add(.defaultRoute(via: route.gateway, onLink: index))
      }
    case .removeDefaultRoute(let route, let place):
      let index = try view(place).index(of: route.interface)
      try tolerating(.noProcess) { () throws(NetlinkError) in
        try routes(place) { (routes) throws(NetlinkError) in
          try routes.delete(.defaultRoute(via: route.gateway, onLink: index))
        }
      }
    case .writeSysctls: break
    case .attachPort(let name, let bridge):
      let host = try view(.host)
      let (port, master) = (
        try host.index(of: name.description), try host.index(of: bridge.description)
      )
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.setLink(port, master: master)
      }
    case .isolatePort(let name):
      let index = try view(.host).index(of: name.description)
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(isolated: true))
      }
    case .setHairpin(let isOn, let name):
      try setHairpin(isOn, name)
    case .addLoopbackRoute(let bridge):
      try addLoopbackRoute(bridge)
    case .removeLoopbackRoute(let bridge):
      try removeLoopbackRoute(bridge)
    case .cutConnections(let filters):
      try cutConnections(filters)
    case .awaitForwarding(let name):
      try awaitForwarding(try view(.host).index(of: name.description))
    case .enableARPNotification(let name, let place):
      let index = try view(place).index(of: name.description)
      try routes(place) { (routes) throws(NetlinkError) in
        try routes.setLink(index, arpNotify: true)
      }
    case .awaitRemoval(let name):
      try tolerating(.timedOut) { () throws(NetlinkError) in
        var monitor = try view(.host).openMonitor()
        try monitor.waitUntilGone(name.description, timeout: .seconds(1))
      }
    case .awaitSending(let name, let place):
      let view = try view(place)
      try awaitSending(try view.index(of: name.description), in: view)
    case .setHardwareAddress(let mac, let name, let place):
      let index = try view(place).index(of: name.description)
      try routes(place) { (routes) throws(NetlinkError) in
        try routes.setLink(index, address: mac)
      }
    case .installFirewall(let elements):
      try withNftables { (socket) throws(NetlinkError) in try socket.install(elements: elements) }
    case .updateFirewall(let adding, let removing):
      try withNftables { (socket) throws(NetlinkError) in
        try socket.update(adding: adding, removing: removing)
      }
    case .removeFirewall:
      try withNftables { (socket) throws(NetlinkError) in try socket.deleteTable() }
    }
  }

  private func setHairpin(_ isOn: Bool, _ name: InterfaceName) throws(NetlinkError) {
    guard isOn || InterfaceIndex.of(name.description) != nil else { return }
    let index = try view(.host).index(of: name.description)
    do throws(NetlinkError) {
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(hairpin: isOn))
      }
    } catch {
      // A link that is no port of a bridge any more turns nothing around.
      if isOn || error.errno != .notSupported { throw error }
    }
  }

  private func addLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    let index = try view(.host).index(of: bridge.description)
    try tolerating(.exists) { () throws(NetlinkError) in
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.add(.loopback(onLink: index))
      }
    }
  }

  // The route goes with its bridge, too.
  private func removeLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    guard let index = InterfaceIndex.of(bridge.description) else { return }
    try tolerating(.noProcess) { () throws(NetlinkError) in
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.delete(.loopback(onLink: index))
      }
    }
  }

  private func cutConnections(_ filters: [ConnectionFilter]) throws(NetlinkError) {
    var local: [AddressFamily: LocalAddresses] = [:]
    try withConntrack { (socket) throws(NetlinkError) in
      try socket.delete(filters) { (address) throws(NetlinkError) in
        if let known = local[address.family] { return known.contains(address) }
        let addresses = try localAddresses(address.family)
        local[address.family] = addresses
        return addresses.contains(address)
      }
    }
  }

  private func localAddresses(_ family: AddressFamily) throws(NetlinkError) -> LocalAddresses {
    let routes = try view(.host).withRoutes { (routes) throws(NetlinkError) in
      try routes.routes(family, in: .local)
    }
    return LocalAddresses(routes.filter { $0.kind == .local }.map(\.destination))
  }

  private func createVeth(
    _ endpoint: DesiredEndpoint, _ container: NamespaceHandle
  ) throws(NetlinkError) {
    let host = try view(.host)
    let inside = try view(.container(container))
    let near = LinkSpecification(
      name: endpoint.hostName.description, mtu: endpoint.mtu, alias: endpoint.owner.alias,
      masterIndex: try host.index(of: endpoint.master.description),
      group: ObservedLink.unmarkedGroup)
    let far = LinkSpecification(
      name: endpoint.name.description, mtu: endpoint.mtu, address: endpoint.mac)
    let index = try host.withRoutes { (routes) throws(NetlinkError) in
      try routes.createVethPair(near, far: far, in: inside.namespace)
    }
    host.remember(index, of: near.name)
  }

  private func deleteLink(_ name: String) throws(NetlinkError) {
    let host = try view(.host)
    try tolerating(.noDevice) { () throws(NetlinkError) in
      let index = try host.index(of: name)
      var monitor = try host.openMonitor()
      do throws(NetlinkError) {
        try monitor.deleteLink(index, keeping: nftablesDescriptor, timeout: .seconds(10))
      } catch {
        // Events were lost; the link itself can be asked.
        guard error.errno == .noBufferSpace || error.errno == .timedOut else { throw error }
        try host.withRoutes { (routes) throws(NetlinkError) in try routes.deleteLink(index) }
      }
    }
    host.forget(name)
  }

  private func renameLink(
    _ name: String, to newName: String, in view: NamespaceView
  ) throws(NetlinkError) {
    let index = try view.index(of: name)
    try view.withRoutes { (routes) throws(NetlinkError) in
      try routes.renameLink(index, to: newName)
    }
    view.forget(name)
    view.remember(index, of: newName)
  }

  // A read-only /proc/sys is as good when it holds the value already.
  private func write(_ sysctl: Sysctl) throws(Errno) {
    let file = sysctl.path.sysctlFile
    do throws(Errno) {
      try SystemFile.write(sysctl.value, to: file)
    } catch {
      if error == .noEntry && sysctl.isOptional { return }
      if (try? SystemFile.text(file)) == sysctl.value { return }
      throw error
    }
  }

  // The endpoint works without having been seen to forward, so a slow bridge is no failure.
  private func awaitForwarding(_ index: UInt32) throws(NetlinkError) {
    let port = try view(.host).withRoutes { (routes) throws(NetlinkError) in
      try routes.link(at: index)?.port
    }
    if port?.state == .forwarding { return }
    try tolerating(.timedOut) { () throws(NetlinkError) in
      var monitor = try view(.host).openMonitor()
      try monitor.waitUntilForwarding(port: index, timeout: .milliseconds(250))
    }
  }

  // A slow link is no failure: neighbours find out by themselves.
  private func awaitSending(_ index: UInt32, in view: NamespaceView) throws(NetlinkError) {
    let link = try view.withRoutes { (routes) throws(NetlinkError) in try routes.link(at: index) }
    if link?.operationalState == .up { return }
    try tolerating(.timedOut) { () throws(NetlinkError) in
      var monitor = try view.openMonitor()
      try monitor.waitUntilSending(link: index, timeout: .milliseconds(250))
    }
  }

  private func routes(
    _ place: Place, _ body: (inout RouteSocket) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try view(place).withRoutes(body)
  }

  private func tolerating(
    _ errno: Errno, _ body: () throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    do throws(NetlinkError) {
      try body()
    } catch {
      if error.errno != errno { throw error }
    }
  }
}

/// The addresses that a host takes packets to.
private struct LocalAddresses {
  private var addresses: Set<IPAddress> = []
  private var blocks: [IPPrefix] = []

  init(_ prefixes: [IPPrefix]) {
    for prefix in prefixes {
      if prefix.first == prefix.last {
        addresses.insert(prefix.address)
      } else {
        blocks.append(prefix)
      }
    }
  }

  func contains(_ address: IPAddress) -> Bool {
    addresses.contains(address) || blocks.contains { $0.contains(address) }
  }
}
