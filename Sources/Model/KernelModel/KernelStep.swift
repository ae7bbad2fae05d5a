public import Addressing

/// One request to the kernel. Plans are lists of these; nothing else changes the kernel.
public enum KernelStep: Hashable, Sendable {
  /// Makes a bridge with its name, mark and hardware address.
  case createBridge(InterfaceName, owner: LinkOwner, mac: MACAddress?)
  /// Makes a veth pair, one end a port of a bridge here, the other inside the container.
  case createVeth(DesiredEndpoint, container: NamespaceHandle)
  /// Removes a link, and its peer with it.
  case deleteLink(InterfaceName)
  /// Gives a link another name.
  case renameLink(InterfaceName, to: InterfaceName, Place)
  /// Sets the MTU in bytes.
  case setMTU(UInt32, InterfaceName, Place)
  /// Brings a link up.
  case bringUp(InterfaceName, Place)
  /// Takes a link down.
  case takeDown(InterfaceName, Place)
  /// Adds an address; one that is there already is success.
  case addAddress(IPPrefix, InterfaceName, Place)
  /// Removes an address; one that is gone already is success.
  case removeAddress(IPPrefix, InterfaceName, Place)
  /// Adds a default route, which is taken before one with a metric; without one to go before, it
  /// fails when the family has one already.
  case addDefaultRoute(DefaultRoute, before: UInt32?, Place)
  /// Removes a default route; one that is gone already is success.
  case removeDefaultRoute(DefaultRoute, Place)
  /// Makes one address of a family, or none, answer by a gateway of its own.
  case setReturnPath(ReturnPath?, AddressFamily, Place)
  /// Writes values under `/proc/sys`, in order.
  case writeSysctls([Sysctl], Place)
  /// Makes a link a port of a bridge.
  case attachPort(InterfaceName, bridge: InterfaceName)
  /// Keeps a bridge port from other isolated ports.
  case isolatePort(InterfaceName)
  /// Keeps a bridge from learning addresses on a port, and gives it the only one that is behind it.
  case disableLearning(InterfaceName, entering: MACAddress)
  /// Lets frames leave a bridge port through which they came in, or keeps them from it; a port that
  /// is gone lets none.
  case setHairpin(Bool, InterfaceName)
  /// Lets answers to `::1` come in by a bridge; where that is so already, it is success.
  case addLoopbackRoute(InterfaceName)
  /// Takes that back; where it was never so, it is success.
  case removeLoopbackRoute(InterfaceName)
  /// Makes the kernel forget connections that match any of the filters: their packets are judged
  /// anew.
  case cutConnections([ConnectionFilter])
  /// Waits a moment until a bridge port forwards frames; times out where the spanning tree has yet to
  /// decide about the port.
  case awaitForwarding(InterfaceName)
  /// Waits a moment for a link of the host to go with the namespace of its other end; one that stays
  /// is no failure.
  case awaitRemoval(InterfaceName)
  /// Waits until a link sends what is given to it.
  case awaitSending(InterfaceName, Place)
  /// Lets the kernel announce a link's IPv4 addresses when its hardware address is set.
  case enableARPNotification(InterfaceName, Place)
  /// Sets a link's hardware address. Where ARP notification and the sysctl `ndisc_notify` are on, the
  /// kernel then tells the neighbours which hardware address has the link's addresses, also when it
  /// is the same.
  case setHardwareAddress(MACAddress, InterfaceName, Place)
  /// Creates or rebuilds netctl's table with these elements.
  case installFirewall([FirewallElement])
  /// Adds and removes elements in one atomic batch.
  case updateFirewall(adding: [FirewallElement], removing: [FirewallElement])
  /// Removes netctl's table.
  case removeFirewall
}
