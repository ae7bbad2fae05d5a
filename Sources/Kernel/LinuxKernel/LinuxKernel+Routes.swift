import Addressing
import Conntrack
import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

/// Addresses, routes, and the connections that go with them.
extension LinuxKernel {
  func add(_ prefix: IPPrefix, to name: InterfaceName, in place: Place) throws(NetlinkError) {
    try tolerating(.exists) { () throws(NetlinkError) in
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix))
      }
    }
  }

  func remove(_ prefix: IPPrefix, from name: InterfaceName, in place: Place) throws(NetlinkError) {
    try tolerating(.addressNotAvailable) { () throws(NetlinkError) in
      try change(name, in: place) { (routes, index) throws(NetlinkError) in
        try routes.delete(InterfaceAddress(linkIndex: index, prefix: prefix))
      }
    }
  }

  func add(_ route: DefaultRoute, in place: Place) throws(NetlinkError) {
    let index = try view(place).index(of: route.interface)
    try routes(place) { (routes) throws(NetlinkError) in
      try routes.add(.defaultRoute(via: route.gateway, onLink: index))
    }
  }

  func remove(_ route: DefaultRoute, in place: Place) throws(NetlinkError) {
    let index = try view(place).index(of: route.interface)
    try tolerating(.noProcess) { () throws(NetlinkError) in
      try routes(place) { (routes) throws(NetlinkError) in
        try routes.delete(.defaultRoute(via: route.gateway, onLink: index))
      }
    }
  }

  func addLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    try tolerating(.exists) { () throws(NetlinkError) in
      try change(bridge, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.add(.loopback(onLink: index))
      }
    }
  }

  // The route goes with its bridge, too.
  func removeLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    guard let index = InterfaceIndex.of(bridge.description) else { return }
    try tolerating(.noProcess) { () throws(NetlinkError) in
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.delete(.loopback(onLink: index))
      }
    }
  }

  func cutConnections(_ filters: [ConnectionFilter]) throws(NetlinkError) {
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
