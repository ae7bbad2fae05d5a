import AddressPools
import Addressing
import Drivers
import KernelModel
import LinuxSystem
import NetworkModel
import OrderedJSON

/// The keys, in the order of their names within each group.
extension ConfigurationReader {
  /// What the file says; whatever is wrong counts as not set, and is in `problems`.
  mutating func configuration() -> Configuration {
    var configuration = Configuration()
    readDefaultBridge(&configuration)
    readCluster(&configuration)
    readHost(&configuration)
    readNames(&configuration)
    readPools(&configuration)
    readNetworkOptions(&configuration)
    checkNames()
    return configuration
  }

  // MARK: The network bridge

  private mutating func readDefaultBridge(_ configuration: inout Configuration) {
    var bridge = configuration.defaultBridge
    let none = "none"
    if let name = parsed("bridge", .bridge, { try? InterfaceName($0).description }) {
      configuration.hasDefaultBridge = name != none
      if name != none && name != bridge.name { (bridge.name, bridge.isForeign) = (name, true) }
    }
    enter("bridge", .string(configuration.hasDefaultBridge ? bridge.name : none))
    for keys in BridgeKeys.all { readSubnet(keys, &bridge) }
    bool("icc", &bridge.allowsContainerTraffic)
    if let address = address("ip", .ipv4) { bridge.hostAddress = address }
    enter("ip", .string(bridge.hostAddress.description))
    bool("ip-masq", &bridge.masquerades)
    bool("ipv6", &bridge.hasIPv6)
    readMTU(&bridge)
    configuration.defaultBridge = bridge
  }

  private mutating func readSubnet(_ keys: BridgeKeys, _ bridge: inout DefaultBridge) {
    let family = keys.family
    if let address = prefix(keys.address, family, keys.interfaceForm) {
      if bridge.isForeign { report(keys.address, .conflict(with: "bridge")) }
      // Neither the address of the subnet itself nor the broadcast address, and not the only one.
      var leases = SubnetLeases(subnet: address)
      let isLeased = (try? leases.lease(address.address)) != nil
      if !isLeased || leases.availableCount == 0 || address.isReserved {
        report(
          keys.address,
          .unexpected(value: address.text, keys.interfaceForm))
      } else {
        bridge.addresses[family] = address
      }
    }
    if let range = prefix(keys.range, family, keys.prefixForm)?.masked {
      if range.isReserved {
        report(keys.range, .unexpected(value: range.text, keys.prefixForm))
      } else if range.clashesWithLinkLocal {
        report(keys.range, .linkLocalClash(value: range.description))
      } else if let subnet = bridge.addresses[family], !subnet.overlaps(range) {
        report(keys.range, .outside(value: range.description, key: keys.address))
      } else {
        bridge.ranges[family] = range
      }
    }
    if let gateway = address(keys.gateway, family) {
      let isOutside = { (prefix: IPPrefix?) in prefix.map { !$0.contains(gateway) } ?? false }
      if isOutside(bridge.addresses[family]) {
        report(keys.gateway, .outside(value: gateway.description, key: keys.address))
      } else if bridge.addresses[family] == nil, isOutside(bridge.ranges[family]) {
        report(keys.gateway, .outside(value: gateway.description, key: keys.range))
      } else if let subnet = bridge.addresses[family] ?? bridge.ranges[family],
        SubnetLeases(subnet: subnet).isInUse(gateway)
      {
        // The network or broadcast address.
        report(
          keys.gateway, .notAHost(value: gateway.description, subnet: subnet.masked.description))
      } else {
        bridge.gateways[family] = gateway
      }
    }
    enter(keys.address, bridge.addresses[family].map { .string($0.description) } ?? .null)
    enter(keys.range, bridge.ranges[family].map { .string($0.description) } ?? .null)
    enter(keys.gateway, bridge.gateways[family].map { .string($0.description) } ?? .null)
  }

  private mutating func readMTU(_ bridge: inout DefaultBridge) {
    // Below IPV6_MIN_MTU a link has no IPv6.
    let allowed: ClosedRange<UInt32> = (bridge.hasIPv6 ? 1280 : 68)...65535
    switch value("mtu") {
    case nil: break
    case .string(AutomaticMTU.word): bridge.mtu = nil
    case let value?:
      if let mtu = value.number?.integer(as: UInt32.self), allowed.contains(mtu) {
        bridge.mtu = mtu
      } else if value.number?.integer(as: UInt32.self) != 0 {
        report("mtu", .unexpected(value: value.text(), bridge.hasIPv6 ? .mtuWithIPv6 : .mtu))
      }
    }
    enter("mtu", bridge.mtu.map { JSONValue($0) } ?? .string(AutomaticMTU.word))
  }

  // MARK: The host

  private mutating func readHost(_ configuration: inout Configuration) {
    bool("allow-direct-routing", &configuration.host.allowsDirectRouting)
    configuration.firewall.allowsDirectRouting = configuration.host.allowsDirectRouting
    let mark = parsed("bridge-accept-fwmark", .mark, FirewallSettings.Mark.init)
    configuration.firewall.acceptedMark = mark
    enter("bridge-accept-fwmark", mark.map { .string($0.text) } ?? .null)
    let group = parsed("group", .group) { name in SystemGroup.number(of: name).map { (name, $0) } }
    configuration.readers = group?.1
    enter("group", group.map { .string($0.0) } ?? .null)
    bool("ip-forward", &configuration.host.forwards)
    var keepsOpen = false
    bool("ip-forward-no-drop", &keepsOpen)
    configuration.closesTransit = !keepsOpen
    for (family, key) in [(AddressFamily.ipv4, "iptables"), (.ipv6, "ip6tables")] {
      var isFirewalled = true
      bool(key, &isFirewalled)
      if !isFirewalled { configuration.host.firewalledFamilies.remove(family) }
    }
    if !configuration.defaultBridge.allowsContainerTraffic,
      !configuration.host.firewalledFamilies.contains(.ipv4)
    {
      report("icc", .conflict(with: "iptables"))
    }
  }

  // MARK: Names

  private mutating func readNames(_ configuration: inout Configuration) {
    if value("dns") == .bool(false) {
      configuration.resolver.isEnabled = false
      enter("dns", .bool(false))
    } else {
      configuration.resolver.servers = list("dns", .addressesOrFalse, { IPAddress($0) }) ?? []
      enter("dns", JSONValue(configuration.resolver.servers.map(\.description)))
    }
    configuration.resolver.options = words("dns-opts")
    configuration.resolver.search = words("dns-search")
    // The name that the key had while there could be only one.
    let former = "host-gateway-ip"
    var gateways = parsed(former, .address) { IPAddress($0) }.map { [$0] }
    enter(former, gateways.map { .string($0[0].description) } ?? .null)
    if has(former), has("host-gateway-ips") {
      report("host-gateway-ips", .conflict(with: former))
    } else if let all = list("host-gateway-ips", .addresses, { IPAddress($0) }) {
      gateways = all
    }
    configuration.hostGateways = gateways ?? []
    enter("host-gateway-ips", JSONValue(configuration.hostGateways.map(\.description)))
  }
}

/// The keys of one family of the network `bridge`.
private struct BridgeKeys {
  let family: AddressFamily
  let address: String
  let range: String
  let gateway: String
  let interfaceForm: ConfigurationProblem.Form
  let prefixForm: ConfigurationProblem.Form

  static var all: [BridgeKeys] {
    [
      BridgeKeys(
        family: .ipv4, address: "bip", range: "fixed-cidr", gateway: "default-gateway",
        interfaceForm: .ipv4Interface, prefixForm: .ipv4Prefix),
      BridgeKeys(
        family: .ipv6, address: "bip6", range: "fixed-cidr-v6", gateway: "default-gateway-v6",
        interfaceForm: .ipv6Interface, prefixForm: .ipv6Prefix),
    ]
  }
}

extension IPPrefix {
  /// The prefix as the file has it.
  fileprivate var text: String { JSONValue(description).text() }

  /// Whether it overlaps the addresses that every interface has, without being theirs.
  fileprivate var clashesWithLinkLocal: Bool {
    guard
      let linkLocal = IPAddress(family: .ipv6, value: 0xfe80 << 112)
        .flatMap({ IPPrefix(address: $0, length: 64) })
    else { return false }
    return family == .ipv6 && self != linkLocal && overlaps(linkLocal)
  }
}

extension FirewallSettings.Mark {
  /// Parses `MARK[/MASK]`, numbers as Go's strconv.ParseUint reads them with base 0.
  fileprivate init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let value = goNumber(parts[0]), let mask = parts.count == 2 ? goNumber(parts[1]) : .max
    else { return nil }
    self.init(value: value, mask: mask)
  }

  fileprivate var text: String {
    "0x" + String(value, radix: 16) + (mask == .max ? "" : "/0x" + String(mask, radix: 16))
  }
}

private func goNumber(_ text: Substring) -> UInt32? {
  guard let first = text.first, first.isNumber else { return nil }
  let lower = text.lowercased()
  for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8), ("0", 8)]
  where lower.hasPrefix(prefix) && lower.utf8.count > prefix.utf8.count {
    return UInt32(lower.dropFirst(prefix.utf8.count), radix: radix)
  }
  return UInt32(lower)
}
