import Addressing
import Drivers
import NetworkModel

/// Whether a network is the one that a request asks for. What a request leaves to netctl, such as
/// the subnet, or to the configuration does not matter.
extension CreatePlan {
  /// What a network of the name does not have as requested, in the order of the subjects.
  func differences(from network: Network) -> [DefinitionDifference] {
    let wanted =
      request.isConfigurationOnly
      ? configurationNetwork(id: network.id, created: network.created)
      : self.network(
        id: network.id, created: network.created, driver: DriverName(rawValue: request.driver),
        subnets: subnets)
    return Self.differences(Self.features(of: network), Self.features(of: wanted))
      .filter { !subjectsOfDefaults.contains($0.subject) }
      + AddressFamily.allCases.flatMap { family in
        Self.differences(
          (network.ipam.subnets ?? []).filter { $0.family == family },
          (wanted.ipam.subnets ?? []).filter { $0.family == family })
      }
  }

  // The configuration may have been another when the network was created.
  private var subjectsOfDefaults: Set<String> {
    let families = NetworkOptions.familyKeys.filter { defaultedOptions.contains($0.value) }
    return Set(defaultedOptions.map { "option \($0)" } + families.map(\.key.name))
  }

  private static func differences(
    _ found: [String: String], _ wanted: [String: String]
  ) -> [DefinitionDifference] {
    Set(found.keys).union(wanted.keys).sorted().filter { found[$0] != wanted[$0] }
      .map { DefinitionDifference(subject: $0, found: found[$0], wanted: wanted[$0]) }
  }

  private static func features(of network: Network) -> [String: String] {
    var features = [
      "driver": network.driver.rawValue, "scope": network.scope,
      "IPv4": String(network.families.contains(.ipv4)),
      "IPv6": String(network.families.contains(.ipv6)),
      "internal": String(network.isInternal), "attachable": String(network.isAttachable),
      "config-only": String(network.isConfigurationOnly), "ipam-driver": network.ipam.driver,
    ]
    features["config-from"] = network.configurationSource
    for (key, value) in network.options { features["option \(key)"] = value }
    for (key, value) in network.labels { features["label \(key)"] = value }
    for (key, value) in network.ipam.options ?? [:] { features["ipam-opt \(key)"] = value }
    return features
  }

  /// The differences of a family's subnets.
  private static func differences(
    _ found: [SubnetConfiguration], _ wanted: [SubnetConfiguration]
  ) -> [DefinitionDifference] {
    // An automatic one has the subnet and the gateway that it was given.
    if wanted.isEmpty {
      return found.flatMap { differences($0, SubnetConfiguration(subnet: $0.subnet)) }
    }
    let unmatched = found.filter { subnet in !wanted.contains { subnet.isWanted(by: $0) } }
    return wanted.flatMap { wanted in
      guard let match = found.first(where: { $0.isWanted(by: wanted) }) else {
        let other = unmatched.first?.subnet.description
        return [
          DefinitionDifference(
            subject: "subnet", found: other, wanted: wanted.subnet.description)
        ]
      }
      return differences(match, wanted)
    }
      + unmatched.dropFirst(wanted.count { one in !found.contains { $0.isWanted(by: one) } }).map {
        DefinitionDifference(subject: "subnet", found: $0.subnet.description, wanted: nil)
      }
  }

  private static func differences(
    _ found: SubnetConfiguration, _ wanted: SubnetConfiguration
  ) -> [DefinitionDifference] {
    differences(
      features(of: found, withGateway: wanted.gateway != nil),
      features(of: wanted, withGateway: wanted.gateway != nil))
  }

  private static func features(
    of subnet: SubnetConfiguration, withGateway: Bool
  ) -> [String: String] {
    var features: [String: String] = [:]
    features["ip-range"] = subnet.range?.description
    if withGateway { features["gateway"] = subnet.gateway?.description }
    for (name, address) in subnet.auxiliaryAddresses {
      features["aux-address \(name)"] = address.description
    }
    return features
  }
}

extension SubnetConfiguration {
  /// Whether it can be the one that is asked for, perhaps only by its length.
  fileprivate func isWanted(by request: SubnetConfiguration) -> Bool {
    guard request.subnet.isUnspecified else { return subnet == request.subnet }
    return request.subnet.length == 0 || subnet.length == request.subnet.length
  }
}
