import Addressing

extension DesiredEndpoint {
  /// The steps that create the veth pair and bring it up; routes are not included.
  public func creationSteps(container: NamespaceHandle) -> [KernelStep] {
    let inside = TargetNamespace.container(container)
    var steps: [KernelStep] = [.createVeth(self, container: container)] + portSteps
    // The user's sysctls follow netctl's own.
    if isAnnounced { steps.append(.enableARPNotification(name, inside)) }
    steps.append(.writeSysctls(notifications + sysctls, inside))
    // Both ends are set up early, because the kernel takes a while to notice the carrier.
    steps += [.bringUp(name, inside), .bringUp(hostName, .host)]
    steps += addresses.map { .addAddress($0, name, inside) }
    return steps
  }

  /// The steps that configure the host end as a bridge port; it loses these settings with its
  /// bridge.
  public var portSteps: [KernelStep] {
    (isIsolated ? [.isolatePort(hostName)] : [])
      + [.disableLearning(hostName, entering: mac)]
      + (isLocked ? [.lockPort(hostName)] : [])
  }

  /// The steps that announce the endpoint to its neighbours, after everything else.
  public func announcementSteps(container: NamespaceHandle) -> [KernelStep] {
    var waits = [KernelStep.awaitForwarding(hostName)]
    // A bridge gets its link-local address once its first port has carrier.
    if addresses.contains(where: { $0.family == .ipv6 }) {
      waits.append(.awaitSending(master, .host))
    }
    guard isAnnounced, !addresses.isEmpty else { return waits }
    let inside = TargetNamespace.container(container)
    return waits + [.awaitSending(name, inside), .setHardwareAddress(mac, name, inside)]
  }

  // The kernel announces IPv6 addresses by unsolicited neighbour advertisements.
  private var notifications: [Sysctl] {
    guard isAnnounced, addresses.contains(where: { $0.family == .ipv6 }) else { return [] }
    let path = ["net", "ipv6", "conf", name.description, "ndisc_notify"]
    return [Sysctl(path, "1", for: .promptness)]
  }
}
