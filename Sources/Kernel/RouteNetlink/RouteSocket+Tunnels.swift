package import Addressing
import CLinux
import LinuxSystem
package import Netlink

/// VXLAN links and the tables that say what is behind them.
extension RouteSocket {
  /// Creates a VXLAN link that learns nothing; returns its index.
  ///
  /// Throws `.fileExists` when the name is taken, or the host has another link with the identifier
  /// and port. Leaves nothing behind on failure.
  package mutating func createVXLAN(
    _ link: LinkSpecification, _ tunnel: VXLANSpecification
  ) throws(NetlinkError) -> UInt32 {
    try create(link, kind: "vxlan") { writer in tunnel.write(to: &writer) }
    return try finishCreation(of: link)
  }

  /// Adds the host of a hardware address, replacing another one.
  package mutating func add(_ entry: TunnelEntry) throws(NetlinkError) {
    try netlink.request(RouteMessage.newNeighbor, flags: .createOrReplace, entry.write(to:))
  }

  /// Removes the host of a hardware address; succeeds if it is already gone.
  package mutating func remove(_ entry: TunnelEntry) throws(NetlinkError) {
    try removeNeighbor(entry.write(to:))
  }

  /// Removes a hardware address from the forwarding database of a port's bridge; succeeds if it is
  /// already gone.
  package mutating func remove(_ entry: ForwardingEntry) throws(NetlinkError) {
    try removeNeighbor(entry.write(to:))
  }

  /// Adds a neighbour that stays until it is removed, replacing another one.
  package mutating func addNeighbor(
    _ address: IPAddress, at hardwareAddress: MACAddress, on link: UInt32
  ) throws(NetlinkError) {
    try netlink.request(RouteMessage.newNeighbor, flags: .createOrReplace) { writer in
      Self.write(address, on: link, state: UInt16(NUD_PERMANENT), to: &writer)
      writer.attribute(NeighborAttribute.hardwareAddress, bytes: hardwareAddress.bytes)
    }
  }

  /// Removes a neighbour; succeeds if it is already gone.
  package mutating func removeNeighbor(
    _ address: IPAddress, on link: UInt32
  ) throws(NetlinkError) {
    try removeNeighbor { writer in Self.write(address, on: link, state: 0, to: &writer) }
  }

  /// The hosts of hardware addresses behind a VXLAN link, and the static entries that its bridge
  /// has for it as a port.
  package mutating func tunnelEntries(
    of link: UInt32
  ) throws(NetlinkError) -> (own: [TunnelEntry], ofPort: [ForwardingEntry]) {
    var own: [TunnelEntry] = []
    let ofPort = try netlink.dump(
      RouteMessage.getNeighbor,
      { writer in
        writer.append(Family.bridge)
        writer.append(zeros: 3)
        writer.append(link)
        writer.append(zeros: 4)
      },
      parse: { message -> ForwardingEntry? in
        if let entry = TunnelEntry(message) {
          own.append(entry)
          return nil
        }
        return ForwardingEntry(message).flatMap { $0.isStatic ? $0 : nil }
      })
    return (own.filter { $0.linkIndex == link }, ofPort.filter { $0.linkIndex == link })
  }

  /// The neighbour entries of one link, of both families.
  package mutating func neighbors(of link: UInt32) throws(NetlinkError) -> [Neighbor] {
    try netlink.dump(
      RouteMessage.getNeighbor,
      { writer in
        writer.append(Family.unspecified)
        writer.append(zeros: ForwardingEntry.headerLength - 1)
        writer.attribute(NeighborAttribute.link, link)
      }, parse: Neighbor.init
    ).filter { $0.linkIndex == link }
  }

  private static func write(
    _ address: IPAddress, on link: UInt32, state: UInt16, to writer: inout MessageWriter
  ) {
    writer.append(address.family.number)
    writer.append(zeros: 3)
    writer.append(link)
    writer.append(state)
    writer.append(zeros: 2)
    writer.attribute(NeighborAttribute.destination, bytes: address.bytes)
  }

  private mutating func removeNeighbor(
    _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    do throws(NetlinkError) {
      try netlink.request(RouteMessage.deleteNeighbor, body)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
    }
  }
}
