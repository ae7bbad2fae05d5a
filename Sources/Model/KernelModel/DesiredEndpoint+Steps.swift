import Addressing

extension DesiredEndpoint {
  /// The steps that create the interface and bring it up; default routes are not included.
  public func creationSteps(container: NamespaceHandle) -> [KernelStep] {
    let inside = TargetNamespace.container(container)
    var steps: [KernelStep] = [.createEndpoint(self, container: container)]
    if let port = link.port { steps += port.steps }
    // The user's sysctls follow netctl's own.
    if isAnnounced { steps.append(.enableARPNotification(name, inside)) }
    steps.append(.writeSysctls(notifications + sysctls, inside))
    // Both ends are set up early, because the kernel takes a while to notice the carrier.
    steps.append(.bringUp(name, inside))
    if let hostName = link.hostName { steps.append(.bringUp(hostName, .host)) }
    steps += addresses.map { .addAddress($0, name, inside) }
    // What is on the link comes first: next hops may be there.
    let ordered = routes.filter { $0.nextHop == nil } + routes.filter { $0.nextHop != nil }
    return steps + ordered.map { .addRoute($0, name, inside) }
  }

  /// The steps that attach the endpoint to a bridge that was created again. A link that is on
  /// another one went with it.
  public var attachmentSteps: [KernelStep] { link.port?.attachmentSteps ?? [] }

  /// The steps that announce the endpoint to its neighbours, after everything else.
  public func announcementSteps(container: NamespaceHandle) -> [KernelStep] {
    var waits: [KernelStep] = []
    if let port = link.port {
      waits.append(.awaitForwarding(port.name))
      // A bridge gets its link-local address once its first port has carrier.
      if addresses.contains(where: { $0.family == .ipv6 }) {
        waits.append(.awaitSending(port.bridge, .host))
      }
    }
    guard isAnnounced, !addresses.isEmpty, let mac else { return waits }
    let inside = TargetNamespace.container(container)
    return waits + [.awaitSending(name, inside), .setHardwareAddress(mac, name, inside)]
  }

  // The kernel announces IPv6 addresses by unsolicited neighbour advertisements.
  private var notifications: [Sysctl] {
    guard isAnnounced, addresses.contains(where: { $0.family == .ipv6 }) else { return [] }
    return [Sysctl(.interface(.ipv6, name, .ndiscNotify), "1", for: .promptness)]
  }
}
