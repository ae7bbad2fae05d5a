package import KernelModel
package import Netlink
import Nftables

/// A socket for netctl's nftables tables in one network namespace: one of family inet with what
/// distinguishes networks and ports, and one each of the families bridge and arp. They are created,
/// changed and deleted together.
///
/// Closing it after elements were deleted waits several milliseconds for the kernel to reclaim
/// them, so it should be closed last, when the kernel has already done so.
package struct FirewallSocket: ~Copyable {
  var nftables: NftablesSocket
  private let ruleset: Ruleset
  /// The chains of all tables, once listed; those of other tables are not listed again.
  var listing: [InstalledChain]?

  /// Opens a socket in the thread's network namespace.
  package static func open(
    _ ruleset: Ruleset = Ruleset()
  ) throws(NetlinkError) -> FirewallSocket {
    try FirewallSocket(nftables: .open(), ruleset)
  }

  /// Creates a socket that sends and receives through `transport`.
  package init(_ transport: any NetlinkTransport, _ ruleset: Ruleset = Ruleset()) {
    self.init(nftables: NftablesSocket(transport), ruleset)
  }

  private init(nftables: consuming NftablesSocket, _ ruleset: Ruleset) {
    self.nftables = nftables
    self.ruleset = ruleset
    listing = nil
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    nftables.observe(observer)
  }

  /// Whether the tables are installed with the rules of this version and these settings.
  package mutating func isInstalled() throws(NetlinkError) -> Bool {
    try installedVersion() == ruleset.version
  }

  /// The version stated by the installed tables; nil if one is missing, they state no version, a
  /// chain lacks rules or has extra ones, or a table is dormant.
  ///
  /// The tables must be installed unless this is the `version` of the rule set.
  package mutating func installedVersion() throws(NetlinkError) -> String? {
    let chains = try nftables.chains()
    listing = chains
    guard ruleset.chainsUsedOtherwise(in: chains).isEmpty else { return nil }
    let tables = try nftables.tables()
    guard ruleset.definitions.allSatisfy({ tables.first(like: $0)?.isDormant == false }) else {
      return nil
    }
    return chains.first { $0.isChain(.forward, of: ruleset.definition) }?.comment
  }

  /// Creates the tables with exactly these elements, in one transaction, whatever they contained
  /// before.
  ///
  /// The chain `admin` keeps its rules.
  package mutating func install(elements: [FirewallElement]) throws(NetlinkError) {
    let elements = try elements.asSetElements()
    let installed = try nftables.tables()
    let dormant = ruleset.definitions.filter { installed.first(like: $0)?.isDormant == true }
    if !dormant.isEmpty {
      try nftables.transact { batch throws(NetlinkError) in
        for table in dormant { batch.activate(table) }
      }
    }
    try nftables.transact { batch throws(NetlinkError) in
      for table in ruleset.definitions {
        if installed.first(like: table) != nil {
          batch.empty(table)
        } else {
          batch.create(table)
        }
        batch.fill(table)
      }
      batch.add(elements, to: ruleset.definitions)
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
      ruleset.definitions, adding: added.asSetElements(), removing: removed.asSetElements())
  }

  /// Whether the chain `admin` has no rules.
  package mutating func adminChainIsEmpty() throws(NetlinkError) -> Bool {
    try nftables.rules(table: Ruleset.table, chain: ChainName.admin.rawValue).isEmpty
  }

  /// Whether the table contains a network's bridge.
  package mutating func hasBridges() throws(NetlinkError) -> Bool {
    try !nftables.elements(of: .bridges, in: ruleset.definition).isEmpty
  }

  /// The tables with the contents of their sets and maps.
  ///
  /// They count as installed only if their rules are those of this version: `installedVersion`
  /// counts them, and one may have been replaced.
  package mutating func observedFirewall() throws(NetlinkError) -> ObservedFirewall {
    let present = try nftables.tables()
    guard present.first(like: ruleset.definition) != nil else {
      return ObservedFirewall(isInstalled: false)
    }
    var isInstalled = try isInstalled()
    var known: Set<FirewallElement> = []
    var unrecognizedCount = 0
    for table in ruleset.definitions {
      if isInstalled { isInstalled = try nftables.agrees(with: table) }
      for set in table.sets {
        for element in try nftables.elements(of: set.name, in: table) {
          if let element = element.flatMap(FirewallElement.init) {
            known.insert(element)
          } else {
            unrecognizedCount += 1
          }
        }
      }
    }
    return ObservedFirewall(
      isInstalled: isInstalled, elements: known, unrecognizedCount: unrecognizedCount)
  }

  /// Whether netctl makes a rule of one of its tables; nil for a chain that is the administrator's.
  package mutating func isOwn(
    _ handle: UInt64, ofChain chain: String, family: String
  ) throws(NetlinkError) -> Bool? {
    if chain == ChainName.admin.rawValue { return nil }
    guard
      let table = ruleset.definitions.first(where: { NetfilterFamily.name($0.family) == family })
    else { return nil }
    return try nftables.isRule(handle, ofChain: chain, definedBy: table)
  }

  /// Deletes the tables with everything in them, including the administrator's chain.
  package mutating func deleteTables() throws(NetlinkError) {
    let installed = try nftables.tables()
    let present = ruleset.definitions.filter { installed.first(like: $0) != nil }
    guard !present.isEmpty else { return }
    try nftables.transact { batch throws(NetlinkError) in
      for table in present { batch.delete(table) }
    }
  }
}
