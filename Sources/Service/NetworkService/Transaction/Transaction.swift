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
  let configuration: Configuration
  /// The clock.
  let now: () -> Timestamp
  /// Whether the networks had been restored since the boot.
  private(set) var isRestored: Bool
  /// What interrupted commands left and recovery could not finish.
  private(set) var unrecovered: Unrecovered
  /// The pending changes in which plugins have a part: of interrupted commands, and of those that
  /// are waiting for a plugin.
  private(set) var pluginChanges: PendingChanges
  private let state: LockedState

  /// Takes the lock and finishes what interrupted commands left. Refuses the records of another
  /// namespace.
  static func open(
    _ view: StateView, _ identities: IdentitySource, _ configuration: Configuration,
    now: @escaping () -> Timestamp
  ) throws(ServiceError) -> Transaction {
    var transaction = try openWithoutRecovery(view, identities, configuration, now: now)
    view.kernel.forgetSharedState()
    transaction.isRestored = try transaction.adoptingHost()
    (transaction.unrecovered, transaction.pluginChanges) = try transaction.recover()
    return transaction
  }

  /// Takes the lock only; what interrupted commands left stays as it is.
  static func openWithoutRecovery(
    _ view: StateView, _ identities: IdentitySource, _ configuration: Configuration,
    now: @escaping () -> Timestamp, pluginChanges: PendingChanges = PendingChanges()
  ) throws(ServiceError) -> Transaction {
    Transaction(
      view: view, identities: identities, configuration: configuration, now: now,
      isRestored: true, unrecovered: [], pluginChanges: pluginChanges, state: try view.lock())
  }

  var kernel: KernelView { view.kernel }
  var notices: NoticeList { view.notices }
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

  // MARK: Networks on record

  /// Records that a network is about to be created in the kernel.
  func stage(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(network) }
  }

  /// Records that a network is complete.
  func commit(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.commit(network) }
  }

  /// Records that a network is about to be removed from the kernel.
  func stageRemoval(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stageRemoval(network) }
  }

  /// Deletes the record of a network that is no longer in the kernel.
  func discard(_ network: Network) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discard(network) }
  }

  /// Replaces the leases of a network.
  func save(_ leases: NetworkLeases, of network: NetworkID) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(leases, of: network) }
  }

  // MARK: Endpoints on record

  /// Records that an endpoint is about to be created in the kernel.
  func stage(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(endpoint) }
  }

  /// Records that an endpoint is complete.
  func commit(_ endpoint: Endpoint) throws(ServiceError) {
    if endpoint.plugin != nil {
      var endpoint = endpoint
      endpoint.plugin?.phase = .attached
      try stage(endpoint)
    }
    try mapped { () throws(StateError) in try state.commit(endpoint) }
  }

  /// Records that an endpoint is about to be removed from the kernel.
  func stageRemoval(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stageRemoval(endpoint) }
  }

  /// Deletes the record of an endpoint that is no longer in the kernel.
  func discard(_ endpoint: Endpoint) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discard(endpoint) }
  }

  // MARK: Ports on record

  /// Records that a container's ports are about to be added to or removed from the kernel.
  func stage(_ change: PortChange) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.stage(change) }
  }

  /// Replaces the ports of a container; the corresponding change is still pending.
  func save(_ ports: ContainerPorts) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(ports) }
  }

  /// Deletes the record of a change; releases the ports that the container does not have.
  func settle(_ change: PortChange, having ports: [PublishedPort]) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.settle(change, having: ports) }
  }

  // MARK: The rest of the records

  /// Replaces the host record.
  func save(_ host: HostRecord) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.save(host) }
  }

  /// Deletes everything that ended with an earlier boot.
  func discardEarlierBoot() throws(ServiceError) {
    try mapped { () throws(StateError) in try state.discardEarlierBoot() }
  }

  /// The pending changes of interrupted commands; deletes those that never touched the kernel.
  func discardingUnwrittenChanges() throws(ServiceError) -> PendingChanges {
    try mapped { () throws(StateError) in try state.discardingUnwrittenChanges() }
  }

  /// Rebuilds the cache if it is older than a document that was edited by hand.
  func renewCache() throws(ServiceError) {
    try mapped { () throws(StateError) in try state.renewCache() }
  }

  /// Rebuilds inconsistent files from the documents.
  func repair(
    _ inconsistencies: [IndexInconsistency], of networks: [Network]
  ) throws(ServiceError) {
    try mapped { () throws(StateError) in try state.repair(inconsistencies, of: networks) }
  }

  private func mapped<Result>(
    _ change: () throws(StateError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(StateError) { return try change() } catch { throw view.serviceError(error) }
  }
}
