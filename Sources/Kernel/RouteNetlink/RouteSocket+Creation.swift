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
    return try finishCreation(of: near)
  }

  /// Creates a link that carries the frames of the link `parent` with an 802.1Q tag; returns its
  /// index. Leaves nothing behind on failure.
  package mutating func createVLAN(
    _ link: LinkSpecification, id: UInt16, on parent: UInt32
  ) throws(NetlinkError) -> UInt32 {
    try create(link, kind: "vlan", on: parent) { $0.attribute(LinkAttribute.vlanID, id) }
    return try finishCreation(of: link)
  }

  /// Creates a dummy link; returns its index. Leaves nothing behind on failure.
  package mutating func createDummy(_ link: LinkSpecification) throws(NetlinkError) -> UInt32 {
    try create(link, kind: "dummy")
    return try finishCreation(of: link)
  }

  /// Creates an interface on the link `parent` with its own hardware address, in `namespace`, whose
  /// socket has to finish the creation.
  package mutating func createMacvlan(
    _ link: LinkSpecification, mode: UInt32, on parent: UInt32,
    in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) {
    try create(link, kind: "macvlan", on: parent, in: namespace.descriptor.rawValue) { writer in
      writer.attribute(LinkAttribute.macvlanMode, mode)
    }
  }

  /// Creates an interface on the link `parent` that shares its hardware address, in `namespace`,
  /// whose socket has to finish the creation.
  package mutating func createIpvlan(
    _ link: LinkSpecification, mode: UInt16, flags: UInt16, on parent: UInt32,
    in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) {
    try create(link, kind: "ipvlan", on: parent, in: namespace.descriptor.rawValue) { writer in
      writer.attribute(LinkAttribute.ipvlanMode, mode)
      if flags != 0 { writer.attribute(LinkAttribute.ipvlanFlags, flags) }
    }
  }

  /// Gives a new link its alias, or deletes it; returns its index.
  package mutating func finishCreation(of link: LinkSpecification) throws(NetlinkError) -> UInt32 {
    let index = try created(link.name)
    guard let alias = link.alias else { return index }
    do throws(NetlinkError) {
      try setLink(index, alias: alias, group: 0)
    } catch {
      try? deleteLink(index)
      throw error
    }
    return index
  }

  mutating func create(
    _ link: LinkSpecification, kind: String, on parent: UInt32? = nil, in namespace: Int32? = nil,
    _ data: ((inout MessageWriter) -> Void)? = nil
  ) throws(NetlinkError) {
    try LinkSpecification.check(link.name)
    try netlink.request(RouteMessage.newLink, flags: .createNew) { writer in
      writer.append(LinkHeader())
      writer.appendCreation(of: link)
      if let master = link.masterIndex { writer.attribute(LinkAttribute.master, master) }
      if let parent { writer.attribute(LinkAttribute.link, parent) }
      if let namespace {
        writer.attribute(LinkAttribute.namespaceDescriptor, UInt32(bitPattern: namespace))
      }
      writer.nest(LinkAttribute.info) { (writer: inout MessageWriter) in
        writer.attribute(LinkAttribute.infoKind, string: kind)
        if let data { writer.nest(LinkAttribute.infoData, data) }
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
