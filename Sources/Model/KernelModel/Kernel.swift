public import Addressing

/// The port to the kernel: observations and single steps. All policy is above it.
public protocol Kernel: AnyObject {
  /// Opens the namespace at `path`, and says which it is. Its handle is good for as long as the path
  /// leads to it.
  func openNamespace(atPath path: String) throws(KernelError) -> OpenNamespace
  /// Which namespace is at `path` now.
  func namespace(atPath path: String) throws(KernelError) -> ObservedNamespace
  /// Whether the file at `path` is the namespace with these numbers. Unlike asking which it is, this
  /// does not enter it.
  func hasNamespace(device: UInt64, inode: UInt64, atPath path: String) -> Bool
  /// The namespace that `Place.host` means.
  func hostNamespace() throws(KernelError) -> ObservedNamespace
  /// The link called `name`; nil when there is none.
  func link(_ name: InterfaceName, in place: Place) throws(KernelError) -> ObservedLink?
  /// Every link of a namespace.
  func links(in place: Place) throws(KernelError) -> [ObservedLink]
  /// Every link of a namespace with its addresses.
  func interfaces(in place: Place) throws(KernelError) -> ObservedInterfaces
  /// Whether the host has links of all these names, and their other ends are in living namespaces.
  func hasConnectedLinks(_ names: [String]) throws(KernelError) -> Bool
  /// The addresses of the link with this index.
  func addresses(ofLink index: UInt32, in place: Place) throws(KernelError) -> [IPPrefix]
  /// The subnets that routes of the host lead to, as far as a network should not have them: those
  /// that it reaches without a gateway, and all that other tables than the main one take packets of.
  func routedSubnets() throws(KernelError) -> [IPPrefix]
  /// The route by which the host sends packets to an address now; nil when it has none.
  func route(to address: IPAddress) throws(KernelError) -> ChosenRoute?
  /// What concerns netctl of a container's routing.
  func routing(in place: Place) throws(KernelError) -> ContainerRouting
  /// The indexes of the host's links by which packets to `::1` may come in.
  func loopbackLinks() throws(KernelError) -> Set<UInt32>
  /// The static addresses behind bridge ports of the host, by the index of the port.
  func portAddresses() throws(KernelError) -> [UInt32: Set<MACAddress>]
  /// Whether netctl's table is there and of this version.
  func isFirewallInstalled() throws(KernelError) -> Bool
  /// Whether netctl's table holds anything that somebody needs: a network, or an administrator's
  /// rules.
  func isFirewallNeeded() throws(KernelError) -> Bool
  /// Chains of other tables that drop forwarded packets, but for tables with a rule that names
  /// `interface`.
  func foreignDrops(besidesNaming interface: InterfaceName) throws(KernelError) -> [ForeignDrop]
  /// Chains of other tables that decide about forwarded packets of a family.
  func foreignForwarders(_ family: AddressFamily) throws(KernelError) -> [ForeignForwarder]
  /// What keeps processes of the host from using a port of an address now; nil when nothing does.
  func obstacle(
    at host: IPAddress, _ transport: Transport, port: UInt16
  ) throws(KernelError) -> PortObstacle?
  /// The process that has a port of an address; nil when it cannot be found out. This reads a folder
  /// of every process: it is for a port that is known to be in use.
  func holder(of host: IPAddress, _ transport: Transport, port: UInt16) -> HostProcess?
  /// netctl's table with what its sets and maps hold.
  func firewall() throws(KernelError) -> ObservedFirewall
  /// The text of a value under `/proc/sys`; nil where the kernel does not have it.
  func sysctl(_ path: [String], in place: Place) throws(KernelError) -> String?
  /// The names in a directory under `/proc/sys`; empty where the kernel does not have it.
  func sysctlNames(_ path: [String], in place: Place) throws(KernelError) -> [String]
  /// What the kernel has of all that networks may need. Finding out changes nothing and loads nothing.
  func features() throws(KernelError) -> [KernelFeature: FeatureAvailability]
  /// Whether this process may change networks. Inside of a user namespace whose networks these are not,
  /// the kernel refuses all the same.
  var isPrivileged: Bool { get }
  /// Changes the kernel.
  func perform(_ step: KernelStep) throws(KernelError)
}

extension Kernel {
  /// Performs the steps in order and stops at the first that is refused.
  public func perform(_ steps: [KernelStep]) throws(KernelError) {
    for step in steps { try perform(step) }
  }
}
