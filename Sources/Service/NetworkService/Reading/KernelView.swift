import Addressing
import Containers
import KernelModel
import NetworkModel

/// The kernel as one command sees it: errors are the service's, and what is costly to look up is
/// looked up once. A command that changes nothing only asks it.
final class KernelView {
  /// The identity of this boot.
  let boot: String
  let kernel: any Kernel
  let finders: ContainerFinders
  /// Whether a name that refers to several containers is a notice.
  let reportsNamesakes: Bool
  let notices: NoticeList
  /// Renamed host ends of endpoints; nil before the first search.
  var knownRenamedEnds: [LinkOwner: ObservedLink]?
  /// Whether a namespace without a path was found to persist; no others are waited for then.
  var knowsHiddenNamespace = false
  /// Whether runtimes may be asked for containers that do not run. One that has called netctl may
  /// answer only once it returns.
  var asksRuntimes = true
  /// A process in each namespace; nil before the first search.
  var knownProcesses: NamespaceProcesses?
  /// What runtimes said of containers that do not run.
  var knownRemovals: [ContainerID: Bool] = [:]
  /// Runtimes that did not answer.
  var silentRuntimes: Set<ContainerRuntime> = []
  /// Whether netctl's tables were seen to be installed, or were installed, since the lock was
  /// taken.
  private var knowsFirewallIsInstalled = false

  init(
    _ kernel: any Kernel, boot: String, finders: ContainerFinders, reportsNamesakes: Bool,
    notices: NoticeList
  ) {
    self.kernel = kernel
    self.boot = boot
    self.finders = finders
    self.reportsNamesakes = reportsNamesakes
    self.notices = notices
  }

  /// Whether this process may change networks.
  var isPrivileged: Bool { kernel.isPrivileged }

  /// Throws `.unprivileged` if the process may not change networks.
  func checkPrivileges() throws(ServiceError) {
    if !isPrivileged { throw .unprivileged }
  }

  /// Performs steps in order.
  func perform(_ steps: [KernelStep]) throws(ServiceError) {
    try mapped { () throws(KernelError) in
      for step in steps {
        do throws(KernelError) {
          try kernel.perform(step)
        } catch {
          guard error.isReadOnly, case .writeSysctls(let sysctls, let namespace) = step else {
            throw error
          }
          for sysctl in sysctls { try writeIfPossible(sysctl, in: namespace) }
        }
        if case .installFirewall = step { knowsFirewallIsInstalled = true }
      }
    }
  }

  // Unprivileged containers of Docker and Podman have /proc/sys read-only.
  private func writeIfPossible(
    _ sysctl: Sysctl, in namespace: TargetNamespace
  ) throws(KernelError) {
    do throws(KernelError) {
      try kernel.perform(.writeSysctls([sysctl], namespace))
    } catch {
      guard error.isReadOnly, sysctl.purpose != .function else { throw error }
      notices.append(.unwritable(sysctl))
    }
  }

  /// The network namespace that is the host here.
  func hostNamespace() throws(ServiceError) -> NetworkNamespaceID {
    try mapped { () throws(KernelError) in try kernel.hostNamespace() }
  }

  func owner(of namespace: NamespaceHandle) throws(ServiceError) -> UInt32 {
    try mapped { () throws(KernelError) in try kernel.owner(of: namespace) }
  }

  // MARK: Links and routes

  func link(_ name: InterfaceName) throws(ServiceError) -> ObservedLink? {
    try mapped { () throws(KernelError) in try kernel.link(name, in: .host) }
  }

  func links(in namespace: TargetNamespace) throws(ServiceError) -> [ObservedLink] {
    try mapped { () throws(KernelError) in try kernel.links(in: namespace) }
  }

  func interfaces(in namespace: TargetNamespace) throws(ServiceError) -> ObservedInterfaces {
    try mapped { () throws(KernelError) in try kernel.interfaces(in: namespace) }
  }

  func hasConnectedLinks(_ names: [InterfaceName]) throws(ServiceError) -> Bool {
    try mapped { () throws(KernelError) in try kernel.hasConnectedLinks(names) }
  }

  func addresses(of link: ObservedLink) throws(ServiceError) -> [IPPrefix] {
    try mapped { () throws(KernelError) in try kernel.addresses(ofLink: link.index, in: .host) }
  }

  func loopbackLinks() throws(ServiceError) -> Set<UInt32> {
    try mapped { () throws(KernelError) in try kernel.loopbackLinks() }
  }

  func portAddresses() throws(ServiceError) -> [UInt32: Set<MACAddress>] {
    try mapped { () throws(KernelError) in try kernel.portAddresses() }
  }

  func tunnel(of link: ObservedLink) throws(ServiceError) -> ObservedTunnel {
    try mapped { () throws(KernelError) in try kernel.tunnel(ofLink: link.index) }
  }

  func routedSubnets() throws(ServiceError) -> RoutedSubnets {
    try mapped { () throws(KernelError) in try kernel.routedSubnets() }
  }

  func route(to address: IPAddress) throws(ServiceError) -> ChosenRoute? {
    try mapped { () throws(KernelError) in try kernel.route(to: address) }
  }

  func routing(in namespace: TargetNamespace) throws(ServiceError) -> ContainerRouting {
    try mapped { () throws(KernelError) in try kernel.routing(in: namespace) }
  }

  // MARK: Firewall

  /// Whether netctl's tables are installed. Once they were, this does not ask again: the kernel
  /// lists every chain to answer.
  func isFirewallInstalled() throws(ServiceError) -> Bool {
    if knowsFirewallIsInstalled { return true }
    knowsFirewallIsInstalled = try mapped { () throws(KernelError) in
      try kernel.isFirewallInstalled()
    }
    return knowsFirewallIsInstalled
  }

  /// Makes the next look at netctl's tables ask the kernel.
  func forgetFirewall() { knowsFirewallIsInstalled = false }

  /// Forgets what others may have changed while the lock was free.
  func forgetSharedState() {
    forgetFirewall()
    knownRenamedEnds = nil
  }

  func isFirewallNeeded() throws(ServiceError) -> Bool {
    try mapped { () throws(KernelError) in try kernel.isFirewallNeeded() }
  }

  func firewall() throws(ServiceError) -> ObservedFirewall {
    try mapped { () throws(KernelError) in try kernel.firewall() }
  }

  func foreignDrops(
    of families: Set<AddressFamily>, excludingTablesThatName interface: InterfaceName
  ) throws(ServiceError) -> [ForeignDrop] {
    try mapped { () throws(KernelError) in
      try kernel.foreignDrops(of: families, excludingTablesThatName: interface)
    }
  }

  func accepts(
    _ drop: ForeignDrop, from source: InterfaceName, to destination: InterfaceName
  ) throws(ServiceError) -> Bool {
    try mapped { () throws(KernelError) in
      try kernel.accepts(drop, from: source, to: destination)
    }
  }

  func foreignForwarders(_ family: AddressFamily) throws(ServiceError) -> [ForeignForwarder] {
    try mapped { () throws(KernelError) in try kernel.foreignForwarders(family) }
  }

  func fileEnablingForwarding(_ family: AddressFamily) -> String? {
    kernel.fileEnablingForwarding(family)
  }

  // MARK: Ports of the host

  func bindFailure(
    at host: IPAddress, _ transport: Transport, port: UInt16
  ) throws(ServiceError) -> PortUnavailability? {
    try mapped { () throws(KernelError) in try kernel.bindFailure(at: host, transport, port: port) }
  }

  func portOwner(of host: IPAddress, _ transport: Transport, port: UInt16) -> HostProcess? {
    kernel.portOwner(of: host, transport, port: port)
  }

  // MARK: Settings and features

  func sysctl(_ key: SysctlKey, in namespace: TargetNamespace) throws(ServiceError) -> String? {
    try mapped { () throws(KernelError) in try kernel.sysctl(key, in: namespace) }
  }

  func interfacesWithSysctls(
    _ family: AddressFamily, in namespace: TargetNamespace
  ) throws(ServiceError) -> [InterfaceName] {
    try mapped { () throws(KernelError) in
      try kernel.interfacesWithSysctls(family, in: namespace)
    }
  }

  func features() throws(ServiceError) -> [KernelFeature: FeatureAvailability] {
    try mapped { () throws(KernelError) in try kernel.features() }
  }

  private func mapped<Result>(
    _ query: () throws(KernelError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(KernelError) {
      return try query()
    } catch {
      throw error.isPermissionRefused && !isPrivileged ? .unprivileged : .kernel(error)
    }
  }
}
