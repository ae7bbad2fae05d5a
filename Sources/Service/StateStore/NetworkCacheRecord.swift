import Addressing
import NetworkModel

/// The record of one network; identity, name, subnets and scope come first, because lookups need
/// them.
enum NetworkCacheRecord {
  static func encode(_ network: Network) -> [UInt8] {
    var writer = BinaryWriter()
    writer.append(network.id.description)
    writer.append(network.name)
    writer.append(network.subnets.map(\.subnet)) { $0.append($1) }
    writer.append(network.created.nanoseconds)
    writer.append(network.scope)
    writer.append(network.driver.rawValue)
    for family in AddressFamily.allCases { writer.append(network.families.contains(family)) }
    writer.append(network.ipam.driver)
    writer.append(network.ipam.options) { $0.append($1) }
    writer.append(network.ipam.subnets) { writer, subnets in
      writer.append(subnets) { $0.append($1) }
    }
    writer.append(network.ipam.needsHardwareAddress)
    for flag in [network.isInternal, network.isAttachable, network.isConfigurationOnly] {
      writer.append(flag)
    }
    writer.append(network.configurationSource) { $0.append($1) }
    writer.append(network.options)
    writer.append(network.labels)
    writer.append(network.preexistingAddresses) { $0.append($1) }
    writer.append(network.plugin) { $0.append($1.phase.rawValue) }
    return writer.bytes
  }

  static func decode(_ reader: inout BinaryReader) -> Network? {
    guard let id = reader.text().flatMap({ NetworkID($0) }),
      let name = reader.text(),
      reader.list({ $0.prefix() }) != nil,
      let created = reader.integer(as: Int64.self),
      let scope = reader.text(),
      let driver = reader.text().flatMap({ DriverName(rawValue: $0) }),
      let families = reader.families(),
      let ipam = reader.ipam(),
      let isInternal = reader.flag(), let isAttachable = reader.flag(),
      let isConfigurationOnly = reader.flag(),
      let configurationSource = reader.optional({ $0.text() }),
      let options = reader.texts(), let labels = reader.texts(),
      let preexistingAddresses = reader.list({ $0.prefix() }),
      let phase = reader.optional({ $0.text() }), reader.isAtEnd
    else { return nil }
    return Network(
      id: id, name: name, created: Timestamp(nanoseconds: created), scope: scope,
      driver: driver, families: families, ipam: ipam, isInternal: isInternal,
      isAttachable: isAttachable, isConfigurationOnly: isConfigurationOnly,
      configurationSource: configurationSource, options: options, labels: labels,
      preexistingAddresses: preexistingAddresses,
      plugin: phase.flatMap(PluginNetwork.Phase.init).map { PluginNetwork($0) })
  }
}

extension BinaryWriter {
  fileprivate mutating func append(_ address: IPAddress) {
    append(address.family.rawValue)
    append(address.value)
  }

  fileprivate mutating func append(_ prefix: IPPrefix) {
    append(prefix.address)
    append(UInt8(prefix.length))
  }

  fileprivate mutating func append(_ subnet: SubnetConfiguration) {
    append(subnet.subnet)
    append(subnet.range) { $0.append($1) }
    append(subnet.gateway) { $0.append($1) }
    append(subnet.auxiliaryAddresses.sorted { $0.key < $1.key }) { writer, pair in
      writer.append(pair.key)
      writer.append(pair.value)
    }
    append(subnet.pool) { $0.append($1) }
  }
}

extension BinaryReader {
  fileprivate mutating func address() -> IPAddress? {
    guard let family = byte().flatMap({ AddressFamily(rawValue: $0) }),
      let value = integer(as: UInt128.self)
    else { return nil }
    return IPAddress(family: family, value: value)
  }

  mutating func prefix() -> IPPrefix? {
    guard let address = address(), let length = byte() else { return nil }
    return IPPrefix(address: address, length: Int(length))
  }

  fileprivate mutating func families() -> Set<AddressFamily>? {
    var families: Set<AddressFamily> = []
    for family in AddressFamily.allCases {
      guard let isPresent = flag() else { return nil }
      if isPresent { families.insert(family) }
    }
    return families
  }

  fileprivate mutating func ipam() -> IPAMConfiguration? {
    guard let driver = text(), let options = optional({ $0.texts() }),
      let subnets = optional({ reader in reader.list { $0.subnet() } }),
      let needsHardwareAddress = flag()
    else { return nil }
    return IPAMConfiguration(
      driver: driver, options: options, subnets: subnets,
      needsHardwareAddress: needsHardwareAddress)
  }

  private mutating func subnet() -> SubnetConfiguration? {
    guard let subnet = prefix(), let range = optional({ $0.prefix() }),
      let gateway = optional({ $0.address() }),
      let auxiliary = list({ reader in reader.namedAddress() }),
      let pool = optional({ $0.text() })
    else { return nil }
    return SubnetConfiguration(
      subnet: subnet, range: range, gateway: gateway,
      auxiliaryAddresses: Dictionary(auxiliary, uniquingKeysWith: { _, last in last }), pool: pool)
  }

  private mutating func namedAddress() -> (String, IPAddress)? {
    guard let name = text(), let address = address() else { return nil }
    return (name, address)
  }
}
