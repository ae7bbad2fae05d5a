package import Addressing
package import NetworkModel
import OrderedJSON

/// A subnet as a network plugin is told of it.
package struct PluginSubnet: Sendable {
  /// The subnet.
  package let prefix: IPPrefix
  /// The name of its address space.
  package let addressSpace: String
  /// The gateway with the prefix length that it was given out with.
  package let gateway: IPPrefix?
  /// Reserved addresses, by name.
  package let auxiliaryAddresses: [String: IPAddress]

  package init(
    _ prefix: IPPrefix, addressSpace: String, gateway: IPPrefix? = nil,
    auxiliaryAddresses: [String: IPAddress] = [:]
  ) {
    self.prefix = prefix
    self.addressSpace = addressSpace
    self.gateway = gateway
    self.auxiliaryAddresses = auxiliaryAddresses
  }

  fileprivate var json: JSONValue {
    var object: JSONObject = ["AddressSpace": .string(addressSpace)]
    if !auxiliaryAddresses.isEmpty {
      object["AuxAddresses"] = JSONValue(
        sorting: auxiliaryAddresses.mapValues { "\($0)/\(prefix.length)" })
    }
    object["Gateway"] = gateway.map { .string($0.description) }
    object["Pool"] = .string(prefix.description)
    return .object(object)
  }
}

/// Networks.
extension PluginClient {
  /// The families for which the plugin wants no gateway.
  package func familiesWithoutGateway(
    _ network: PluginNetworkOptions
  ) throws(PluginError) -> Set<AddressFamily> {
    let answer = try call("NetworkDriver.GwAllocCheck", ["Options": network.json])
    var families: Set<AddressFamily> = []
    if try answer.bool("SkipIPv4") { families.insert(.ipv4) }
    if try answer.bool("SkipIPv6") { families.insert(.ipv6) }
    return families
  }

  package func createNetwork(
    _ id: NetworkID, _ network: PluginNetworkOptions, _ subnets: [PluginSubnet]
  ) throws(PluginError) {
    let lists = AddressFamily.allCases.sorted().map { family in
      JSONValue.array(subnets.filter { $0.prefix.family == family }.map(\.json))
    }
    _ = try call(
      "NetworkDriver.CreateNetwork",
      [
        "NetworkID": .string(id.description), "Options": network.json, "IPv4Data": lists[0],
        "IPv6Data": lists[1],
      ])
  }

  package func deleteNetwork(_ id: NetworkID) throws(PluginError) {
    _ = try call("NetworkDriver.DeleteNetwork", ["NetworkID": .string(id.description)])
  }
}

/// What a plugin is told of a network besides its addresses.
package struct PluginNetworkOptions: Sendable {
  /// Its families.
  package let families: Set<AddressFamily>
  /// The driver options.
  package let options: [String: String]
  /// Whether it leads nowhere; nil if that is not said.
  package let isInternal: Bool?

  package init(families: Set<AddressFamily>, options: [String: String], isInternal: Bool?) {
    self.families = families
    self.options = options
    self.isInternal = isInternal
  }

  // As engines before version 28, this does not say that IPv4 is enabled: there are plugins that
  // refuse options which are true and unknown to them.
  fileprivate var json: JSONValue {
    let prefix = "com.docker.network."
    var object = JSONObject()
    if !families.contains(.ipv4) { object[prefix + "enable_ipv4"] = false }
    object[prefix + "enable_ipv6"] = .bool(families.contains(.ipv6))
    object[prefix + "generic"] = JSONValue(sorting: options)
    object[prefix + "internal"] = isInternal.map { .bool($0) }
    return .object(object)
  }
}
