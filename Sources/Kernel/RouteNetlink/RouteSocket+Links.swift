package import Addressing
import CLinux
package import LinuxSystem
package import Netlink

extension RouteSocket {
  /// The link with this name, or nil.
  package mutating func link(named name: String) throws(NetlinkError) -> Link? {
    try link(LinkHeader()) { $0.attribute(LinkAttribute.name, string: name) }
  }

  /// The link with this index, or nil.
  package mutating func link(at index: UInt32) throws(NetlinkError) -> Link? {
    try link(LinkHeader(index: index)) { _ in }
  }

  /// The index of the link with this name, or nil.
  package func index(named name: String) throws(NetlinkError) -> UInt32? {
    do throws(Errno) {
      return try InterfaceIndex.of(name, socket: netlink.descriptor)
    } catch {
      throw NetlinkError(error)
    }
  }

  /// All links, ordered by index.
  package mutating func links() throws(NetlinkError) -> [Link] {
    try netlink.dump(
      RouteMessage.getLink,
      { writer in
        writer.append(LinkHeader())
        writer.appendExtensionMask()
      }, parse: Link.init
    )
    .sorted { $0.index < $1.index }
  }

  /// Whether links of a kind can exist now. Loads no modules. The socket cannot list anything else
  /// then.
  ///
  /// A dump filtered by an unknown kind is not filtered, so that its first link is of another kind.
  package mutating func isKnown(kind: String) throws(NetlinkError) -> Bool {
    try netlink.beginningOfDump(
      RouteMessage.getLink,
      { writer in
        writer.append(LinkHeader())
        writer.nest(LinkAttribute.info) { (writer: inout MessageWriter) in
          writer.attribute(LinkAttribute.infoKind, string: kind)
        }
      },
      parse: Link.init
    )
    .allSatisfy { $0.kind == kind }
  }

  /// Whether the namespace of a link's peer is gone.
  ///
  /// The kernel deletes the links of a namespace, and the peers of its veths, up to 50 ms after the
  /// namespace's last user has left. Until then it has no ID for the namespace, or refuses to look
  /// it up (ENOENT, since Linux 5.0).
  package mutating func isOrphaned(_ link: Link) -> Bool {
    guard let id = link.linkNamespaceID else { return false }
    if id < 0 { return true }
    do throws(NetlinkError) {
      try netlink.request(RouteMessage.getNamespaceID) { Self.write(id, to: &$0) }
      return false
    } catch {
      return error.errno == .noSuchFileOrDirectory
    }
  }

  /// The indexes of the links whose peer's namespace is gone.
  package mutating func orphans(among links: [Link]) throws(NetlinkError) -> Set<UInt32> {
    let linked = links.filter { $0.linkNamespaceID.map { $0 >= 0 } ?? false }
    let errors = try netlink.requestEach(RouteMessage.getNamespaceID, for: linked) { writer, link in
      Self.write(link.linkNamespaceID ?? -1, to: &writer)
    }
    let gone = zip(linked, errors).filter { $1?.errno == .noSuchFileOrDirectory }
    return Set(gone.map(\.0.index))
      .union(links.filter { $0.linkNamespaceID.map { $0 < 0 } ?? false }.map(\.index))
  }

  private static func write(_ namespace: Int32, to writer: inout MessageWriter) {
    writer.append(zeros: 4)
    writer.attribute(NamespaceAttribute.id, namespace)
  }

  /// Sets a link up or down.
  package mutating func setLink(_ index: UInt32, up: Bool) throws(NetlinkError) {
    try change(LinkHeader(index: index, flags: up ? .up : [], change: .up)) { _ in }
  }

  /// Sets the MTU of a link; on a bridge this also pins it against changes by its ports.
  package mutating func setLink(_ index: UInt32, mtu: UInt32) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { $0.attribute(LinkAttribute.mtu, mtu) }
  }

  /// Sets the alias of a link, where an empty one removes it, and its group.
  package mutating func setLink(
    _ index: UInt32, alias: String, group: UInt32
  ) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { writer in
      writer.attribute(LinkAttribute.alias, bytes: Array(alias.utf8))
      writer.attribute(LinkAttribute.group, group)
    }
  }

  /// Moves a link to another namespace, where it gets a name and an alias (an empty one removes
  /// it), all at once. The kernel sets it down and removes its addresses. Throws `.fileExists` if
  /// the name is taken there.
  package mutating func moveLink(
    _ index: UInt32, to name: String, alias: String, in namespace: borrowing NetworkNamespace
  ) throws(NetlinkError) {
    try LinkSpecification.check(name)
    let descriptor = UInt32(bitPattern: namespace.descriptor.rawValue)
    try change(LinkHeader(index: index)) { writer in
      writer.attribute(LinkAttribute.namespaceDescriptor, descriptor)
      writer.attribute(LinkAttribute.name, string: name)
      writer.attribute(LinkAttribute.alias, bytes: Array(alias.utf8))
    }
  }

  /// Makes a link a port of a bridge; nil detaches it.
  package mutating func setLink(_ index: UInt32, master: UInt32?) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { $0.attribute(LinkAttribute.master, master ?? 0) }
  }

  /// Sets the hardware address of a link; the kernel announces it if `arp_notify` is set.
  package mutating func setLink(_ index: UInt32, address: MACAddress) throws(NetlinkError) {
    try change(LinkHeader(index: index)) {
      $0.attribute(LinkAttribute.address, bytes: address.bytes)
    }
  }

  /// Lets the kernel announce the IPv4 addresses of a link by gratuitous ARP when the link is set
  /// up or its hardware address is set (`arp_notify`).
  ///
  /// The sysctl does the same, but its lookup gets slower with each namespace that has an interface
  /// of that name.
  package mutating func setLink(_ index: UInt32, arpNotify: Bool) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { writer in
      writer.nest(LinkAttribute.familySpecific) { (writer: inout MessageWriter) in
        writer.nest(UInt16(Family.ipv4)) { (writer: inout MessageWriter) in
          writer.nest(LinkAttribute.ipv4Configuration) { (writer: inout MessageWriter) in
            writer.attribute(LinkAttribute.arpNotify, UInt32(arpNotify ? 1 : 0))
          }
        }
      }
    }
  }

  /// Sets the mode of a macvlan interface. Throws `.invalidArgument` for a change from or to
  /// passthru.
  package mutating func setLink(_ index: UInt32, macvlanMode: UInt32) throws(NetlinkError) {
    try change(LinkHeader(index: index)) { writer in
      writer.nest(LinkAttribute.info) { (writer: inout MessageWriter) in
        writer.attribute(LinkAttribute.infoKind, string: "macvlan")
        writer.nest(LinkAttribute.infoData) { (writer: inout MessageWriter) in
          writer.attribute(LinkAttribute.macvlanMode, macvlanMode)
        }
      }
    }
  }

  /// Renames a link; before Linux 6.2, a link that is up goes down briefly.
  package mutating func renameLink(_ index: UInt32, to name: String) throws(NetlinkError) {
    do throws(NetlinkError) {
      try rename(index, to: name)
    } catch {
      guard error.errno == .resourceBusy else { throw error }
      try setLink(index, up: false)
      defer { try? setLink(index, up: true) }
      try rename(index, to: name)
    }
  }

  /// Changes flags of a bridge port.
  package mutating func setPort(_ index: UInt32, _ flags: BridgePortFlags) throws(NetlinkError) {
    try netlink.request(RouteMessage.setLink) { writer in
      writer.append(LinkHeader(family: Family.bridge, index: index))
      writer.nest(LinkAttribute.protocolInfo) { (writer: inout MessageWriter) in
        writer.attribute(PortAttribute.isolated, flags.isolated)
        writer.attribute(PortAttribute.hairpin, flags.hairpin)
        writer.attribute(PortAttribute.learning, flags.learning)
        writer.attribute(PortAttribute.locked, flags.locked)
        writer.attribute(PortAttribute.unicastFlood, flags.floods)
      }
    }
  }

  /// Adds an address to the forwarding database of a port's bridge, replacing any existing entry.
  package mutating func add(_ entry: ForwardingEntry) throws(NetlinkError) {
    try netlink.request(
      RouteMessage.newNeighbor, flags: .createOrReplace, entry.write(to:))
  }

  /// The forwarding database entries of all bridges.
  package mutating func forwardingEntries() throws(NetlinkError) -> [ForwardingEntry] {
    try netlink.dump(
      RouteMessage.getNeighbor,
      { writer in
        writer.append(Family.bridge)
        writer.append(zeros: ForwardingEntry.headerLength - 1)
      }, parse: ForwardingEntry.init)
  }

  /// Deletes a link and its veth peer; throws `.noDevice` if it does not exist.
  package mutating func deleteLink(_ index: UInt32) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteLink) { $0.append(LinkHeader(index: index)) }
  }

  mutating func change(
    _ header: LinkHeader, _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) {
    try netlink.request(RouteMessage.newLink) { writer in
      writer.append(header)
      body(&writer)
    }
  }

  private mutating func link(
    _ header: LinkHeader, _ body: (inout MessageWriter) -> Void
  ) throws(NetlinkError) -> Link? {
    do throws(NetlinkError) {
      return try netlink.get(
        RouteMessage.getLink,
        { writer in
          writer.append(header)
          writer.appendExtensionMask()
          body(&writer)
        },
        parse: Link.init)
    } catch {
      guard error.errno == .noDevice else { throw error }
      return nil
    }
  }

  private mutating func rename(_ index: UInt32, to name: String) throws(NetlinkError) {
    try LinkSpecification.check(name)
    try change(LinkHeader(index: index)) { $0.attribute(LinkAttribute.name, string: name) }
  }
}

extension MessageWriter {
  // Collecting the statistics of every processor takes most of the time of a reply.
  fileprivate mutating func appendExtensionMask() {
    attribute(LinkAttribute.extensionMask, UInt32(RTEXT_FILTER_SKIP_STATS))
  }

  fileprivate mutating func attribute(_ type: UInt16, _ flag: Bool?) {
    guard let flag else { return }
    attribute(type, UInt8(flag ? 1 : 0))
  }
}
