package import AgentAPI
package import Configuration
public import Containers
package import Drivers
public import KernelModel
public import NameService
public import NetworkModel
package import RemoteDrivers
import StateStore

/// The verbs of `netctl network`.
///
/// A verb that only reads does so through a `StateView`. One that changes something does so in a
/// `Transaction`: it takes the lock, finishes what an interrupted one left, records what it is
/// about to do, makes the kernel agree and records that it is done. When anything fails in between,
/// it takes out of the kernel and the state what it had put there.
///
/// A service belongs to one command: what it has seen, it does not look at again, except for what
/// others may change while the lock is free.
public final class NetworkService {
  private let statePath: String
  private let environment: ServiceEnvironment
  let identities: IdentitySource
  let now: () -> Timestamp
  /// The agent of overlay networks.
  let agent: AgentClient
  private let command: String
  /// The records, once verified to be this host's.
  private var verifiedView: StateView?
  /// Whether to do without the configuration file if there is something wrong in it.
  private var isCleaningUp = false
  /// Whether the network `bridge` has been compared with the configuration.
  private var hasFollowed = false
  private var hasHeldLock = false
  /// Why the network `bridge` is not as the configuration has it.
  private(set) var defaultNetworkProblem: ServiceError?

  /// Creates a service with Docker's defaults and netctl's drivers, which knows named namespaces,
  /// processes and namespace files.
  /// - Parameters:
  ///   - statePath: the state directory; created if missing.
  ///   - boot: the identity of this boot.
  ///   - kernel: the kernel interface.
  ///   - nameFiles: the hosts files of containers.
  ///   - nameServer: the name server of containers.
  ///   - now: the clock.
  ///   - random: the source of identities.
  public convenience init(
    statePath: String, boot: String, kernel: any Kernel, nameFiles: NameFiles,
    nameServer: NameServerClient, now: @escaping () -> Timestamp,
    random: any RandomNumberGenerator
  ) {
    self.init(
      statePath: statePath, boot: boot, kernel: kernel, nameFiles: nameFiles,
      nameServer: nameServer, finders: .namespaces, reportsNamesakes: false, command: "",
      now: now, random: random)
  }

  /// Creates a service with these drivers, this configuration and these finders;
  /// `reportsNamesakes` adds a notice when a name refers to several containers, and `command` is
  /// what events say they come from.
  package init(
    statePath: String, boot: String, kernel: any Kernel, drivers: DriverRegistry = .builtIn,
    configuration: ConfigurationFile = ConfigurationFile(), nameFiles: NameFiles,
    nameServer: NameServerClient, finders: ContainerFinders,
    plugins: PluginDirectory = PluginDirectory(), agent: AgentClient = AgentClient(),
    reportsNamesakes: Bool, command: String = "", now: @escaping () -> Timestamp,
    random: any RandomNumberGenerator
  ) {
    self.statePath = statePath
    var drivers = drivers
    drivers.host = configuration.configuration.host
    self.agent = agent
    let notices = NoticeList()
    environment = ServiceEnvironment(
      kernel: KernelView(
        kernel, boot: boot, finders: finders, reportsNamesakes: reportsNamesakes,
        notices: notices),
      drivers: drivers, configurationFile: configuration, nameFiles: nameFiles,
      nameServer: nameServer, plugins: PluginRegistry(plugins), notices: notices)
    self.now = now
    self.command = command
    self.identities = IdentitySource(random)
  }

  var kernel: KernelView { environment.kernel }
  var drivers: DriverRegistry { environment.drivers }
  var configurationFile: ConfigurationFile { environment.configurationFile }
  var nameFiles: NameFiles { environment.nameFiles }
  var nameServer: NameServerClient { environment.nameServer }
  var plugins: PluginRegistry { environment.plugins }
  var noticeList: NoticeList { environment.notices }

  /// Notices from the verbs so far.
  public var notices: [Notice] { noticeList.notices }

  /// Throws `.unprivileged` if the process may not change networks.
  public func checkPrivileges() throws(ServiceError) { try kernel.checkPrivileges() }

  /// Refuses a configuration file with something wrong in it.
  func checkConfiguration() throws(ServiceError) {
    let problems = configurationFile.problems
    if !problems.isEmpty { throw .configuration(path: configurationFile.path, problems) }
  }

  /// The records, as far as there are any: unlike the verbs, this creates nothing.
  func existingView() throws(ServiceError) -> StateView? {
    try StateView.open(statePath, environment)
  }

  /// The records with the predefined networks, which the first run makes, as the configuration has
  /// them.
  func view() throws(ServiceError) -> StateView {
    if !isCleaningUp { try checkConfiguration() }
    return try viewWhateverTheConfiguration()
  }

  /// The same with a configuration file that may have something wrong in it, which is then not
  /// followed.
  func viewWhateverTheConfiguration() throws(ServiceError) -> StateView {
    if let view = try existingView(), view.isInitialised {
      guard kernel.isPrivileged, configurationFile.problems.isEmpty, !hasFollowed else {
        return view
      }
      hasFollowed = true
      let settled = try settlingReaders(of: view)
      follow(in: settled)
      return settled
    }
    let view = try settlingReaders(of: try StateView.make(statePath, environment))
    try Transaction.openWithoutRecovery(view, identities, now: now, command: command)
      .initialise()
    follow(in: view)
    return view
  }

  private func settlingReaders(of view: StateView) throws(ServiceError) -> StateView {
    guard try view.admit(readers: configurationFile.configuration.readers) else { return view }
    return try existingView() ?? view
  }

  // Nothing but what needs the network fails because of it.
  private func follow(in view: StateView) {
    let configuration = configurationFile.configuration
    if view.defaultBridgeDigest == configuration.defaultBridgeDigest { return }
    do throws(ServiceError) {
      try Transaction.open(view, identities, now: now, command: command).followConfiguration()
    } catch {
      defaultNetworkProblem = configurationFile.locating(error)
    }
  }

  /// The records, to be compared with the kernel; refused in another namespace.
  func hostView() throws(ServiceError) -> StateView {
    if let verifiedView { return verifiedView }
    let view = try view()
    try view.checkHost()
    verifiedView = view
    return view
  }

  /// Runs `body` while holding the state lock, after recovering from an interrupted command. After
  /// a boot, the networks are restored first.
  func transaction<Result>(
    _ body: (borrowing Transaction) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(ServiceError) {
      let result = try locked(body)
      finishPluginWork()
      return result
    } catch {
      finishPluginWork()
      throw error
    }
  }

  /// Runs `body` likewise for a container that has ended, whatever is wrong in the configuration
  /// file: its runtime does not ask again.
  func cleaningUp<Result>(
    _ body: (borrowing Transaction) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    isCleaningUp = true
    defer { isCleaningUp = false }
    return try transaction(body)
  }

  private func locked<Result>(
    _ body: (borrowing Transaction) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    let transaction = try openTransaction()
    for (change, error) in transaction.unrecovered {
      noticeList.append(.unfinished(change, error))
    }
    if !transaction.isRestored {
      transaction.attempt { () throws(ServiceError) in try transaction.restore() }
    }
    let result = try body(transaction)
    if let defaultNetworkProblem { noticeList.append(.defaultNetworkKept(defaultNetworkProblem)) }
    return result
  }

  /// Opens a transaction for a caller that restores the networks and reports the unrecovered
  /// changes itself.
  func openTransaction() throws(ServiceError) -> Transaction {
    try kernel.checkPrivileges()
    let view = try self.view()
    // A command about many networks holds the lock for one at a time.
    if hasHeldLock { view.giveWay() }
    hasHeldLock = true
    let transaction = try Transaction.open(view, identities, now: now, command: command)
    if plugins.areRecovered || transaction.pluginChanges.isEmpty { return transaction }
    // Plugins are asked without the lock, so that none of them keeps other commands waiting.
    _ = consume transaction
    recoverPluginChanges()
    return try Transaction.open(try self.view(), identities, now: now, command: command)
  }

  /// Records something that happened to no single network.
  func report(_ action: NetworkEvent.Action, _ attributes: [String: String]) {
    do throws(ServiceError) {
      let transaction = try Transaction.openWithoutRecovery(
        try view(), identities, now: now, command: command)
      transaction.record([transaction.event(action, nil, attributes)])
    } catch {
      noticeList.append(.ignored(error))
    }
  }

  /// Takes the lock for one step of a change whose other steps are plugins', after the first
  /// transaction has finished what interrupted commands left.
  func step<Result>(
    _ body: (borrowing Transaction) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    let view = try view()
    let transaction = try Transaction.openWithoutRecovery(
      view, identities, now: now, command: command, pluginChanges: try view.pluginChanges())
    kernel.forgetSharedState()
    return try body(transaction)
  }
}
