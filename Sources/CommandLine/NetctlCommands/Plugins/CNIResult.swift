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
    let interfaces = endpoint.interface.map { list(of: $0, in: namespace) } ?? []
    return [
      "cniVersion": .string(version),
      "interfaces": .array(interfaces),
      "ips": .array(
        addresses.map {
          ip($0, endpoint, interface: interfaces.count - 1, version: version)
        }),
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

  // The container's comes last. Not every interface has an end on the host, or its own hardware
  // address.
  private static func list(
    of interface: EndpointInterface, in namespace: String
  ) -> [JSONValue] {
    var container = JSONObject([("name", .string(interface.name.description))])
    container["mac"] = interface.mac.map { .string($0.description) }
    container["sandbox"] = .string(namespace)
    let host = interface.hostName.map { JSONValue.object(["name": .string($0.description)]) }
    return [host, .object(container)].compactMap(\.self)
  }

  private static func ip(
    _ address: IPPrefix, _ endpoint: Endpoint, interface: Int, version: String
  ) -> JSONValue {
    var ip = JSONObject()
    // Up to 0.4.0, each address has the version of its protocol.
    if version.hasPrefix("0.") { ip["version"] = .string(address.family == .ipv4 ? "4" : "6") }
    ip["interface"] = JSONValue(interface)
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
