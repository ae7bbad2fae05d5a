import Addressing
import Firewall
public import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

extension LinuxKernel {
  /// Performs a change.
  public func perform(_ step: KernelStep) throws(KernelError) {
    if case .writeSysctls(let sysctls, let namespace) = step, sysctls.count > 1 {
      // One by one, so that an error names the value that was refused.
      for sysctl in sysctls { try perform(.writeSysctls([sysctl], namespace)) }
      return
    }
    do throws(NetlinkError) {
      try request(step)
    } catch {
      throw KernelError(.step(step), error)
    }
  }

  private func request(_ step: KernelStep) throws(NetlinkError) {
    switch step {
    case .createDevice(let device): try create(device)
    case .createEndpoint(let endpoint, let container): try create(endpoint, in: container)
    case .returnLink(let name, let source, let container):
      try returnLink(name.description, to: source.description, from: container)
    case .mountNamespace(let container, let directory, let name):
      let view = try view(.container(container))
      try files(of: .host) { () throws(Errno) in
        try NamespaceMount.make(view.namespace, name, in: directory)
      }
    case .unmountNamespace(let path):
      try files(of: .host) { () throws(Errno) in try NamespaceMount.remove(path) }
    case .deleteLink(let name, let namespace):
      try deleteLink(name.description, in: try view(namespace))
    case .renameLink(let name, let newName, let namespace):
      try renameLink(name.description, to: newName.description, in: try view(namespace))
    case .setMTU(let mtu, let name, let namespace):
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, mtu: mtu)
      }
    case .bringUp(let name, let namespace): try bringUp(name, in: namespace)
    case .takeDown(let name, let namespace):
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, up: false)
      }
    case .setHardwareAddress(let mac, let name, let namespace):
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, address: mac)
      }
    case .enableARPNotification(let name, let namespace):
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, arpNotify: true)
      }
    case .attachPort(let name, let bridge):
      let master = try view(.host).index(of: bridge.description)
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, master: master)
      }
    case .setIsolation(let isOn, let name):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(isolated: isOn))
      }
    case .setLock(let isOn, let name):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(locked: isOn))
      }
    case .setMacvlanMode(let mode, let name, let namespace):
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, macvlanMode: mode.number)
      }
    case .disableLearning(let name, let address):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(learning: false))
        try routes.add(ForwardingEntry(linkIndex: index, address: address))
      }
    case .closeTunnelPort(let name):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(learning: false, floods: false))
      }
    case .addStation(let station, let tunnel): try add(station, to: tunnel)
    case .removeStation(let station, let tunnel): try remove(station, from: tunnel)
    case .announceStation(let station, let bridge): try announce(station, on: bridge)
    case .setHairpin(let isOn, let name): try setHairpin(isOn, name)
    case .addAddress(let prefix, let name, let namespace): try add(prefix, to: name, in: namespace)
    case .removeAddress(let prefix, let name, let namespace):
      try remove(prefix, from: name, in: namespace)
    case .addRoute(let route, let name, let namespace):
      try add(route, by: name, in: namespace)
    case .addDefaultRoute(let route, let metric, let namespace):
      try add(route, before: metric, in: namespace)
    case .setReturnPath(let path, let family, let namespace):
      try setReturnPath(path, family, in: namespace)
    case .removeDefaultRoute(let route, let namespace): try remove(route, in: namespace)
    case .addLoopbackRoute(let bridge): try addLoopbackRoute(bridge)
    case .removeLoopbackRoute(let bridge): try removeLoopbackRoute(bridge)
    case .writeSysctls(let sysctls, let namespace): try write(sysctls, in: namespace)
    case .deleteConnections(let filters): try deleteConnections(filters)
    case .awaitForwarding(let name):
      try awaitForwarding(try view(.host).index(of: name.description))
    case .awaitRemoval(let name): try awaitRemoval(name.description)
    case .awaitSending(let name, let namespace):
      let view = try view(namespace)
      try awaitSending(try view.index(of: name.description), in: view)
    case .installFirewall(let elements):
      try withFirewall { (socket) throws(NetlinkError) in try socket.install(elements: elements) }
    case .updateFirewall(let adding, let removing):
      try withFirewall { (socket) throws(NetlinkError) in
        try socket.update(adding: adding, removing: removing)
      }
    case .removeFirewall:
      try withFirewall { (socket) throws(NetlinkError) in try socket.deleteTables() }
    }
  }

  private func write(_ sysctls: [Sysctl], in namespace: TargetNamespace) throws(NetlinkError) {
    for sysctl in sysctls {
      try files(of: namespace) { () throws(Errno) in try write(sysctl) }
    }
  }

  // A read-only /proc/sys is fine if it already has the value.
  private func write(_ sysctl: Sysctl) throws(Errno) {
    let file = sysctl.key.file
    do throws(Errno) {
      try PseudoFile.write(sysctl.value, to: file)
    } catch {
      if error == .noSuchFileOrDirectory && sysctl.isOptional { return }
      if (try? PseudoFile.read(file)) == sysctl.value { return }
      throw error
    }
  }

  /// Changes a link by its name.
  func change(
    _ name: InterfaceName, in namespace: TargetNamespace,
    _ body: (inout RouteSocket, _ index: UInt32) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    let view = try view(namespace)
    let index = try view.index(of: name.description)
    try view.withRoutes { (routes) throws(NetlinkError) in try body(&routes, index) }
  }

  func routes(
    _ namespace: TargetNamespace, _ body: (inout RouteSocket) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try view(namespace).withRoutes(body)
  }

  func tolerating(
    _ errno: Errno, _ body: () throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    do throws(NetlinkError) {
      try body()
    } catch {
      if error.errno != errno { throw error }
    }
  }
}
