import Addressing
public import KernelModel
import LinuxSystem
import Netlink
import Nftables
import RouteNetlink

extension LinuxKernel {
  /// Changes the kernel.
  public func perform(_ step: KernelStep) throws(KernelError) {
    if case .writeSysctls(let sysctls, let place) = step, sysctls.count > 1 {
      // A refusal names the one value that was refused.
      for sysctl in sysctls { try perform(.writeSysctls([sysctl], place)) }
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
    case .createBridge(let name, let owner, let mac): try createBridge(name, owner, mac)
    case .createVeth(let endpoint, let container): try createVeth(endpoint, container)
    case .deleteLink(let name): try deleteLink(name.description)
    case .renameLink(let name, let newName, let place):
      try renameLink(name.description, to: newName.description, in: try view(place))
    case .setMTU(let mtu, let name, let place):
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, mtu: mtu)
      }
    case .bringUp(let name, let place):
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, up: true)
      }
    case .takeDown(let name, let place):
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, up: false)
      }
    case .setHardwareAddress(let mac, let name, let place):
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, address: mac)
      }
    case .enableARPNotification(let name, let place):
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, arpNotify: true)
      }
    case .attachPort(let name, let bridge):
      let master = try view(.host).index(of: bridge.description)
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setLink(index, master: master)
      }
    case .isolatePort(let name):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(isolated: true))
      }
    case .disableLearning(let name, let address):
      try change(name, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.setPort(index, BridgePortFlags(learning: false))
        try routes.add(ForwardingEntry(linkIndex: index, address: address))
      }
    case .setHairpin(let isOn, let name): try setHairpin(isOn, name)
    case .addAddress(let prefix, let name, let place): try add(prefix, to: name, in: place)
    case .removeAddress(let prefix, let name, let place): try remove(prefix, from: name, in: place)
    case .addDefaultRoute(let route, let metric, let place):
      try add(route, before: metric, in: place)
    case .setReturnPath(let path, let family, let place):
      try setReturnPath(path, family, in: place)
    case .removeDefaultRoute(let route, let place): try remove(route, in: place)
    case .addLoopbackRoute(let bridge): try addLoopbackRoute(bridge)
    case .removeLoopbackRoute(let bridge): try removeLoopbackRoute(bridge)
    case .writeSysctls(let sysctls, let place): try write(sysctls, in: place)
    case .cutConnections(let filters): try cutConnections(filters)
    case .awaitForwarding(let name):
      try awaitForwarding(try view(.host).index(of: name.description))
    case .awaitRemoval(let name): try awaitRemoval(name.description)
    case .awaitSending(let name, let place):
      let view = try view(place)
      try awaitSending(try view.index(of: name.description), in: view)
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

  private func write(_ sysctls: [Sysctl], in place: Place) throws(NetlinkError) {
    for sysctl in sysctls {
      try files(of: place) { () throws(Errno) in try write(sysctl) }
    }
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

  /// Changes a link by its name.
  func change(
    _ name: InterfaceName, in place: Place,
    _ body: (inout RouteSocket, _ index: UInt32) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    let view = try view(place)
    let index = try view.index(of: name.description)
    try view.withRoutes { (routes) throws(NetlinkError) in try body(&routes, index) }
  }

  func routes(
    _ place: Place, _ body: (inout RouteSocket) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try view(place).withRoutes(body)
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
