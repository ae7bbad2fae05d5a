public import Addressing
public import PacketTrace

/// The kernel interface: queries and single changes.
///
/// Callers decide what the kernel should hold. Only the firewall's rules are below: they are the
/// same on every host, and what differs is elements of their sets.
public protocol Kernel: AnyObject {
  /// Opens the namespace at `path` and returns its identity. The handle is valid while the path
  /// refers to that namespace.
  func openNamespace(atPath path: String) throws(KernelError) -> OpenNamespace
  /// The identity of the namespace at `path`.
  func namespace(atPath path: String) throws(KernelError) -> NetworkNamespaceID
  /// The user that created the user namespace to which a namespace belongs; 0 for root.
  func owner(of namespace: NamespaceHandle) throws(KernelError) -> UInt32
  /// Whether the file at `path` is the namespace with this device and inode. Unlike
  /// `namespace(atPath:)`, this does not enter it.
  func hasNamespace(device: UInt64, inode: UInt64, atPath path: String) -> Bool
  /// The namespace that `TargetNamespace.host` refers to.
  func hostNamespace() throws(KernelError) -> NetworkNamespaceID
  /// The link called `name`; nil if it does not exist.
  func link(_ name: InterfaceName, in namespace: TargetNamespace) throws(KernelError)
    -> ObservedLink?
  /// Every link of a namespace.
  func links(in namespace: TargetNamespace) throws(KernelError) -> [ObservedLink]
  /// Every link of a namespace with its addresses.
  func interfaces(in namespace: TargetNamespace) throws(KernelError) -> ObservedInterfaces
  /// Whether the host has links with all these names, and their peers are in live namespaces.
  func hasConnectedLinks(_ names: [InterfaceName]) throws(KernelError) -> Bool
  /// The addresses of the link with this index.
  func addresses(ofLink index: UInt32, in namespace: TargetNamespace) throws(KernelError)
    -> [IPPrefix]
  /// The route destinations that automatic subnets must avoid: on-link prefixes, and all prefixes
  /// in tables other than main.
  func routedSubnets() throws(KernelError) -> RoutedSubnets
  /// The host's current route to an address; nil if there is none.
  func route(to address: IPAddress) throws(KernelError) -> ChosenRoute?
  /// The parts of a container's routing that concern netctl.
  func routing(in namespace: TargetNamespace) throws(KernelError) -> ContainerRouting
  /// The indexes of the host's links that accept packets to `::1`.
  func loopbackLinks() throws(KernelError) -> Set<UInt32>
  /// The static forwarding entries of the host's bridge ports, by port index.
  func portAddresses() throws(KernelError) -> [UInt32: Set<MACAddress>]
  /// The tables of the VXLAN link with this index on the host.
  func tunnel(ofLink index: UInt32) throws(KernelError) -> ObservedTunnel
  /// Whether netctl's tables are installed and of this version.
  func isFirewallInstalled() throws(KernelError) -> Bool
  /// Whether netctl's tables are still needed: they contain a network or administrator rules.
  func isFirewallNeeded() throws(KernelError) -> Bool
  /// Chains of other tables that drop forwarded packets of any of the families, except tables with
  /// a rule that names `interface`.
  func foreignDrops(
    of families: Set<AddressFamily>, excludingTablesThatName interface: InterfaceName
  ) throws(KernelError) -> [ForeignDrop]
  /// Whether such a chain accepts what is forwarded from one interface to another all the same,
  /// because of rules that ask for nothing else.
  func accepts(
    _ drop: ForeignDrop, from source: InterfaceName, to destination: InterfaceName
  ) throws(KernelError) -> Bool
  /// Chains of other tables that filter or translate forwarded packets of a family.
  func foreignForwarders(_ family: AddressFamily) throws(KernelError) -> [ForeignForwarder]
  /// The file that enables forwarding of a family when the host starts; nil if none does.
  func fileEnablingForwarding(_ family: AddressFamily) -> String?
  /// Why a host process could not bind a port of an address now; nil when it could.
  func bindFailure(
    at host: IPAddress, _ transport: Transport, port: UInt16
  ) throws(KernelError) -> PortUnavailability?
  /// The process that has bound a port of an address; nil if it cannot be determined. This reads a
  /// directory of every process, so only use it for a port known to be in use.
  func portOwner(of host: IPAddress, _ transport: Transport, port: UInt16) -> HostProcess?
  /// netctl's tables with the contents of its sets and maps.
  func firewall() throws(KernelError) -> ObservedFirewall
  /// The value of a sysctl; nil where the kernel does not have it.
  func sysctl(_ key: SysctlKey, in namespace: TargetNamespace) throws(KernelError) -> String?
  /// The interfaces with settings for a family, including `all` and `default`; none where the
  /// kernel lacks the family.
  func interfacesWithSysctls(
    _ family: AddressFamily, in namespace: TargetNamespace
  ) throws(KernelError) -> [InterfaceName]
  /// The availability of all features that networks may need. Changes nothing and loads no modules.
  func features() throws(KernelError) -> [KernelFeature: FeatureAvailability]
  /// Follows one packet between a container and others, also in another container to which it
  /// goes; `report` is told of each event as it happens.
  func observePacket(
    _ request: TraceRequest, of container: NamespaceHandle, toward candidates: PeerCandidates,
    report: @escaping (PacketEvent) -> Void
  ) throws(TraceError) -> TraceObservation
  /// Whether this process may change networks. In a user namespace that does not own the network
  /// namespace, the kernel refuses nevertheless.
  var isPrivileged: Bool { get }
  /// Performs a change.
  func perform(_ step: KernelStep) throws(KernelError)
}

extension Kernel {
  /// Performs the steps in order; stops at the first that fails.
  public func perform(_ steps: [KernelStep]) throws(KernelError) {
    for step in steps { try perform(step) }
  }
}
