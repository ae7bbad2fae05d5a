public import KernelModel
import LinuxSystem
public import Netlink

/// A socket for netctl's own nftables table in one network namespace.
///
/// Closing one after elements were deleted waits some milliseconds for the kernel to reclaim them,
/// so its owner should close it last, when the kernel has done that anyway.
public struct NftablesSocket: ~Copyable {
  var netlink: NetlinkSocket

  /// Opens a socket in the thread's network namespace.
  public static func open() throws(NetlinkError) -> NftablesSocket {
    try NftablesSocket(netlink: .open(.netfilter))
  }

  /// A socket whose datagrams are carried by `transport`.
  package init(_ transport: any NetlinkTransport) {
    netlink = NetlinkSocket(transport)
  }

  private init(netlink: consuming NetlinkSocket) {
    self.netlink = netlink
  }

  /// The number of the socket's descriptor, to be kept in a child process.
  public var descriptor: Int32 { netlink.descriptor }

  /// Shows everything that is sent and received from now on to `observer`.
  public mutating func observe(_ observer: @escaping NetlinkObserver) {
    netlink.observe(observer)
  }

  /// What the installed table says of its version; nil when there is no table, when it does not say,
  /// when a chain lacks rules or has others besides, and when somebody has switched the table off.
  ///
  /// The table needs to be installed unless this is `Skeleton.version`.
  public mutating func installedVersion() throws(NetlinkError) -> String? {
    let chains = try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: NetfilterFamily.inet) }, parse: InstalledChain.init)
    for (name, count) in Skeleton.useCounts
    where !chains.contains(where: { $0.name == name.rawValue && $0.useCount == count }) {
      return nil
    }
    if try isDormant() { return nil }
    return chains.first { $0.name == ChainName.forward.rawValue }?.comment
  }

  /// Makes the table with exactly these elements, in one transaction, whatever was in it before.
  ///
  /// The chain `admin` keeps its rules.
  public mutating func install(elements: [FirewallElement]) throws(NetlinkError) {
    let elements = try elements.asSetElements()
    let isRebuild = try hasTable()
    if isRebuild, try isDormant() {
      try netlink.transact { batch throws(NetlinkError) in batch.wakeTable() }
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
  /// Removing what is not there and adding what is there as wanted is success. Throws `.exists`
  /// when another element has the key of one to add, as when a published port is taken; then
  /// nothing has changed.
  public mutating func update(
    adding added: [FirewallElement], removing removed: [FirewallElement]
  ) throws(NetlinkError) {
    let added = try added.asSetElements()
    let removed = try removed.asSetElements()
    let removals = removed.messageCount
    do throws(NetlinkError) {
      try update(adding: added, removing: removed)
    } catch {
      // Something else has the key of an element to remove, which therefore is not there.
      guard error.errno == .exists, let index = error.batchIndex, index < removals else {
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

  /// Whether the administrator has no rules in the chain `admin`.
  public mutating func adminChainIsEmpty() throws(NetlinkError) -> Bool {
    let rules = try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getRule),
      { writer in
        writer.appendNetfilterHeader(family: NetfilterFamily.inet)
        writer.attribute(RuleAttribute.table, string: Skeleton.table)
        writer.attribute(RuleAttribute.chain, string: ChainName.admin.rawValue)
      },
      parse: { $0.type == NftablesMessage.qualified(NftablesMessage.newRule) ? $0.type : nil })
    return rules.isEmpty
  }

  /// Whether any network has its bridge in the table.
  public mutating func hasBridges() throws(NetlinkError) -> Bool {
    try !elements(of: SetName.bridges.rawValue) { _ in true }.isEmpty
  }

  /// The table with what its sets and maps hold.
  public mutating func observedFirewall() throws(NetlinkError) -> ObservedFirewall {
    guard try hasTable() else { return ObservedFirewall(isInstalled: false) }
    let isInstalled = try isAsInstalled()
    var known: Set<FirewallElement> = []
    var strangerCount = 0
    for set in SetName.allCases {
      for element in try elements(of: set.rawValue, parse: { FirewallElement(in: set, $0) }) {
        if let element { known.insert(element) } else { strangerCount += 1 }
      }
    }
    return ObservedFirewall(
      isInstalled: isInstalled, elements: known, strangerCount: strangerCount)
  }

  /// Deletes the table and all that is in it, the administrator's chain included.
  public mutating func deleteTable() throws(NetlinkError) {
    guard try hasTable() else { return }
    try netlink.transact { batch throws(NetlinkError) in batch.deleteTable() }
  }
}

extension NftablesSocket {
  private mutating func update(
    adding added: [SetElement], removing removed: [SetElement]
  ) throws(NetlinkError) {
    try netlink.transact { batch throws(NetlinkError) in
      // Only Linux 6.3 can delete what may not be there; adding it first is the same.
      batch.append(NftablesMessage.newElement, removed)
      batch.append(NftablesMessage.deleteElement, removed)
      batch.append(NftablesMessage.newElement, added)
    }
  }

  /// The elements of a set, each as `parse` reads it; none when there is no such set.
  mutating func elements<Element>(
    of set: String, parse: (AttributeSequence) -> Element
  ) throws(NetlinkError) -> [Element] {
    do throws(NetlinkError) {
      return try netlink.dump(
        NftablesMessage.qualified(NftablesMessage.getElement),
        { writer in
          writer.appendNetfilterHeader(family: NetfilterFamily.inet)
          writer.attribute(ElementAttribute.table, string: Skeleton.table)
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
      guard error.errno == .noEntry else { throw error }
      return []
    }
  }

  private mutating func hasTable() throws(NetlinkError) -> Bool {
    try find(
      NftablesMessage.getTable,
      { $0.attribute(TableAttribute.name, string: Skeleton.table) },
      parse: { _ in true }) ?? false
  }

  /// Whether adding the element would change no other.
  private mutating func isPresentOrHarmless(
    _ element: SetElement
  ) throws(NetlinkError) -> Bool {
    guard element.hasValue else { return true }
    let value = try find(
      NftablesMessage.getElement,
      { writer in
        writer.attribute(ElementAttribute.table, string: Skeleton.table)
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

  /// Asks for one object of the table; nil when it or the table is not there.
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
      guard error.errno == .noEntry else { throw error }
      return nil
    }
  }
}

/// A chain of netctl's table as the kernel has it.
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
    guard table == Skeleton.table else { return nil }
  }
}
