import Addressing
import KernelModel
import NetworkModel

extension BridgeDriver: PortPublishing {
  var defaultHostAddress: IPAddress? { options.hostAddress }

  func publishes(_ family: AddressFamily) -> Bool { host.firewalledFamilies.contains(family) }

  func isRouted(_ family: AddressFamily) -> Bool { options.gatewayMode(family) == .routed }

  func policy(for port: PublishedPort, on endpoint: Endpoint) -> PortPolicy? {
    guard !network.isInternal, publishes(port.host.family),
      let address = endpoint.interface?.address(port.host.family)?.address
    else { return nil }
    var policy = PortPolicy(address, port.transport, port: port.containerPort)
    switch options.gatewayMode(port.host.family) {
    case .isolated: return nil
    case .routed:
      policy.isOpen = true
      return policy
    case .nat, .natUnprotected: break
    }
    // A port published on a routed network has no host port to map.
    guard let hostPort = port.hostPort else { return nil }
    policy.hostPort = PortPolicy.HostPort(address: port.host, port: hostPort)
    // Ports published on a loopback address are for the host only, whichever interfaces are
    // trusted.
    policy.isOpen =
      (host.allowsDirectRouting || !options.trustedInterfaces.isEmpty) && !port.host.isLoopback
    return policy
  }
}
