import Addressing
import KernelModel
import NetworkModel

/// What the driver refuses when a network is created.
extension BridgeDriver {
  static func chosenLink(
    _ options: [String: String]
  ) throws(OptionError) -> (name: String, kind: LinkKind)? {
    try EarlyBridgeOptions(options).bridgeName.map { ($0, .bridge) }
  }

  static func resolvingLinkNames<Failure: Error>(
    in options: [String: String], by name: (String) throws(Failure) -> InterfaceName?
  ) throws(Failure) -> [String: String] {
    var options = options
    if let text = options[BridgeOptions.nameKey], let link = try name(text) {
      options[BridgeOptions.nameKey] = link.description
    }
    if let text = options[BridgeOptions.trustedInterfacesKey] {
      var names: [String] = []
      for part in text.split(separator: ":", omittingEmptySubsequences: false) {
        names.append(try name(String(part))?.description ?? String(part))
      }
      options[BridgeOptions.trustedInterfacesKey] = names.joined(separator: ":")
    }
    return options
  }

  static func familiesWithoutGateway(
    _ options: [String: String], isInternal: Bool
  ) throws(OptionError) -> Set<AddressFamily> {
    let words = try EarlyBridgeOptions(options)
    try words.checkIsolation(isInternal: isInternal)
    return words.familiesWithoutGateway(isInternal: isInternal)
  }

  // The bridge has the name, and a network has a family as long as it has a subnet of it.
  static func fixedOption(
    among changed: Set<String>, of old: [String: String], _ new: [String: String], isUsed: Bool
  ) -> String? {
    changed.contains(BridgeOptions.nameKey) ? BridgeOptions.nameKey : nil
  }

  static func check(_ subnets: [SubnetConfiguration]) throws(NetworkProblem) {
    for family in AddressFamily.allCases
    where subnets.count(where: { $0.subnet.family == family }) > 1 {
      throw .severalSubnets
    }
  }

  func checkSubnets() throws(NetworkProblem) {
    guard let linkLocal = IPPrefix.linkLocalIPv6 else { return }
    for subnet in network.subnets where subnet.subnet.family == .ipv6 {
      let prefix = subnet.subnet
      let gateway = subnet.gateway ?? prefix.address
      if prefix.address.isMulticast {
        throw .multicastSubnet(gateway: gateway, length: prefix.length)
      }
      if prefix != linkLocal && prefix.overlaps(linkLocal) {
        throw .linkLocalClash(gateway: gateway, length: prefix.length)
      }
    }
  }

  // Docker does so for IPv4 only.
  func checkGateways() throws(NetworkProblem) {
    let hasOverride = network.subnets.contains { subnet in
      subnet.subnet.family == .ipv4 && subnet.auxiliaryAddresses["DefaultGatewayIPv4"] != nil
    }
    if network.isInternal && hasOverride { throw .gatewayOnInternalNetwork }
  }
}

extension IPPrefix {
  // The kernel assigns it to every interface; an overlapping subnet would be added beside it.
  fileprivate static let linkLocalIPv6 = IPAddress(family: .ipv6, value: 0xfe80 << 112)
    .flatMap { IPPrefix(address: $0, length: 64) }
}
