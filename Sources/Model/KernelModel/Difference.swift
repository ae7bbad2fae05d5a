public import Addressing

/// Something that the kernel does not hold as the records want it.
public enum Difference: Hashable, Sendable {
  /// A network's bridge is not there.
  case bridgeMissing(BridgeDevice)
  /// The making of a network's bridge was interrupted.
  case bridgeUnfinished(BridgeDevice)
  /// Something that netctl must not touch has the bridge's name.
  case bridgeTaken(BridgeConflict)
  /// A link of netctl's has another name than it should.
  case renamed(InterfaceName, from: InterfaceName, Place)
  /// A link is not up.
  case down(InterfaceName, Place)
  /// A link lacks an address.
  case addressMissing(IPPrefix, InterfaceName, Place)
  /// A link has another MTU than its network is to have.
  case mtu(InterfaceName, wanted: UInt32, found: UInt32, Place)
  /// A link has another hardware address.
  case hardwareAddress(InterfaceName, wanted: MACAddress, found: MACAddress, Place)
  /// A bridge port keeps frames from going back that the firewall turns around.
  case hairpinOff(InterfaceName)
  /// Processes of the host do not reach published ports behind a bridge by a loopback address.
  case loopbackClosed(DesiredPorts.LoopbackAccess)
  /// A value under `/proc/sys` is another one.
  case sysctl(Sysctl, found: String)
  /// The host's end of an endpoint is not a port of its bridge.
  case notAPort(DesiredEndpoint)
  /// A port that should be kept from other isolated ports is not.
  case notIsolated(InterfaceName)
  /// A bridge learns addresses on a port, or does not have the one that is behind it.
  case portLearns(InterfaceName, MACAddress)
  /// The host's end of an endpoint is gone, and its container is not.
  case endpointGone(InterfaceName)
  /// The container's end of an endpoint is not in its container.
  case interfaceGone(InterfaceName, host: InterfaceName)
  /// A container lacks a default route, which is to be taken before one with a metric.
  case routeMissing(DefaultRoute, before: UInt32?, Place)
  /// Beside a default route of its own, a container lacks the way on which it answers others.
  case returnPathMissing(ReturnPath, Place)
  /// The table is not there, or its chains and rules are not those of this version.
  case firewallMissing
  /// A set or map lacks an element.
  case elementMissing(FirewallElement)
  /// A set or map holds an element that no network wants.
  case elementSurplus(FirewallElement)
  /// Sets and maps hold elements that netctl cannot have put there.
  case elementsStrange(count: Int)
  /// The host does not forward packets of a family that a network needs.
  case forwardingOff(AddressFamily)
  /// The kernel does not have a family that a network needs.
  case familyMissing(AddressFamily)
  /// A link bears netctl's mark, and no record knows it.
  case unknownLink(InterfaceName, LinkOwner)
  /// Frames between ports of a bridge go through the host's IP firewall.
  case bridgeTrafficFiltered(AddressFamily)
}

extension Difference {
  // What took the address away may have been that somebody switched the family off.
  private func enabling(
    _ family: AddressFamily, of name: InterfaceName, in place: Place
  ) -> [KernelStep] {
    if family == .ipv4 { return [] }
    let path = ["net", "ipv6", "conf", name.description, "disable_ipv6"]
    return [.writeSysctls([Sysctl(path, "0")], place)]
  }

  /// The steps that mend it, without those that concern the firewall and forwarding; none for what
  /// netctl leaves to the administrator.
  public var steps: [KernelStep] {
    switch self {
    case .bridgeMissing(let bridge): bridge.creationSteps
    case .bridgeUnfinished(let bridge): bridge.replacementSteps
    case .renamed(let name, let present, let place): [.renameLink(present, to: name, place)]
    case .down(let name, let place): [.bringUp(name, place)]
    case .addressMissing(let address, let name, .host): [.addAddress(address, name, .host)]
    case .addressMissing(let address, let name, let container):
      enabling(address.family, of: name, in: container) + [.addAddress(address, name, container)]
    case .mtu(let name, let wanted, _, let place): [.setMTU(wanted, name, place)]
    case .hardwareAddress(let name, let wanted, _, let place):
      [.setHardwareAddress(wanted, name, place)]
    case .hairpinOff(let name): [.setHairpin(true, name)]
    case .loopbackClosed(let access): [access.opening]
    case .sysctl(let sysctl, _): [.writeSysctls([sysctl], .host)]
    case .notAPort(let endpoint):
      [.attachPort(endpoint.hostName, bridge: endpoint.master)] + endpoint.portSteps
    case .notIsolated(let name): [.isolatePort(name)]
    case .portLearns(let name, let mac): [.disableLearning(name, entering: mac)]
    case .routeMissing(let route, let metric, let place):
      [.addDefaultRoute(route, before: metric, place)]
    case .returnPathMissing(let path, let place):
      [.setReturnPath(path, path.source.family, place)]
    case .bridgeTaken, .endpointGone, .interfaceGone, .firewallMissing, .elementMissing,
      .elementSurplus, .elementsStrange, .forwardingOff, .familyMissing, .unknownLink,
      .bridgeTrafficFiltered:
      []
    }
  }
}
