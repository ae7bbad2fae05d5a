import AddressPools
import Addressing
import Drivers
import NetworkModel
import OrderedJSON

/// The keys that are in force for new networks.
extension ConfigurationReader {
  mutating func readPools(_ configuration: inout Configuration) {
    let key = "default-address-pools"
    if let value = value(key) {
      if let elements = value.array {
        let pools = elements.enumerated().compactMap { pool($0.element, $0.offset, of: key) }
        if !pools.isEmpty {
          configuration.localPools = pools.filter { $0.base.family == .ipv4 }
          configuration.localIPv6Pools = pools.filter { $0.base.family == .ipv6 }
          checkPools(of: configuration, key)
        }
      } else {
        report(key, .unexpected(value: value.text(), .pools))
      }
    }
    let pools = (configuration.localPools + configuration.localIPv6Pools).map { pool in
      JSONValue.object(["base": .string(pool.base.description), "size": JSONValue(pool.size)])
    }
    enter(key, .array(pools))
  }

  // One that has no subnet of its own cannot do without.
  private mutating func checkPools(of configuration: Configuration, _ key: String) {
    let bridge = configuration.defaultBridge
    let hasSubnet =
      bridge.isForeign || bridge.addresses[.ipv4] != nil || bridge.ranges[.ipv4] != nil
    if configuration.hasDefaultBridge, !hasSubnet, configuration.localPools.isEmpty {
      report(key, .noPool(.ipv4))
    }
  }

  private mutating func pool(_ value: JSONValue, _ number: Int, of key: String) -> AddressPool? {
    let path: [JSONLocator.Step] = [.member(key), .element(number)]
    guard let object = value.object else {
      report(path, .unexpected(value: value.text(), .object))
      return nil
    }
    checkNames(of: object, at: path, among: ["base", "size"])
    let base = object["base"].flatMap(\.string).flatMap { try? IPPrefix(parsing: $0) }
    guard let base else {
      let isMissing = object["base"] == nil
      report(
        path + (isMissing ? [] : [.member("base")]),
        .unexpected(value: (object["base"] ?? value).text(), isMissing ? .pool : .prefix))
      return nil
    }
    if base.isReserved {
      report(
        path + [.member("base")],
        .unexpected(value: JSONValue(base.description).text(), .prefix))
      return nil
    }
    // A subnet has a gateway and a container.
    guard let size = object["size"]?.number?.integer(as: Int.self), size > 0,
      let first = IPPrefix(address: base.masked.address, length: size),
      SubnetLeases(subnet: first).availableCount > 1
    else {
      let isMissing = object["size"] == nil
      report(
        path + (isMissing ? [] : [.member("size")]),
        .unexpected(value: (object["size"] ?? value).text(), isMissing ? .pool : .poolSize))
      return nil
    }
    guard let pool = AddressPool(base: base, size: size) else {
      report(
        path + [.member("size")],
        .poolTooSmall(base: base.masked.description, length: base.length, size: size))
      return nil
    }
    return pool
  }

  mutating func readNetworkOptions(_ configuration: inout Configuration) {
    let key = "default-network-opts"
    if let value = value(key) {
      if let object = value.object {
        for member in object.members {
          let options = networkOptions(member.value, of: member.name, in: key)
          configuration.networkOptions[DriverName(rawValue: member.name)] = options
        }
      } else {
        report(key, .unexpected(value: value.text(), .optionsByDriver))
      }
    }
    let options = configuration.networkOptions.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { ($0.key.rawValue, JSONValue(sorting: $0.value)) }
    enter(key, .object(JSONObject(options)))
  }

  private mutating func networkOptions(
    _ value: JSONValue, of driver: String, in key: String
  ) -> [String: String]? {
    let path: [JSONLocator.Step] = [.member(key), .member(driver)]
    guard let object = value.object else {
      report(path, .unexpected(value: value.text(), .options))
      return nil
    }
    var options: [String: String] = [:]
    for member in object.members {
      let place = path + [.member(member.name)]
      guard let text = member.value.string else {
        report(place, .unexpected(value: member.value.text(), .string))
        continue
      }
      let name = DriverName(rawValue: driver)
      if !DriverRegistry.builtIn.accepts(text, for: member.name, of: name) {
        report(place, .unexpected(value: member.value.text(), .optionValue))
        continue
      }
      options[member.name] = text
    }
    return options
  }
}

extension IPPrefix {
  /// Whether some of its addresses are loopback, multicast or otherwise none of a network.
  var isReserved: Bool {
    let blocks =
      family == .ipv4
      ? [(UInt128(0), 8), (0x7f00_0000, 8), (0xe000_0000, 3)]
      : [(UInt128(0), 127), (0xff << 120, 8)]
    return blocks.contains { value, length in
      IPAddress(family: family, value: value)
        .flatMap { IPPrefix(address: $0, length: length) }?.overlaps(self) == true
    }
  }
}
