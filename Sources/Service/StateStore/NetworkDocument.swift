import Addressing
package import NetworkModel
package import OrderedJSON

/// The JSON form of a network. Empty members are left out.
package enum NetworkDocument {
  static func encode(_ network: Network) -> [UInt8] { value(network).bytes() }

  package static func value(_ network: Network) -> JSONValue {
    var document = JSONObject()
    document[SchemaVersion.member] = JSONValue(SchemaVersion.current)
    document["id"] = .string(network.id.description)
    document["name"] = .string(network.name)
    document["created"] = JSONValue(network.created.nanoseconds)
    document["scope"] = .string(network.scope)
    document["driver"] = .string(network.driver.rawValue)
    document["families"] = JSONValue(network.families.sorted().map(\.keyword))
    document["ipam"] = encode(network.ipam)
    if network.isInternal { document["internal"] = true }
    if network.isAttachable { document["attachable"] = true }
    if network.isConfigurationOnly { document["configOnly"] = true }
    document["configFrom"] = network.configurationSource.map { .string($0) }
    if !network.options.isEmpty { document["options"] = JSONValue(sorting: network.options) }
    if !network.labels.isEmpty { document["labels"] = JSONValue(sorting: network.labels) }
    if !network.preexistingAddresses.isEmpty {
      document["kept"] = JSONValue(network.preexistingAddresses.map(\.description))
    }
    document["plugin"] = network.plugin.map { .string($0.phase.rawValue) }
    return .object(document)
  }

  static func decode(
    _ bytes: some Sequence<UInt8>, file: String
  ) throws(StateError) -> Network {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      try decode(reader)
    }
  }

  package static func decode(_ reader: ObjectReader) throws(DocumentError) -> Network {
    Network(
      id: try reader.parsed("id") { NetworkID($0) },
      name: try reader.string("name"),
      created: Timestamp(nanoseconds: try reader.integer("created")),
      scope: try reader.string("scope"),
      driver: try reader.parsed("driver") { DriverName(rawValue: $0) },
      families: try FamilyName.decode(reader, "families"),
      ipam: try decodeIPAM(try reader.object("ipam")),
      isInternal: try reader.optionalBoolean("internal") ?? false,
      isAttachable: try reader.optionalBoolean("attachable") ?? false,
      isConfigurationOnly: try reader.optionalBoolean("configOnly") ?? false,
      configurationSource: try reader.optionalString("configFrom"),
      options: try reader.optionalStringMap("options") ?? [:],
      labels: try reader.optionalStringMap("labels") ?? [:],
      preexistingAddresses: reader.object["kept"] == nil
        ? [] : try reader.parsedElements("kept") { try? IPPrefix(parsing: $0) },
      plugin: try reader.optionalParsed("plugin") { PluginNetwork.Phase(rawValue: $0) }
        .map { PluginNetwork($0) })
  }

  private static func encode(_ ipam: IPAMConfiguration) -> JSONValue {
    var object = JSONObject()
    object["driver"] = .string(ipam.driver)
    object["options"] = ipam.options.map { JSONValue(sorting: $0) }
    object["subnets"] = ipam.subnets.map { .array($0.map(encode)) }
    if ipam.needsHardwareAddress { object["needsMAC"] = true }
    return .object(object)
  }

  private static func encode(_ subnet: SubnetConfiguration) -> JSONValue {
    var object = JSONObject()
    object["subnet"] = .string(subnet.subnet.description)
    object["range"] = subnet.range.map { .string($0.description) }
    object["gateway"] = subnet.gateway.map { .string($0.description) }
    if !subnet.auxiliaryAddresses.isEmpty {
      object["aux"] = JSONValue(sorting: subnet.auxiliaryAddresses.mapValues(\.description))
    }
    object["pool"] = subnet.pool.map { .string($0) }
    return .object(object)
  }

  private static func decodeIPAM(
    _ reader: ObjectReader
  ) throws(DocumentError) -> IPAMConfiguration {
    IPAMConfiguration(
      driver: try reader.string("driver"),
      options: try reader.optionalStringMap("options"),
      subnets: reader.object["subnets"] == nil ? nil : try decodeSubnets(reader),
      needsHardwareAddress: try reader.optionalBoolean("needsMAC") ?? false)
  }

  private static func decodeSubnets(
    _ reader: ObjectReader
  ) throws(DocumentError) -> [SubnetConfiguration] {
    var subnets: [SubnetConfiguration] = []
    for subnet in try reader.objects("subnets") {
      var auxiliary: [String: IPAddress] = [:]
      if let addresses = try subnet.optionalObject("aux") {
        for name in addresses.object.names {
          auxiliary[name] = try addresses.parsed(name) { IPAddress($0) }
        }
      }
      subnets.append(
        SubnetConfiguration(
          subnet: try subnet.parsed("subnet") { try? IPPrefix(parsing: $0) },
          range: try subnet.optionalParsed("range") { try? IPPrefix(parsing: $0) },
          gateway: try subnet.optionalParsed("gateway") { IPAddress($0) },
          auxiliaryAddresses: auxiliary, pool: try subnet.optionalString("pool")))
    }
    return subnets
  }
}

/// The names of address families in documents.
enum FamilyName {
  static func decode(
    _ reader: ObjectReader, _ name: String
  ) throws(DocumentError) -> Set<AddressFamily> {
    var families: Set<AddressFamily> = []
    for word in try reader.strings(name) {
      guard let family = AddressFamily.allCases.first(where: { $0.keyword == word }) else {
        throw reader.failure(name, expected: .text(type: "AddressFamily"))
      }
      families.insert(family)
    }
    return families
  }
}
