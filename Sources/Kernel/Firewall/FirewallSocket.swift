package import KernelModel
package import Netlink
import Nftables

/// A socket for netctl's nftables table in one network namespace.
///
/// Closing it after elements were deleted waits several milliseconds for the kernel to reclaim
/// them, so it should be closed last, when the kernel has already done so.
package struct FirewallSocket: ~Copyable {
  var nftables: NftablesSocket
  /// The chains of all tables, once listed; those of other tables are not listed again.
  var listing: [InstalledChain]?

  /// Opens a socket in the thread's network namespace.
  package static func open() throws(NetlinkError) -> FirewallSocket {
    try FirewallSocket(nftables: .open())
  }

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport) {
    nftables = NftablesSocket(transport)
    listing = nil
  }

  private init(nftables: consuming NftablesSocket) {
    self.nftables = nftables
    listing = nil
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    nftables.observe(observer)
  }

  /// The version stated by the installed table; nil if there is no table, it states no version, a
  /// chain lacks rules or has extra ones, or the table is dormant.
  ///
  /// The table must be installed unless this is `Ruleset.version`.
  package mutating func installedVersion() throws(NetlinkError) -> String? {
    let all = try nftables.chains()
    listing = all
    let chains = all.filter(\.isOurs)
    guard Ruleset.hasUseCounts(of: chains), try !nftables.isDormant(Ruleset.definition) else {
      return nil
    }
    return chains.first { $0.name == ChainName.forward.rawValue }?.comment
  }

  /// Creates the table with exactly these elements, in one transaction, whatever it contained
  /// before.
  ///
  /// The chain `admin` keeps its rules.
  package mutating func install(elements: [FirewallElement]) throws(NetlinkError) {
    let elements = try elements.asSetElements()
    let table = Ruleset.definition
    let isRebuild = try nftables.has(table)
    if isRebuild, try nftables.isDormant(table) {
      try nftables.transact { batch throws(NetlinkError) in batch.activate(table) }
    }
    try nftables.transact { batch throws(NetlinkError) in
      if isRebuild {
        batch.empty(table)
      } else {
        batch.create(table)
      }
      batch.fill(table)
      batch.add(elements, to: table)
    }
  }

  /// Removes and adds elements in one transaction.
  ///
  /// Removing a missing element and adding an identical one succeed. Throws `.fileExists` when
  /// another element has the key of one to add, for example a port that is already published; then
  /// nothing has changed.
  package mutating func update(
    adding added: [FirewallElement], removing removed: [FirewallElement]
  ) throws(NetlinkError) {
    try nftables.update(
      Ruleset.definition, adding: added.asSetElements(), removing: removed.asSetElements())
  }

  /// Whether the chain `admin` has no rules.
  package mutating func adminChainIsEmpty() throws(NetlinkError) -> Bool {
    try nftables.rules(table: Ruleset.table, chain: ChainName.admin.rawValue).isEmpty
  }

  /// Whether the table contains a network's bridge.
  package mutating func hasBridges() throws(NetlinkError) -> Bool {
    try !nftables.elements(of: .bridges, in: Ruleset.definition).isEmpty
  }

  /// The table with the contents of its sets and maps.
  ///
  /// It counts as installed only if its rules are those of this version: `installedVersion` counts
  /// them, and one may have been replaced.
  package mutating func observedFirewall() throws(NetlinkError) -> ObservedFirewall {
    let table = Ruleset.definition
    guard try nftables.has(table) else { return ObservedFirewall(isInstalled: false) }
    let isOfThisVersion = try installedVersion() == Ruleset.version
    let isInstalled = isOfThisVersion ? try nftables.agrees(with: table) : false
    var known: Set<FirewallElement> = []
    var unrecognizedCount = 0
    for set in table.sets {
      for element in try nftables.elements(of: set.name, in: table) {
        if let element = element.flatMap(FirewallElement.init) {
          known.insert(element)
        } else {
          unrecognizedCount += 1
        }
      }
    }
    return ObservedFirewall(
      isInstalled: isInstalled, elements: known, unrecognizedCount: unrecognizedCount)
  }

  /// Deletes the table with everything in it, including the administrator's chain.
  package mutating func deleteTable() throws(NetlinkError) {
    guard try nftables.has(Ruleset.definition) else { return }
    try nftables.transact { batch throws(NetlinkError) in batch.delete(Ruleset.definition) }
  }
}
