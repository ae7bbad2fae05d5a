public import Addressing

/// A difference between the kernel and the records.
public enum Difference: Hashable, Sendable {
  /// A network's device is missing.
  case deviceMissing(NetworkDevice)
  /// The creation of a network's device was interrupted.
  case deviceUnfinished(NetworkDevice)
  /// The device's name belongs to a link that netctl must not touch.
  case deviceTaken(DeviceConflict)
  /// A link that netctl created has been renamed.
  case renamed(InterfaceName, from: InterfaceName, TargetNamespace)
  /// A link inside a container has been renamed, and another one there has its name now.
  case nameTaken(InterfaceName, present: InterfaceName)
  /// A link is not up.
  case down(InterfaceName, TargetNamespace)
  /// A link lacks an address.
  case addressMissing(IPPrefix, InterfaceName, TargetNamespace)
  /// A link has another MTU than its network.
  case mtu(InterfaceName, wanted: UInt32, found: UInt32, TargetNamespace)
  /// A macvlan interface has another mode than its network.
  case macvlanMode(InterfaceName, wanted: MacvlanMode, found: MacvlanMode, TargetNamespace)
  /// A link has another hardware address.
  case hardwareAddress(InterfaceName, wanted: MACAddress, found: MACAddress, TargetNamespace)
  /// Hairpin mode is off on a bridge port that needs it.
  case hairpinOff(InterfaceName)
  /// Host processes cannot reach published ports behind a bridge by a loopback address.
  case loopbackClosed(DesiredPorts.LoopbackAccess)
  /// A sysctl has another value.
  case sysctl(Sysctl, found: String)
  /// The host end of an endpoint is not a port of its bridge.
  case notAPort(VethPort)
  /// A bridge port that should be isolated is not.
  case notIsolated(InterfaceName)
  /// A bridge port that should be locked to its container's hardware address is not.
  case notLocked(InterfaceName)
  /// A bridge port learns addresses, or lacks the static entry for its container's address.
  case portLearns(InterfaceName, MACAddress)
  /// The link of a network that leads to other hosts is missing or was made otherwise; then one
  /// remains.
  case tunnelMissing(DesiredTunnel, remains: InterfaceName?)
  /// The link that leads to other hosts is not a port of its bridge, or one that learns or floods.
  case tunnelDetached(DesiredTunnel)
  /// The tables of a tunnel lack an endpoint on another host, or have something else of it.
  case stationMissing(RemoteStation, InterfaceName)
  /// The tables of a tunnel have what is on no other host.
  case stationUnexpected(RemoteStation, InterfaceName)
  /// The link that bears an endpoint's alias is gone, but its container is not.
  case hostLinkMissing(InterfaceName)
  /// The interface of an endpoint without a host end is gone, and can be recreated. If its creation
  /// was interrupted, a link remains.
  case interfaceMissing(DesiredEndpoint, container: NamespaceHandle, remains: InterfaceName?)
  /// An interface without a host end has been moved out of its container, to the host.
  case interfaceMoved(DesiredEndpoint, container: NamespaceHandle, present: InterfaceName)
  /// The container of an endpoint without a host end cannot be entered.
  case namespaceInaccessible(KernelError)
  /// The host has no link of this name, which is the parent of a network's interfaces and which
  /// netctl does not create.
  case parentMissing(InterfaceName)
  /// The container end of an endpoint is not in its container.
  case containerEndMissing(InterfaceName, host: InterfaceName)
  /// A container lacks a default route; `before` is the metric of the route that it must precede.
  case routeMissing(DefaultRoute, before: UInt32?, TargetNamespace)
  /// A container with its own default route lacks a return path.
  case returnPathMissing(ReturnPath, TargetNamespace)
  /// A table is missing, or its chains and rules are not those of this version.
  case firewallMissing
  /// A set or map lacks an element.
  case elementMissing(FirewallElement)
  /// A set or map contains an element that no network needs.
  case elementUnexpected(FirewallElement)
  /// Sets and maps contain elements that netctl cannot have added.
  case unrecognizedElements(count: Int)
  /// Forwarding is disabled for a family that a network needs.
  case forwardingOff(AddressFamily)
  /// The kernel does not support a family that a network needs.
  case familyMissing(AddressFamily)
  /// A link has an alias of netctl's, but no record.
  case unknownLink(InterfaceName, LinkOwner)
  /// Frames between ports of a bridge pass the host's IP firewall.
  case bridgeTrafficFiltered(AddressFamily)
}

extension Difference {
  // The address may be missing because the family was disabled on the link.
  private func enabling(
    _ family: AddressFamily, of name: InterfaceName, in namespace: TargetNamespace
  ) -> [KernelStep] {
    if family == .ipv4 { return [] }
    return [.writeSysctls([Sysctl(.interface(.ipv6, name, .disableIPv6), "0")], namespace)]
  }

  /// The steps that correct the difference, except those for the firewall and forwarding; none for
  /// what is left to the administrator.
  public var steps: [KernelStep] {
    switch self {
    case .deviceMissing(let device): device.creationSteps
    case .deviceUnfinished(let device): device.replacementSteps
    case .renamed(let name, let present, let namespace): [.renameLink(present, to: name, namespace)]
    case .down(let name, let namespace): [.bringUp(name, namespace)]
    case .addressMissing(let address, let name, .host): [.addAddress(address, name, .host)]
    case .addressMissing(let address, let name, let container):
      enabling(address.family, of: name, in: container) + [.addAddress(address, name, container)]
    case .mtu(let name, let wanted, _, let namespace): [.setMTU(wanted, name, namespace)]
    case .macvlanMode(let name, let wanted, _, let namespace):
      [.setMacvlanMode(wanted, name, namespace)]
    case .hardwareAddress(let name, let wanted, _, let namespace):
      [.setHardwareAddress(wanted, name, namespace)]
    case .hairpinOff(let name): [.setHairpin(true, name)]
    case .loopbackClosed(let access): [access.opening()]
    case .sysctl(let sysctl, _): [.writeSysctls([sysctl], .host)]
    case .notAPort(let port): port.attachmentSteps
    case .notIsolated(let name): [.setIsolation(true, name)]
    case .notLocked(let name): [.setLock(true, name)]
    case .portLearns(let name, let mac): [.disableLearning(name, entering: mac)]
    case .tunnelMissing(let tunnel, let remains):
      (remains.map { [.deleteLink($0, .host)] } ?? []) + tunnel.creationSteps
    case .tunnelDetached(let tunnel): tunnel.portSteps
    case .stationMissing(let station, let tunnel): [.addStation(station, tunnel)]
    case .stationUnexpected(let station, let tunnel): [.removeStation(station, tunnel)]
    case .interfaceMissing(let endpoint, let container, let remains):
      (remains.map { [.deleteLink($0, .container(container))] } ?? [])
        + endpoint.creationSteps(container: container)
    case .interfaceMoved(let endpoint, let container, let present):
      [.deleteLink(present, .host)] + endpoint.creationSteps(container: container)
    case .routeMissing(let route, let metric, let namespace):
      [.addDefaultRoute(route, before: metric, namespace)]
    case .returnPathMissing(let path, let namespace):
      [.setReturnPath(path, path.source.family, namespace)]
    case .deviceTaken, .nameTaken, .hostLinkMissing, .parentMissing, .namespaceInaccessible,
      .containerEndMissing,
      .firewallMissing, .elementMissing,
      .elementUnexpected, .unrecognizedElements, .forwardingOff, .familyMissing, .unknownLink,
      .bridgeTrafficFiltered:
      []
    }
  }
}
