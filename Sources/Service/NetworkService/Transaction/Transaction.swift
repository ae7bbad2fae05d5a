import Configuration
import KernelModel
import NetworkModel
import StateStore

/// A change of the records and the kernel by one command, which holds the lock for as long.
///
/// Opening it finishes what interrupted commands left. A change is recorded before the kernel is
/// touched and again when it is complete; when anything fails in between, it is taken out of the
/// kernel and the records.
struct Transaction: ~Copyable {
  /// The changes that could not be undone, with the reasons.
  typealias Unrecovered = [(change: UnfinishedChange, error: ServiceError)]

  /// The records and the kernel, for reading.
  let view: StateView
  let identities: IdentitySource
  /// The clock.
  let now: () -> Timestamp
  /// The command line, as events show it.
  let command: String
  /// Whether the networks had been restored since the boot.
  private(set) var isRestored: Bool
  /// What interrupted commands left and recovery could not finish.
  private(set) var unrecovered: Unrecovered
  /// The pending changes in which plugins have a part: of interrupted commands, and of those that
  /// are waiting for a plugin.
  private(set) var pluginChanges: PendingChanges
  private var state: LockedState

  /// Takes the lock and finishes what interrupted commands left. Refuses the records of another
  /// namespace.
  static func open(
    _ view: StateView, _ identities: IdentitySource,
    now: @escaping () -> Timestamp, command: String
  ) throws(ServiceError) -> Transaction {
    var transaction = try openWithoutRecovery(
      view, identities, now: now, command: command)
    view.kernel.forgetSharedState()
    transaction.isRestored = try transaction.adoptingHost()
    let pending = try transaction.discardingUnwrittenChanges()
    transaction.unrecovered = try transaction.recover(pending)
    transaction.pluginChanges = pending.ofPlugins
    if !pending.updates.isEmpty { try transaction.renewIndex() }
    return transaction
  }

  /// Takes the lock only; what interrupted commands left stays as it is.
  static func openWithoutRecovery(
    _ view: StateView, _ identities: IdentitySource,
    now: @escaping () -> Timestamp, command: String,
    pluginChanges: PendingChanges = PendingChanges()
  ) throws(ServiceError) -> Transaction {
    Transaction(
      view: view, identities: identities, now: now, command: command,
      isRestored: true, unrecovered: [], pluginChanges: pluginChanges, state: try view.lock())
  }

  var kernel: KernelView { view.kernel }
  var notices: NoticeList { view.notices }
  var configuration: Configuration { view.configuration }
  /// The networks as they were when the lock was taken.
  var index: NetworkIndex { state.index }

  /// The network that a name, an identity or an identity prefix refers to.
  func network(_ reference: String) throws(ServiceError) -> Network {
    try view.network(reference, in: index)
  }

  /// Performs steps in order.
  func perform(_ steps: [KernelStep]) throws(ServiceError) { try kernel.perform(steps) }

  /// Undoes a failed change. What cannot be undone now is undone by a later command.
  func undo(_ change: UnfinishedChange, _ body: () throws(ServiceError) -> Void) {
    do throws(ServiceError) {
      try body()
    } catch {
      notices.append(.unfinished(change, error))
    }
  }

  /// Runs something that the command does not depend on; nil if it fails.
  @discardableResult
  func attempt<Result>(_ body: () throws(ServiceError) -> Result) -> Result? {
    view.attempt(body)
  }

  // MARK: The records
  //
  // Each does what `LockedState` documents under the same name.

  func stage(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(network) }
  }

  func commit(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.commit(network) }
  }

  func stageRemoval(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stageRemoval(network) }
  }

  func discard(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discard(network) }
  }

  func stage(_ update: NetworkUpdate) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(update) }
  }

  func apply(_ update: NetworkUpdate) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.apply(update) }
  }

  func settle(_ update: NetworkUpdate) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.settle(update) }
  }

  func save(_ leases: NetworkLeases, of network: NetworkID) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(leases, of: network) }
  }

  func stage(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(endpoint) }
  }

  func commit(_ endpoint: Endpoint) throws(ServiceError) {
    if endpoint.plugin != nil {
      var endpoint = endpoint
      endpoint.plugin?.phase = .attached
      try stage(endpoint)
    }
    try mapped { () throws(StateError) in try state.commit(endpoint) }
  }

  func stageRemoval(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stageRemoval(endpoint) }
  }

  func discard(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discard(endpoint) }
  }

  func replace(_ endpoint: Endpoint, by waiting: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.replace(endpoint, by: waiting) }
  }

  func discard(_ endpoint: Endpoint, besides waiting: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discard(endpoint, besides: waiting) }
  }

  func stage(_ change: PortChange) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(change) }
  }

  func stageRemoval(_ change: PortChange) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stageRemoval(change) }
  }

  func save(_ ports: ContainerPorts) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(ports) }
  }

  func settle(_ change: PortChange, having ports: [PublishedPort]) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.settle(change, having: ports) }
  }

  /// Appends to the journal of what happened to networks.
  func append(_ events: [NetworkEvent]) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.record(events) }
  }

  func save(_ host: HostRecord) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(host) }
  }

  /// Replaces the digest of the settings that the network `bridge` was recorded with.
  func saveDefaultBridgeDigest() throws(ServiceError) {
    let digest = configuration.defaultBridgeDigest
    if view.defaultBridgeDigest == digest { return }
    try mapped { () throws(StateError) in try state.saveDefaultBridgeDigest(digest) }
  }

  func discardEarlierBoot() throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discardEarlierBoot() }
  }

  func discardingUnwrittenChanges() throws(ServiceError) -> PendingChanges {
    try mapped { () throws(StateError) in try state.discardingUnwrittenChanges() }
  }

  func renewCache() throws(ServiceError) {
    try mapped { () throws(StateError) in try state.renewCache() }
  }

  func repair(
    _ inconsistencies: [IndexInconsistency], of networks: [Network]
  ) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.repair(inconsistencies, of: networks) }
  }

  // After documents were changed.
  private mutating func renewIndex() throws(ServiceError) {
    do throws(StateError) { try state.renewIndex() } catch { throw view.serviceError(error) }
  }

  /// Changes the records.
  func changing(
    _ change: (borrowing LockedState) throws(StateError) -> Void
  ) throws(ServiceError) {
    try mapped { () throws(StateError) in try change(state) }
  }

  private func mapped<Result>(
    _ change: () throws(StateError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(StateError) { return try change() } catch { throw view.serviceError(error) }
  }
}
