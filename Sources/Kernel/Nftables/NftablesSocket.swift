package import KernelModel
import LinuxSystem
package import Netlink

/// A socket for netctl's nftables table in one network namespace.
///
/// Closing it after elements were deleted waits several milliseconds for the kernel to reclaim
/// them, so it should be closed last, when the kernel has already done so.
package struct NftablesSocket: ~Copyable {
  var netlink: NetlinkSocket

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(NetlinkError) -> NftablesSocket {
    try NftablesSocket(netlink: .open(.netfilter))
  }

  /// A socket whose datagrams are carried by `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// The socket's file descriptor, to be kept open in a child process.
  package var descriptor: Int32 { netlink.descriptor }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }

  /// What the installed table says of its version; nil when there is no table, when it does not
  /// say, when a chain lacks rules or has others besides, and when somebody has switched the table
  /// off.
  ///
  /// The table needs to be installed unless this is `Ruleset.version`.
  package mutating func installedVersion() throws(NetlinkError) -> String? {
    let chains = try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: NetfilterFamily.inet) }, parse: InstalledChain.init)
    for (name, count) in Ruleset.useCounts
    where !chains.contains(where: { $0.name == name.rawValue && $0.useCount == count }) {
      return nil
    }
    if try isDormant() { return nil }
    return chains.first { $0.name == ChainName.forward.rawValue }?.comment
  }

  /// Creates the table with exactly these elements, in one transaction, whatever it contained
  /// before.
  ///
  /// The chain `admin` keeps its rules.
  package mutating func install(elements: [FirewallElement]) throws(NetlinkError) {
    let elements = try elements.asSetElements()
    let isRebuild = try hasTable()
    if isRebuild, try isDormant() {
      try netlink.transact { batch throws(NetlinkError) in batch.activateTable() }
    }
    try netlink.transact { batch throws(NetlinkError) in
      if isRebuild {
        batch.emptyTable()
      } else {
        batch.createTable()
      }
      batch.fillTable()
      batch.append(NftablesMessage.newElement, elements)
    }
  }

  /// Removes and adds elements in one transaction.
  ///
  /// Removing a missing element and adding an identical one succeed. Throws `.exists` when another
  /// element has the key of one to add, for example a port that is already published; then nothing
  /// has changed.
  package mutating func update(
    adding added: [FirewallElement], removing removed: [FirewallElement]
  ) throws(NetlinkError) {
    let added = try added.asSetElements()
    let removed = try removed.asSetElements()
    let removals = removed.messageCount
    do throws(NetlinkError) {
      try update(adding: added, removing: removed)
    } catch {
      // Another element has the key, so the element to remove is not there.
      guard error.errno == .fileExists, let index = error.batchIndex, index < removals else {
        throw error
      }
      var present: [SetElement] = []
      for element in removed {
        guard try isPresentOrHarmless(element) else { continue }
        present.append(element)
      }
      try update(adding: added, removing: present)
    }
  }

  /// Whether the chain `admin` has no rules.
  package mutating func adminChainIsEmpty() throws(NetlinkError) -> Bool {
    let rules = try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getRule),
      { writer in
        writer.appendNetfilterHeader(family: NetfilterFamily.inet)
        writer.attribute(RuleAttribute.table, string: Ruleset.table)
        writer.attribute(RuleAttribute.chain, string: ChainName.admin.rawValue)
      },
      parse: { $0.type == NftablesMessage.qualified(NftablesMessage.newRule) ? $0.type : nil })
    return rules.isEmpty
  }

  /// Whether the table contains a network's bridge.
  package mutating func hasBridges() throws(NetlinkError) -> Bool {
    try !elements(of: SetName.bridges.rawValue) { _ in true }.isEmpty
  }

  /// The table with the contents of its sets and maps.
  package mutating func observedFirewall() throws(NetlinkError) -> ObservedFirewall {
    guard try hasTable() else { return ObservedFirewall(isInstalled: false) }
    let isInstalled = try isAsInstalled()
    var known: Set<FirewallElement> = []
    var unrecognizedCount = 0
    for set in SetName.allCases {
      for element in try elements(of: set.rawValue, parse: { FirewallElement(in: set, $0) }) {
        if let element { known.insert(element) } else { unrecognizedCount += 1 }
      }
    }
    return ObservedFirewall(
      isInstalled: isInstalled, elements: known, unrecognizedCount: unrecognizedCount)
  }

  /// Deletes the table with everything in it, including the administrator's chain.
  package mutating func deleteTable() throws(NetlinkError) {
    guard try hasTable() else { return }
    try netlink.transact { batch throws(NetlinkError) in batch.deleteTable() }
  }
}

extension NftablesSocket {
  private mutating func update(
    adding added: [SetElement], removing removed: [SetElement]
  ) throws(NetlinkError) {
    try netlink.transact { batch throws(NetlinkError) in
      // Before Linux 6.3, deleting a missing element is an error; adding it first avoids that.
      batch.append(NftablesMessage.newElement, removed)
      batch.append(NftablesMessage.deleteElement, removed)
      batch.append(NftablesMessage.newElement, added)
    }
  }

  /// The elements of a set, as parsed by `parse`; empty if the set does not exist.
  mutating func elements<Element>(
    of set: String, parse: (AttributeSequence) -> Element
  ) throws(NetlinkError) -> [Element] {
    do throws(NetlinkError) {
      return try netlink.dump(
        NftablesMessage.qualified(NftablesMessage.getElement),
        { writer in
          writer.appendNetfilterHeader(family: NetfilterFamily.inet)
          writer.attribute(ElementAttribute.table, string: Ruleset.table)
          writer.attribute(ElementAttribute.set, string: set)
        },
        parse: { message in
          message.attributes(after: netfilterHeaderLength)
            .first { $0.type == ElementAttribute.elements }
            .map { list in
              list.attributes.filter { $0.type == DataAttribute.listMember }
                .map { parse($0.attributes) }
            }
        }
      ).flatMap(\.self)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return []
    }
  }

  private mutating func hasTable() throws(NetlinkError) -> Bool {
    try find(
      NftablesMessage.getTable,
      { $0.attribute(TableAttribute.name, string: Ruleset.table) },
      parse: { _ in true }) ?? false
  }

  /// Whether adding the element would conflict with no other.
  private mutating func isPresentOrHarmless(
    _ element: SetElement
  ) throws(NetlinkError) -> Bool {
    guard element.hasValue else { return true }
    let value = try find(
      NftablesMessage.getElement,
      { writer in
        writer.attribute(ElementAttribute.table, string: Ruleset.table)
        writer.attribute(ElementAttribute.set, string: element.set.rawValue)
        writer.nest(ElementAttribute.elements) { (writer: inout MessageWriter) in
          writer.nest(DataAttribute.listMember) { (writer: inout MessageWriter) in
            writer.value(ElementAttribute.key, element.key)
          }
        }
      },
      parse: SetElement.value(in:))
    return value == nil || value == element.value
  }

  /// Queries one object of the table; nil if it or the table does not exist.
  mutating func find<Value>(
    _ type: UInt16, _ body: (inout MessageWriter) -> Void, parse: (NetlinkMessage) -> Value?
  ) throws(NetlinkError) -> Value? {
    do throws(NetlinkError) {
      return try netlink.get(
        NftablesMessage.qualified(type),
        { writer in
          writer.appendNetfilterHeader(family: NetfilterFamily.inet)
          body(&writer)
        },
        parse: parse)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }
}

/// A chain of netctl's table from a kernel dump.
private struct InstalledChain {
  var name = ""
  var useCount: UInt32 = 0
  var comment: String?

  init?(_ message: NetlinkMessage) {
    var table = ""
    for attribute in message.attributes(after: netfilterHeaderLength) {
      switch attribute.type {
      case ChainAttribute.table: table = attribute.string
      case ChainAttribute.name: name = attribute.string
      case ChainAttribute.useCount: useCount = attribute.bigEndian() ?? 0
      case ChainAttribute.userData:
        comment = UserData.text(UserData.chainComment, in: attribute.payload)
      default: continue
      }
    }
    guard table == Ruleset.table else { return nil }
  }
}
