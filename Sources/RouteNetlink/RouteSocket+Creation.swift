public import LinuxSystem
public import Netlink

extension RouteSocket {
  /// Makes a bridge whose MTU and hardware address do not follow its ports; returns its index.
  ///
  /// Throws `.exists` when the name is taken. Nothing is left behind after a failure.
  public mutating func createBridge(_ bridge: LinkSpecification) throws(NetlinkError) -> UInt32 {
    var creation = bridge
    // An MTU given here would still follow the smallest port; only a later change pins it.
    creation.mtu = nil
    creation.isUp = false
    try create(creation, kind: "bridge") { writer in
      writer.attribute(LinkAttribute.bridgeForwardDelay, UInt32(0))
    }
    let index = try created(bridge.name).index
    do throws(NetlinkError) {
      try complete(index, with: bridge)
    } catch {
      try? deleteLink(index)
      throw error
    }
    return index
  }

  /// Makes a veth pair with its far end in `namespace`; returns the near end.
  ///
  /// The far end stays down whatever its specification says, so that its own namespace can be
  /// prepared first; a master of it is an index of that namespace. Throws `.exists` when a name is
  /// taken. Nothing is left behind after a failure.
  public mutating func createVethPair(
    _ near: LinkSpecification, far: LinkSpecification, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) -> Link {
    let descriptor = UInt32(bitPattern: namespace.descriptor.rawValue)
    try LinkSpecification.check(far.name)
    try create(near, kind: "veth") { writer in
      writer.nest(LinkAttribute.vethPeer) { (writer: inout MessageWriter) in
        writer.append(LinkHeader())
        writer.appendCreation(of: far)
        writer.attribute(LinkAttribute.namespaceDescriptor, descriptor)
      }
    }
    let link = try created(near.name)
    do throws(NetlinkError) {
      if let alias = near.alias { try setLink(link.index, alias: alias) }
      try completeFarEnd(link.peerIndex, with: far, in: namespace)
    } catch {
      try? deleteLink(link.index)
      throw error
    }
    return try created(near.name)
  }

  /// Makes a link of this namespace; returns its index.
  ///
  /// Throws `.exists` when the name is taken and `.notSupported` when the kernel lacks the kind.
  /// Nothing is left behind after a failure.
  public mutating func createLink(
    _ link: LinkSpecification, _ kind: LinkKind
  ) throws(NetlinkError) -> UInt32 {
    try create(link, kind: kind.name, parent: kind.parent, kind.writeData)
    let index = try created(link.name).index
    guard let alias = link.alias else { return index }
    do throws(NetlinkError) {
      try setLink(index, alias: alias)
    } catch {
      try? deleteLink(index)
      throw error
    }
    return index
  }

  /// Makes a link inside another namespace, on a parent of this one; returns its index there.
  ///
  /// The link stays down whatever its specification says; a master is an index of that namespace.
  /// Throws as for a link of this namespace.
  public mutating func createLink(
    _ link: LinkSpecification, _ kind: LinkKind, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) -> UInt32 {
    let descriptor = UInt32(bitPattern: namespace.descriptor.rawValue)
    var creation = link
    creation.isUp = false
    creation.masterIndex = nil
    var inside = try RouteSocket.open(in: namespace)
    try create(
      creation, kind: kind.name, parent: kind.parent, namespace: descriptor, kind.writeData)
    let index = try inside.created(link.name).index
    do throws(NetlinkError) {
      try inside.complete(index, alias: link.alias, masterIndex: link.masterIndex)
    } catch {
      try? inside.deleteLink(index)
      throw error
    }
    return index
  }

  private mutating func create(
    _ link: LinkSpecification, kind: String, parent: UInt32? = nil, namespace: UInt32? = nil,
    _ data: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    try LinkSpecification.check(link.name)
    try netlink.request(RouteMessage.newLink, flags: [.create, .exclusive]) { writer in
      let flags: LinkFlags = link.isUp ? .up : []
      writer.append(LinkHeader(flags: flags, change: flags))
      writer.appendCreation(of: link)
      if let master = link.masterIndex { writer.attribute(LinkAttribute.master, master) }
      if let parent { writer.attribute(LinkAttribute.link, parent) }
      if let namespace { writer.attribute(LinkAttribute.namespaceDescriptor, namespace) }
      writer.nest(LinkAttribute.info) { (writer: inout MessageWriter) in
        writer.attribute(LinkAttribute.infoKind, string: kind)
        writer.nest(LinkAttribute.infoData, data)
      }
    }
  }

  private mutating func created(_ name: String) throws(NetlinkError) -> Link {
    guard let link = try link(named: name) else { throw NetlinkError(.noDevice) }
    return link
  }

  /// Sets what the kernel does not take, or does not keep, when it makes a bridge.
  private mutating func complete(
    _ index: UInt32, with bridge: LinkSpecification
  ) throws(NetlinkError) {
    let flags: LinkFlags = bridge.isUp ? .up : []
    try change(LinkHeader(index: index, flags: flags, change: flags)) { writer in
      if let mtu = bridge.mtu { writer.attribute(LinkAttribute.mtu, mtu) }
      if let alias = bridge.alias { writer.attribute(LinkAttribute.alias, bytes: alias.utf8) }
    }
  }

  private func completeFarEnd(
    _ index: UInt32?, with far: LinkSpecification, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) {
    guard far.alias != nil || far.masterIndex != nil else { return }
    guard let index else { throw NetlinkError(.noDevice) }
    var inside = try RouteSocket.open(in: namespace)
    try inside.complete(index, alias: far.alias, masterIndex: far.masterIndex)
  }

  /// Sets what the kernel does not take when it makes a link in another namespace.
  private mutating func complete(
    _ index: UInt32, alias: String?, masterIndex: UInt32?
  ) throws(NetlinkError) {
    guard alias != nil || masterIndex != nil else { return }
    try change(LinkHeader(index: index)) { writer in
      if let alias { writer.attribute(LinkAttribute.alias, bytes: alias.utf8) }
      if let masterIndex { writer.attribute(LinkAttribute.master, masterIndex) }
    }
  }
}
