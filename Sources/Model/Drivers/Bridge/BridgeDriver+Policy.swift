import Addressing
import KernelModel
import NetworkModel

extension BridgeDriver {
  /// What the network requires of the firewall; nil if none of its families has one.
  var policy: NetworkPolicy? {
    if network.families.isDisjoint(with: host.firewalledFamilies) { return nil }
    return NetworkPolicy(
      bridge: bridgeName, families: host.firewalledFamilies,
      allowsContainerTraffic: options.allowsContainerTraffic,
      portSecurity: options.portSecurity,
      gateways: network.subnets.compactMap(\.gateway)
        .filter { options.gatewayMode($0.family) != .isolated },
      bridgeAddresses: bridge.addresses.map(\.address) + linkLocalAddress,
      bridgeMAC: bridge.mac,
      outside: network.isInternal ? nil : outside)
  }

  // What the kernel makes of the hardware address of a bridge with IPv6.
  private var linkLocalAddress: [IPAddress] {
    let device = bridge
    guard device.addresses.contains(where: { $0.address.family == .ipv6 }) else { return [] }
    return [device.mac?.linkLocalAddress].compactMap(\.self)
  }

  private var outside: NetworkPolicy.Outside {
    let families = AddressFamily.allCases.map { ($0, familyPolicy($0)) }
    return NetworkPolicy.Outside(
      families: Dictionary(uniqueKeysWithValues: families),
      trustedInterfaces: options.trustedInterfaces)
  }

  private func familyPolicy(_ family: AddressFamily) -> NetworkPolicy.FamilyPolicy {
    switch options.gatewayMode(family) {
    case .nat: NetworkPolicy.FamilyPolicy(sourceAddress: sourceAddress(family))
    case .natUnprotected:
      NetworkPolicy.FamilyPolicy(reachability: .everything, sourceAddress: sourceAddress(family))
    case .routed: NetworkPolicy.FamilyPolicy(reachability: .routedPorts)
    case .isolated: NetworkPolicy.FamilyPolicy()
    }
  }

  private func sourceAddress(_ family: AddressFamily) -> NetworkPolicy.SourceAddress {
    guard options.masquerades, network.families.contains(family) else { return .own }
    return options.sourceAddress(family).map { .chosen($0) } ?? .masquerade
  }
}
