import Addressing

extension DesiredEndpoint {
  /// The steps that make the veth pair and bring it into service, up to and without the routes.
  public func creationSteps(container: NamespaceHandle) -> [KernelStep] {
    let inside = Place.container(container)
    var steps: [KernelStep] = [.createVeth(self, container: container)] + portSteps
    // What the user wants to have written comes after netctl's own.
    if isAnnounced { steps.append(.enableARPNotification(name, inside)) }
    steps.append(.writeSysctls(notifications + sysctls, inside))
    // The kernel takes a while to notice that both ends are up, and may use it.
    steps += [.bringUp(name, inside), .bringUp(hostName, .host)]
    steps += addresses.map { .addAddress($0, name, inside) }
    return steps
  }

  /// The steps that give the host's end its properties as a port; it loses them with its bridge.
  public var portSteps: [KernelStep] {
    (isIsolated ? [.isolatePort(hostName)] : [])
      + [.disableLearning(hostName, entering: mac)]
  }

  /// The steps that make the endpoint known to its neighbours, once everything else is done.
  public func announcementSteps(container: NamespaceHandle) -> [KernelStep] {
    var waits = [KernelStep.awaitForwarding(hostName)]
    // With the carrier of its first port a bridge gets its link-local address.
    if addresses.contains(where: { $0.family == .ipv6 }) {
      waits.append(.awaitSending(master, .host))
    }
    guard isAnnounced, !addresses.isEmpty else { return waits }
    let inside = Place.container(container)
    return waits + [.awaitSending(name, inside), .setHardwareAddress(mac, name, inside)]
  }

  // For IPv6 the kernel announces addresses by unsolicited neighbour advertisements.
  private var notifications: [Sysctl] {
    guard isAnnounced, addresses.contains(where: { $0.family == .ipv6 }) else { return [] }
    return [Sysctl(["net", "ipv6", "conf", name.description, "ndisc_notify"], "1")]
  }
}
