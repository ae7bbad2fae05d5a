import CLinux
import LinuxSystem
package import Netlink

/// A socket for the nftables of one network namespace.
///
/// Closing it after elements were deleted waits several milliseconds for the kernel to reclaim
/// them, so it should be closed last, when the kernel has already done so.
package struct NftablesSocket: ~Copyable {
  private var netlink: NetlinkSocket

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(NetlinkError) -> NftablesSocket {
    try NftablesSocket(netlink: .open(.netfilter))
  }

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }

  /// Sends the changes that `body` appends in one transaction.
  package mutating func transact(
    _ body: (inout NetfilterBatch) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try netlink.transact(body)
  }

  /// The tables of all families.
  package mutating func tables() throws(NetlinkError) -> [InstalledTable] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getTable),
      { $0.appendNetfilterHeader(family: NetfilterFamily.unspecified) },
      parse: InstalledTable.init)
  }

  /// The chains of all tables of a family, or of all families.
  package mutating func chains(
    ofFamily family: UInt8 = NetfilterFamily.unspecified
  ) throws(NetlinkError) -> [InstalledChain] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: family) }, parse: InstalledChain.init)
  }

  /// The attributes of all chains of a family.
  mutating func chainAttributes(ofFamily family: UInt8) throws(NetlinkError) -> [[Attribute]] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: family) },
      parse: { Array($0.attributes(after: netfilterHeaderLength)) })
  }

  /// The rules of a table, or of one of its chains.
  package mutating func rules(
    ofFamily family: UInt8 = NetfilterFamily.inet, table: String, chain: String? = nil
  ) throws(NetlinkError) -> [InstalledRule] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getRule),
      { writer in
        writer.appendNetfilterHeader(family: family)
        writer.attribute(RuleAttribute.table, string: table)
        if let chain { writer.attribute(RuleAttribute.chain, string: chain) }
      },
      parse: InstalledRule.init)
  }

  /// The elements of a set, nil for each that cannot be parsed; empty if the set does not exist.
  package mutating func elements(
    of set: SetName, in table: TableDefinition
  ) throws(NetlinkError) -> [SetElement?] {
    do throws(NetlinkError) {
      return try netlink.dump(
        NftablesMessage.qualified(NftablesMessage.getElement),
        { writer in
          writer.appendNetfilterHeader(family: table.family)
          writer.attribute(ElementAttribute.table, string: table.name)
          writer.attribute(ElementAttribute.set, string: set.rawValue)
        },
        parse: { SetElement.list(of: set, in: $0) }
      ).flatMap(\.self)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return []
    }
  }

  /// Removes and adds elements in one transaction.
  ///
  /// Removing a missing element and adding an identical one succeed. Throws `.fileExists` when
  /// another element has the key of one to add; then nothing has changed.
  package mutating func update(
    _ tables: [TableDefinition], adding added: [SetElement], removing removed: [SetElement]
  ) throws(NetlinkError) {
    do throws(NetlinkError) {
      try replace(removed, by: added, in: tables)
    } catch {
      // Another element has the key, so the element to remove is not there.
      guard error.errno == .fileExists, let index = error.batchIndex, index < removed.messageCount
      else { throw error }
      var present: [SetElement] = []
      for element in removed {
        guard try isPresentOrHarmless(element, in: tables) else { continue }
        present.append(element)
      }
      try replace(present, by: added, in: tables)
    }
  }

  private mutating func replace(
    _ removed: [SetElement], by added: [SetElement], in tables: [TableDefinition]
  ) throws(NetlinkError) {
    try transact { batch throws(NetlinkError) in
      // Before Linux 6.3, deleting a missing element is an error; adding it first avoids that.
      batch.add(removed, to: tables)
      batch.delete(removed, from: tables)
      batch.add(added, to: tables)
    }
  }

  /// Whether adding the element would conflict with no other.
  private mutating func isPresentOrHarmless(
    _ element: SetElement, in tables: [TableDefinition]
  ) throws(NetlinkError) -> Bool {
    guard element.hasValue,
      let table = tables.first(where: { !$0.elements(among: [element]).isEmpty })
    else { return true }
    let found = try find(
      NftablesMessage.getElement, ofFamily: table.family,
      { writer in
        writer.attribute(ElementAttribute.table, string: table.name)
        writer.attribute(ElementAttribute.set, string: element.set.rawValue)
        writer.nest(ElementAttribute.elements) { (writer: inout MessageWriter) in
          writer.nest(DataAttribute.listMember) { (writer: inout MessageWriter) in
            writer.value(ElementAttribute.key, element.key)
          }
        }
      },
      parse: { SetElement.list(of: element.set, in: $0)?.first ?? nil })
    return found == nil || found?.value == element.value
  }

  /// Queries one object of a table; nil if it or the table does not exist.
  private mutating func find<Value>(
    _ type: UInt16, ofFamily family: UInt8, _ body: (inout MessageWriter) -> Void,
    parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> Value? {
    do throws(NetlinkError) {
      return try netlink.get(
        NftablesMessage.qualified(type),
        { writer in
          writer.appendNetfilterHeader(family: family)
          body(&writer)
        },
        parse: parse)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }
}

extension SetElement {
  /// The elements of a set in a message, nil for each that cannot be parsed.
  fileprivate static func list(of set: SetName, in message: NetlinkMessage) -> [SetElement?]? {
    message.attributes(after: netfilterHeaderLength)
      .first { $0.type == ElementAttribute.elements }
      .map { list in
        list.attributes.filter { $0.type == DataAttribute.listMember }
          .map { SetElement(in: set, $0.attributes) }
      }
  }
}
