public import Addressing

/// A single change to the kernel. Plans are lists of steps; nothing else changes the kernel.
public enum KernelStep: Hashable, Sendable {
  /// Creates a network's device with its name, alias and hardware address.
  case createDevice(NetworkDevice)
  /// Creates an endpoint's interface inside the container, and its host end if it has one.
  case createEndpoint(DesiredEndpoint, container: NamespaceHandle)
  /// Moves an interface that was made elsewhere out of the container, under the name and without
  /// the alias; it is down, and without addresses.
  case returnLink(InterfaceName, to: InterfaceName, NamespaceHandle)
  /// Makes a container's namespace available to other programs by a path, in a directory and with
  /// a name.
  case mountNamespace(NamespaceHandle, directory: String, name: String)
  /// Reverts `mountNamespace` for a path; succeeds if it is already gone.
  case unmountNamespace(path: String)
  /// Deletes a link and its peer; succeeds if it is already gone.
  case deleteLink(InterfaceName, TargetNamespace)
  /// Renames a link.
  case renameLink(InterfaceName, to: InterfaceName, TargetNamespace)
  /// Sets the MTU in bytes.
  case setMTU(UInt32, InterfaceName, TargetNamespace)
  /// Sets a link up.
  case bringUp(InterfaceName, TargetNamespace)
  /// Takes a link down.
  case takeDown(InterfaceName, TargetNamespace)
  /// Makes a bridge port drop frames whose source is not in the bridge's forwarding database for
  /// that port, or take all again.
  case setLock(Bool, InterfaceName)
  /// Sets what a macvlan interface may exchange with others on its parent.
  case setMacvlanMode(MacvlanMode, InterfaceName, TargetNamespace)
  /// Adds an address; succeeds if it already exists.
  case addAddress(IPPrefix, InterfaceName, TargetNamespace)
  /// Removes an address; succeeds if it is already gone.
  case removeAddress(IPPrefix, InterfaceName, TargetNamespace)
  /// Adds a route; succeeds if it already exists.
  case addRoute(StaticRoute, InterfaceName, TargetNamespace)
  /// Adds a default route that precedes the one with the metric `before`; if that is nil, fails
  /// when the family already has a default route.
  case addDefaultRoute(DefaultRoute, before: UInt32?, TargetNamespace)
  /// Removes a default route; succeeds if it is already gone.
  case removeDefaultRoute(DefaultRoute, TargetNamespace)
  /// Sets the return path of a family, which routes replies from one address through its own
  /// gateway; nil removes it.
  case setReturnPath(ReturnPath?, AddressFamily, TargetNamespace)
  /// Writes values under `/proc/sys`, in order.
  case writeSysctls([Sysctl], TargetNamespace)
  /// Makes a link a port of a bridge.
  case attachPort(InterfaceName, bridge: InterfaceName)
  /// Isolates a bridge port from other isolated ports, or no longer.
  case setIsolation(Bool, InterfaceName)
  /// Disables learning on a bridge port and adds a static entry for its only address.
  case disableLearning(InterfaceName, entering: MACAddress)
  /// Makes a bridge port that leads to other hosts learn nothing, and not get what is for unknown
  /// addresses. It gets broadcasts and multicast, because it answers requests for neighbours; what
  /// it has no entry for, a VXLAN link drops.
  case closeTunnelPort(InterfaceName)
  /// Adds an endpoint on another host to the tables of a tunnel, replacing what they have of it.
  case addStation(RemoteStation, InterfaceName)
  /// Removes an endpoint on another host from the tables of a tunnel; without a host, only its
  /// addresses. Succeeds if it is already gone.
  case removeStation(RemoteStation, InterfaceName)
  /// Tells the containers on a bridge of an endpoint on another host that it is there: one that was
  /// asking for it goes on at once.
  case announceStation(RemoteStation, bridge: InterfaceName)
  /// Enables or disables hairpin mode on a bridge port; disabling it succeeds if the port is gone.
  case setHairpin(Bool, InterfaceName)
  /// Lets replies to `::1` come in by a bridge; succeeds if they already do.
  case addLoopbackRoute(InterfaceName)
  /// Reverts `addLoopbackRoute`; succeeds if the route is already gone.
  case removeLoopbackRoute(InterfaceName)
  /// Deletes the conntrack entries that match any of the filters, so that their next packets are
  /// evaluated anew.
  case deleteConnections([ConnectionFilter])
  /// Waits briefly until a bridge port forwards frames; times out if the spanning tree has not
  /// settled the port's state.
  case awaitForwarding(InterfaceName)
  /// Waits briefly for a host link to disappear with the namespace of its peer; one that stays is
  /// not an error.
  case awaitRemoval(InterfaceName)
  /// Waits until a link transmits.
  case awaitSending(InterfaceName, TargetNamespace)
  /// Lets the kernel announce a link's IPv4 addresses whenever its hardware address is set.
  case enableARPNotification(InterfaceName, TargetNamespace)
  /// Sets a link's hardware address. With ARP notification and the sysctl `ndisc_notify` enabled,
  /// the kernel then announces the link's addresses, even if the hardware address is unchanged.
  case setHardwareAddress(MACAddress, InterfaceName, TargetNamespace)
  /// Creates or rebuilds netctl's tables with these elements.
  case installFirewall([FirewallElement])
  /// Adds and removes elements in one atomic batch.
  case updateFirewall(adding: [FirewallElement], removing: [FirewallElement])
  /// Removes netctl's tables.
  case removeFirewall
}
