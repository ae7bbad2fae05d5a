package import LinuxSystem
package import Netlink

extension RouteSocket {
  /// Creates a bridge whose MTU and hardware address do not follow its ports; returns its index.
  ///
  /// Throws `.fileExists` when the name is taken. Nothing is left behind after an error.
  package mutating func createBridge(_ bridge: LinkSpecification) throws(NetlinkError) -> UInt32 {
    var creation = bridge
    // An MTU given at creation would still follow the smallest port's; only a later change pins it.
    creation.mtu = nil
    try create(creation, kind: "bridge") { writer in
      writer.attribute(LinkAttribute.bridgeForwardDelay, UInt32(0))
    }
    let index = try created(bridge.name)
    do throws(NetlinkError) {
      try complete(index, with: bridge)
    } catch {
      try? deleteLink(index)
      throw error
    }
    return index
  }

  /// Creates a veth pair with its far end in `namespace`; returns the near end's index.
  ///
  /// The far end's alias and master are ignored. Throws `.fileExists` if a name is taken. Leaves
  /// nothing behind on failure.
  package mutating func createVethPair(
    _ near: LinkSpecification, far: LinkSpecification, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) -> UInt32 {
    let descriptor = UInt32(bitPattern: namespace.descriptor.rawValue)
    try LinkSpecification.check(far.name)
    try create(near, kind: "veth") { writer in
      writer.nest(LinkAttribute.vethPeer) { (writer: inout MessageWriter) in
        writer.append(LinkHeader())
        writer.appendCreation(of: far)
        writer.attribute(LinkAttribute.namespaceDescriptor, descriptor)
      }
    }
    let index = try created(near.name)
    guard let alias = near.alias else { return index }
    do throws(NetlinkError) {
      try setLink(index, alias: alias, group: 0)
    } catch {
      try? deleteLink(index)
      throw error
    }
    return index
  }

  private mutating func create(
    _ link: LinkSpecification, kind: String, _ data: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    try LinkSpecification.check(link.name)
    try netlink.request(RouteMessage.newLink, flags: .createNew) { writer in
      writer.append(LinkHeader())
      writer.appendCreation(of: link)
      if let master = link.masterIndex { writer.attribute(LinkAttribute.master, master) }
      writer.nest(LinkAttribute.info) { (writer: inout MessageWriter) in
        writer.attribute(LinkAttribute.infoKind, string: kind)
        writer.nest(LinkAttribute.infoData, data)
      }
    }
  }

  private func created(_ name: String) throws(NetlinkError) -> UInt32 {
    guard let index = try index(named: name) else { throw NetlinkError(.noDevice) }
    return index
  }

  /// Sets what the kernel does not accept, or does not keep, when creating a bridge.
  private mutating func complete(
    _ index: UInt32, with bridge: LinkSpecification
  ) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { writer in
      if let mtu = bridge.mtu { writer.attribute(LinkAttribute.mtu, mtu) }
      if let alias = bridge.alias {
        writer.attribute(LinkAttribute.alias, bytes: Array(alias.utf8))
        writer.attribute(LinkAttribute.group, UInt32(0))
      }
    }
  }
}
