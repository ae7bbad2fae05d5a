import Addressing
import KernelModel
import NetworkModel

extension BridgeDriver {
  func firewall(for port: PublishedPort, on endpoint: Endpoint) -> [FirewallElement] {
    guard !network.isInternal,
      let address = endpoint.interface?.address(port.host.family)?.address
    else { return [] }
    let open = FirewallElement.openPort(address, port.transport, port: port.containerPort)
    switch options.gatewayMode(port.host.family) {
    case .isolated: return []
    case .routed: return [open]
    case .nat, .natUnprotected: break
    }
    // A port published on a routed network has no host port to map.
    guard let hostPort = port.hostPort else { return [] }
    let published = FirewallElement.published(
      host: port.host, port.transport, port: hostPort, to: address,
      containerPort: port.containerPort)
    // What is published to a loopback address is for the host alone, whichever wire is trusted.
    let isTrusted = !options.trustedInterfaces.isEmpty && !port.host.isLoopback
    return isTrusted ? [published, open] : [published]
  }
}
