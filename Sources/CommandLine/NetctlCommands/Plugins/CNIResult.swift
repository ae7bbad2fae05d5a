import Addressing
import NetworkModel
import OrderedJSON

/// The results of CNI commands, in the form of each version.
enum CNIResult {
  /// The result of ADD.
  static func added(_ endpoint: Endpoint, in namespace: String, version: String) -> JSONValue {
    let addresses = endpoint.interface?.addresses ?? []
    if version == "0.1.0" || version == "0.2.0" {
      return .object(
        JSONObject(
          [("cniVersion", .string(version))]
            + addresses.map { ($0.family == .ipv4 ? "ip4" : "ip6", legacy($0, endpoint)) }))
    }
    let host: JSONValue = ["name": .string(endpoint.interface?.hostName?.description ?? "")]
    let container: JSONValue = [
      "name": .string(endpoint.interface?.name.description ?? ""),
      "mac": .string(endpoint.interface?.mac?.description ?? ""),
      "sandbox": .string(namespace),
    ]
    return [
      "cniVersion": .string(version),
      "interfaces": .array(endpoint.interface == nil ? [] : [host, container]),
      "ips": .array(addresses.map { ip($0, endpoint, version: version) }),
      "routes": .array(addresses.compactMap { route($0.family, endpoint) }),
      "dns": [:],
    ]
  }

  /// The result of VERSION.
  static func versions(_ version: String) -> JSONValue {
    [
      "cniVersion": .string(version),
      "supportedVersions": JSONValue(CNIConfiguration.versions),
    ]
  }

  /// An error.
  static func failed(_ error: CNIError, version: String) -> JSONValue {
    [
      "cniVersion": .string(version), "code": JSONValue(error.code.rawValue),
      "msg": .string(error.message),
    ]
  }

  private static func ip(
    _ address: IPPrefix, _ endpoint: Endpoint, version: String
  ) -> JSONValue {
    var ip = JSONObject()
    // Up to 0.4.0, each address has the version of its protocol.
    if version.hasPrefix("0.") { ip["version"] = .string(address.family == .ipv4 ? "4" : "6") }
    ip["interface"] = 1
    ip["address"] = .string(address.description)
    ip["gateway"] = endpoint.route.routes.gateway(address.family).map { .string($0.description) }
    return .object(ip)
  }

  private static func legacy(_ address: IPPrefix, _ endpoint: Endpoint) -> JSONValue {
    var ip = JSONObject()
    ip["ip"] = .string(address.description)
    ip["gateway"] = endpoint.route.routes.gateway(address.family).map { .string($0.description) }
    ip["routes"] = .array([route(address.family, endpoint)].compactMap(\.self))
    return .object(ip)
  }

  private static func route(_ family: AddressFamily, _ endpoint: Endpoint) -> JSONValue? {
    guard let gateway = endpoint.route.routes.gateway(family) else { return nil }
    return [
      "dst": .string(family == .ipv4 ? "0.0.0.0/0" : "::/0"), "gw": .string(gateway.description),
    ]
  }
}
