import Addressing
import KernelModel
import NetworkModel

extension BridgeDriver {
  /// The network's elements in the sets and maps of netctl's table.
  var firewallElements: [FirewallElement] {
    var elements: [FirewallElement] = [.bridge(bridgeName), .intraNetwork(bridgeName)]
    if options.allowsContainerTraffic { elements.append(.interContainer(bridgeName)) }
    elements.append(network.isInternal ? .internal(bridgeName) : .external(bridgeName))
    elements += network.subnets.compactMap(\.gateway)
      .filter { options.gatewayMode($0.family) != .isolated }.map { .gateway($0) }
    // Also for families that the network does not have.
    for family in AddressFamily.allCases { elements += ingressElements(family) }
    if !network.isInternal {
      for family in network.families.sorted() { elements += translationElements(family) }
      elements += options.trustedInterfaces.map { .trusted(host: $0, bridge: bridgeName) }
    }
    return elements
  }

  func firewall(forSendersWith addresses: [IPAddress]) -> [FirewallElement] {
    let sources = addresses.map { FirewallElement.source(bridge: bridgeName, $0) }
    guard !network.isInternal else { return sources }
    return sources + addresses.map { .sender(bridge: bridgeName, $0) }
  }

  private func ingressElements(_ family: AddressFamily) -> [FirewallElement] {
    guard !network.isInternal else { return [.ingress(family, bridgeName, .drop)] }
    switch options.gatewayMode(family) {
    case .nat, .isolated: return [.ingress(family, bridgeName, .drop)]
    case .natUnprotected: return [.ingress(family, bridgeName, .accept)]
    case .routed: return [.routed(family, bridgeName)]
    }
  }

  private func translationElements(_ family: AddressFamily) -> [FirewallElement] {
    switch options.gatewayMode(family) {
    case .routed, .isolated: return []
    case .nat, .natUnprotected: break
    }
    guard options.masquerades else { return [] }
    if let address = options.sourceAddress(family) {
      return [.sourceAddress(bridge: bridgeName, address)]
    }
    return [.masquerade(family, bridgeName)]
  }
}
