package import Addressing
package import NetworkModel
import OrderedJSON

/// A pool that an address plugin gave out.
package struct PluginPool: Sendable {
  /// The plugin's name for it.
  package let id: String
  /// The subnet; believed as it is.
  package let prefix: IPPrefix
  /// The gateway that comes with it.
  package let gateway: IPPrefix?
}

/// A request for a pool; the same request gets the same pool.
package struct PluginPoolRequest: Sendable {
  /// The name of the address space.
  package let addressSpace: String
  /// The family.
  package let family: AddressFamily
  /// The subnet; nil for any.
  package let subnet: IPPrefix?
  /// The part of the subnet from which addresses are given out.
  package let range: IPPrefix?
  /// The options of the address driver.
  package let options: [String: String]

  package init(
    addressSpace: String, family: AddressFamily, subnet: IPPrefix?, range: IPPrefix?,
    options: [String: String]
  ) {
    self.addressSpace = addressSpace
    self.family = family
    self.subnet = subnet
    self.range = range
    self.options = options
  }
}

/// Addresses.
extension PluginClient {
  /// The name of the address space of networks on this host, or of those that span hosts.
  package func defaultAddressSpace(isGlobal: Bool) throws(PluginError) -> String {
    try call("IpamDriver.GetDefaultAddressSpaces")
      .string(isGlobal ? "GlobalDefaultAddressSpace" : "LocalDefaultAddressSpace")
  }

  package func requestPool(_ request: PluginPoolRequest) throws(PluginError) -> PluginPool {
    let answer = try call(
      "IpamDriver.RequestPool",
      [
        "AddressSpace": .string(request.addressSpace),
        "Pool": .string(request.subnet?.description ?? ""),
        "SubPool": .string(request.range?.description ?? ""),
        "Options": JSONValue(sorting: request.options), "V6": .bool(request.family == .ipv6),
      ])
    let gateway = try answer.answer("Data").string("com.docker.network.gateway")
    return PluginPool(
      id: try answer.string("PoolID"), prefix: try Self.prefix(try answer.string("Pool")),
      gateway: gateway.isEmpty ? nil : try Self.prefix(gateway))
  }

  package func releasePool(_ id: String) throws(PluginError) {
    _ = try call("IpamDriver.ReleasePool", ["PoolID": .string(id)])
  }

  /// An address of a pool, which may be another than the one that was asked for.
  package func requestAddress(
    _ address: IPAddress?, of pool: String, options: [String: String]? = nil
  ) throws(PluginError) -> IPPrefix {
    let answer = try call(
      "IpamDriver.RequestAddress",
      [
        "PoolID": .string(pool), "Address": .string(address?.description ?? ""),
        "Options": options.map { JSONValue(sorting: $0) } ?? .null,
      ]
    ).string("Address")
    if answer.isEmpty { throw PluginError(.unusable, "no address returned") }
    return try Self.prefix(answer)
  }

  package func releaseAddress(_ lease: PluginEndpoint.Lease) throws(PluginError) {
    _ = try call(
      "IpamDriver.ReleaseAddress",
      ["PoolID": .string(lease.pool), "Address": .string(lease.address.description)])
  }

  /// The options that ask for the gateway of a pool.
  package static let gatewayOptions = ["RequestAddressType": "com.docker.network.gateway"]

  /// Parses an address with a prefix length, which may have host bits.
  static func prefix(_ text: String) throws(PluginError) -> IPPrefix {
    if let prefix = try? IPPrefix(parsing: text) { return prefix }
    throw PluginError(
      .unusable,
      text.contains("/")
        ? "invalid CIDR address: \(text)" : "netip.ParsePrefix(\"\(text)\"): no '/'")
  }
}
