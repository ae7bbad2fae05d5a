import Addressing
import Configuration
import Containers
import Drivers
import KernelModel
import NameService
import NetworkModel
import StateStore

/// The records of this host and its kernel, for reading; all access to the state directory goes
/// through it.
///
/// Apart from `make` and `lock`, nothing here writes to the directory or waits for a running
/// change. Errors are the service's, and name files by their full paths.
struct StateView {
  private let environment: ServiceEnvironment
  private let folder: StateFolder
  /// What is read instead of the records of one network.
  private var substitute: Substitute?

  /// A network as a pending change leaves it.
  private struct Substitute {
    let network: Network
    let endpoints: [EndpointID: Endpoint]

    func endpoint(_ recorded: Endpoint) -> Endpoint { endpoints[recorded.id] ?? recorded }
  }

  /// The same records, but for a network and endpoints of it.
  func substituting(_ network: Network, _ endpoints: [Endpoint]) -> StateView {
    var view = self
    view.substitute = Substitute(
      network: network,
      endpoints: Dictionary(
        endpoints.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    return view
  }

  /// Opens the records; nil where there is no state directory yet.
  static func open(
    _ path: String, _ environment: ServiceEnvironment
  ) throws(ServiceError) -> StateView? {
    let kernel = environment.kernel
    do throws(StateError) {
      let folder = try StateFolder.open(path, boot: kernel.boot)
      guard let folder else { return nil }
      var environment = environment
      // One that is damaged is reported where it matters.
      environment.drivers.host.tunnel = ((try? folder.membership()) ?? nil).map {
        HostSettings.TunnelEnd(address: $0.host.address, port: $0.port)
      }
      return StateView(environment: environment, folder: folder)
    } catch {
      throw ServiceError(error, in: path, isPrivileged: kernel.isPrivileged)
    }
  }

  /// Makes the state directory, still without records.
  static func make(
    _ path: String, _ environment: ServiceEnvironment
  ) throws(ServiceError) -> StateView {
    let kernel = environment.kernel
    do throws(StateError) {
      return StateView(
        environment: environment, folder: try StateFolder.make(path, boot: kernel.boot))
    } catch {
      throw ServiceError(error, in: path, isPrivileged: kernel.isPrivileged)
    }
  }

  /// Takes the lock that every change needs.
  func lock() throws(ServiceError) -> LockedState {
    do throws(StateError) { return try folder.lock() } catch { throw serviceError(error) }
  }

  var kernel: KernelView { environment.kernel }
  var drivers: DriverRegistry { environment.drivers }
  var configurationFile: ConfigurationFile { environment.configurationFile }
  var nameFiles: NameFiles { environment.nameFiles }
  var nameServer: NameServerClient { environment.nameServer }
  var plugins: PluginRegistry { environment.plugins }
  var notices: NoticeList { environment.notices }

  /// Lets a command that waits for the lock take it first.
  func giveWay() { folder.giveWay() }

  var path: String { folder.path }
  var configuration: Configuration { configurationFile.configuration }
  var boot: String { kernel.boot }

  // MARK: Networks

  func network(_ id: NetworkID) throws(ServiceError) -> Network? {
    if let substitute, substitute.network.id == id { return substitute.network }
    return try mapped { () throws(StateError) in try folder.network(id) }
  }

  func hasNetwork(_ id: NetworkID) -> Bool { folder.hasNetwork(id) }

  /// Every network from its document; the errors of damaged documents are as they were.
  func listing() throws(ServiceError) -> NetworkListing {
    try mapped { () throws(StateError) in try folder.listing() }
  }

  func index() throws(ServiceError) -> NetworkIndex {
    try mapped { () throws(StateError) in try folder.index() }
  }

  func network(named name: String, in index: NetworkIndex) throws(ServiceError) -> Network? {
    try mapped { () throws(StateError) in try index.network(named: name) }
  }

  func subnets(in index: NetworkIndex) throws(ServiceError) -> [NetworkSubnet] {
    try mapped { () throws(StateError) in try index.subnets() }
  }

  func leases(of network: NetworkID) throws(ServiceError) -> NetworkLeases {
    try mapped { () throws(StateError) in try folder.leases(of: network) }
  }

  // MARK: Endpoints and containers

  func endpoints(of network: NetworkID) throws(ServiceError) -> [Endpoint] {
    let recorded = try mapped { () throws(StateError) in try folder.endpoints(of: network) }
    return substitute.map { recorded.map($0.endpoint) } ?? recorded
  }

  func readEndpoints(
    of network: NetworkID
  ) throws(ServiceError) -> (endpoints: [Endpoint], damaged: [StateError]) {
    try mapped { () throws(StateError) in try folder.readEndpoints(of: network) }
  }

  func endpointIDs(of network: NetworkID) throws(ServiceError) -> [EndpointID] {
    try mapped { () throws(StateError) in try folder.endpointIDs(of: network) }
  }

  func hasEndpoints(_ network: NetworkID) throws(ServiceError) -> Bool {
    try mapped { () throws(StateError) in try folder.hasEndpoints(network) }
  }

  func networksWithEndpoints() throws(ServiceError) -> Set<NetworkID> {
    try mapped { () throws(StateError) in try folder.networksWithEndpoints() }
  }

  func endpoints(of container: ContainerID) throws(ServiceError) -> [Endpoint] {
    let recorded = try mapped { () throws(StateError) in try folder.endpoints(of: container) }
    return substitute.map { recorded.map($0.endpoint) } ?? recorded
  }

  /// An endpoint on record; nil if there is none.
  func endpoint(
    _ id: EndpointID, of network: NetworkID
  ) throws(ServiceError) -> Endpoint? {
    try mapped { () throws(StateError) in try folder.endpoint(id, of: network) }
  }

  func networkIDs(of container: ContainerID) throws(ServiceError) -> [NetworkID] {
    try mapped { () throws(StateError) in try folder.networkIDs(of: container) }
  }

  func containers() throws(ServiceError) -> [ContainerID] {
    try mapped { () throws(StateError) in try folder.containers() }.sorted()
  }

  // MARK: Other hosts

  func membership() throws(ServiceError) -> ClusterMembership? {
    try mapped { () throws(StateError) in try folder.membership() }
  }

  func remoteEndpoints(of network: NetworkID) throws(ServiceError) -> [RemoteEndpoint] {
    try mapped { () throws(StateError) in try folder.remoteEndpoints(of: network) }
  }

  // MARK: Ports

  func ports(of container: ContainerID) throws(ServiceError) -> ContainerPorts? {
    try mapped { () throws(StateError) in try folder.ports(of: container) }
  }

  func containersWithPorts() throws(ServiceError) -> [ContainerID] {
    try mapped { () throws(StateError) in try folder.containersWithPorts() }.sorted()
  }

  func portReservations() throws(ServiceError) -> PortReservations {
    try mapped { () throws(StateError) in try folder.portReservations() }
  }

  // MARK: Events

  /// What happened to networks.
  func eventJournal() throws(ServiceError) -> EventJournal {
    try mapped { () throws(StateError) in try EventJournal(folder) }
  }

  // MARK: The host, and what is damaged or pending

  /// Whether the predefined networks have been recorded.
  var isInitialised: Bool { folder.isInitialised }

  func host() throws(ServiceError) -> HostRecord? {
    try mapped { () throws(StateError) in try folder.host() }
  }

  /// The digest of the settings that the network `bridge` was recorded with; nil if it cannot be
  /// read.
  var defaultBridgeDigest: String? { folder.defaultBridgeDigest }

  /// Lets the members of a group read the directory, or root alone; returns whether that changed
  /// anything, and the records have to be opened again.
  func admit(readers group: UInt32?) throws(ServiceError) -> Bool {
    try mapped { () throws(StateError) in try folder.admit(readers: group) }
  }

  /// Refuses the records of another namespace before they are compared with the kernel: from here,
  /// everything in them would seem dead.
  func checkHost() throws(ServiceError) {
    // A damaged host record is reported elsewhere.
    guard let host = try? folder.host(), host.boot == boot else { return }
    if host.namespace != (try kernel.hostNamespace().number) {
      throw .foreignState(folder: path)
    }
  }

  func damage(of network: NetworkID) -> [StateError] { folder.damage(of: network) }

  /// The inconsistencies that concern these networks, and with `isOfAll` the shared ones.
  func currentIndexInconsistencies(
    of networks: [Network], isOfAll: Bool
  ) throws(ServiceError) -> [IndexInconsistency] {
    try mapped { () throws(StateError) in
      try folder.indexInconsistencies(of: networks, isOfAll: isOfAll)
    }
  }

  func unfinished() throws(ServiceError) -> PendingChanges {
    try mapped { () throws(StateError) in try folder.unfinished() }
  }

  /// The pending changes in which plugins have a part.
  func pluginChanges() throws(ServiceError) -> PendingChanges { try unfinished().ofPlugins }

  /// Locks a network whose plugins are about to be asked, after waiting for the process that has.
  func lock(_ network: NetworkID) throws(ServiceError) -> NetworkLock {
    do throws(StateError) { return try folder.lock(network) } catch { throw serviceError(error) }
  }

  /// The same; nil while another process has locked it.
  func lockIfFree(_ network: NetworkID) throws(ServiceError) -> NetworkLock? {
    do throws(StateError) {
      return try folder.lockIfFree(network)
    } catch {
      throw serviceError(error)
    }
  }

  /// Whether a command is asking the plugins of a network now.
  func isLocked(_ network: NetworkID) -> Bool { folder.isLocked(network) }

  func unfinishedIdentities() throws(ServiceError) -> [String] {
    try mapped { () throws(StateError) in try folder.unfinishedIdentities() }
  }

  /// Whether a command is changing something now.
  func isLocked() throws(ServiceError) -> Bool {
    try mapped { () throws(StateError) in try folder.isLocked() }
  }

  // MARK: Errors

  /// The error as the service's, with full paths.
  func serviceError(_ error: StateError) -> ServiceError {
    ServiceError(error, in: path, isPrivileged: kernel.isPrivileged)
  }

  /// Runs something that the command does not depend on; nil if it fails.
  @discardableResult
  func attempt<Result>(_ body: () throws(ServiceError) -> Result) -> Result? {
    do throws(ServiceError) {
      return try body()
    } catch {
      notices.append(.ignored(error))
      return nil
    }
  }

  private func mapped<Result>(
    _ query: () throws(StateError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(StateError) { return try query() } catch { throw serviceError(error) }
  }
}
