import Addressing
public import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

/// Tunnels to other hosts.
extension LinuxKernel {
  /// The tables of a VXLAN link.
  public func tunnel(ofLink index: UInt32) throws(KernelError) -> ObservedTunnel {
    try observe("tunnel") { () throws(NetlinkError) in
      try view(.host).withRoutes { (routes) throws(NetlinkError) in
        let link = try routes.link(at: index)
        let (own, ofPort) = try routes.tunnelEntries(of: index)
        let neighbors = try routes.neighbors(of: index).filter(\.isPermanent)
        return ObservedTunnel(
          kind: link?.tunnel.map { .vxlan($0.identifier, source: $0.source, port: $0.port) },
          isClosed: link?.port.map { !$0.isLearning && !$0.floods } ?? false,
          hosts: Dictionary(
            own.filter { !$0.address.isMulticast }.map { ($0.address, $0.destination) },
            uniquingKeysWith: { first, _ in first }),
          bridged: Set(ofPort.map(\.address)),
          neighbors: Dictionary(
            neighbors.compactMap { neighbor in
              neighbor.hardwareAddress.map { (neighbor.address, $0) }
            }, uniquingKeysWith: { first, _ in first }))
      }
    }
  }

  func add(_ station: RemoteStation, to tunnel: InterfaceName) throws(NetlinkError) {
    guard let host = station.host else { return }
    try change(tunnel, in: .host) { (routes, index) throws(NetlinkError) in
      try routes.add(
        RouteNetlink.TunnelEntry(linkIndex: index, address: station.mac, destination: host))
      try routes.add(ForwardingEntry(linkIndex: index, address: station.mac))
      // Last, because it makes the link answer for the address.
      for address in station.addresses {
        try routes.addNeighbor(address, at: station.mac, on: index)
      }
    }
  }

  func remove(_ station: RemoteStation, from tunnel: InterfaceName) throws(NetlinkError) {
    try change(tunnel, in: .host) { (routes, index) throws(NetlinkError) in
      for address in station.addresses { try routes.removeNeighbor(address, on: index) }
      guard let host = station.host else { return }
      try routes.remove(ForwardingEntry(linkIndex: index, address: station.mac))
      try routes.remove(
        RouteNetlink.TunnelEntry(linkIndex: index, address: station.mac, destination: host))
    }
  }

  func announce(_ station: RemoteStation, on bridge: InterfaceName) throws(NetlinkError) {
    let host = try view(.host)
    let index = try host.index(of: bridge.description)
    let link = try host.withRoutes { (routes) throws(NetlinkError) in try routes.link(at: index) }
    guard let sender = link?.address else { return }
    do throws(Errno) {
      let socket = try host.perform { () throws(Errno) in try FrameSocket.open() }
      for address in station.addresses {
        try socket.send(
          AnnouncementFrame(of: address, at: station.mac, from: sender).bytes, by: index)
      }
    } catch {
      throw NetlinkError(error)
    }
  }
}
