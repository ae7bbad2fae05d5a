public import Addressing
public import SystemErrors

/// Why a trace could not be done.
public enum TraceError: Error, Hashable, Sendable {
  /// A step that the kernel refused.
  case refused(String, Errno, explanation: String)
  /// The source of a probe must be an address of another host.
  case ownSource(IPAddress)
  case unusableSource(IPAddress)
  case noSuchInterface(String)
  /// A link without Ethernet header cannot be injected on.
  case noEthernet(String)
  /// The link, or the container, has no address of the family.
  case noAddress(String, AddressFamily)
  /// A link has no address whose neighbours could be the source of a probe.
  case noNeighbor(String, AddressFamily)
  /// What others send to this link of the container does not meet the host's rules.
  case bypassesHost(String)
  /// The host has no route to the source, so it cannot come in anywhere.
  case noRouteToSource(IPAddress)
  /// The source is behind a network of containers: a packet of its own is more than an address.
  case containerSource(IPAddress, bridge: String)
  /// A process of the host reaches the container by an address of the host or of the container.
  case foreignDestination(IPAddress)
  /// What a container sends by this link of its own leaves without meeting the host's rules.
  case unstoppable(String)
  /// The kernel has no live frames, or refuses them.
  case injectionRefused(String)
  /// The reference is the host's own namespace.
  case notAContainer
}
