package import Addressing
package import NetworkModel
import OrderedJSON

/// An endpoint, as it is named in calls.
package struct PluginEndpointID: Sendable {
  package let network: NetworkID
  package let endpoint: EndpointID

  package init(_ endpoint: EndpointID, on network: NetworkID) {
    self.network = network
    self.endpoint = endpoint
  }

  fileprivate var json: JSONObject {
    [
      "NetworkID": .string(network.description), "EndpointID": .string(endpoint.description),
    ]
  }
}

/// The addresses of an interface; those that are nil are up to the other side.
package struct PluginInterface: Sendable {
  package var ipv4: IPPrefix?
  package var ipv6: IPPrefix?
  package var mac: MACAddress?

  package init(ipv4: IPPrefix? = nil, ipv6: IPPrefix? = nil, mac: MACAddress? = nil) {
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.mac = mac
  }

  fileprivate var json: JSONObject {
    [
      "Address": .string(ipv4?.description ?? ""),
      "AddressIPv6": .string(ipv6?.description ?? ""),
      "MacAddress": .string(mac?.description ?? ""),
    ]
  }

  /// Adds what a plugin chose; it may not change what was set.
  fileprivate mutating func add(_ answer: PluginAnswer) throws(PluginError) {
    let texts = (
      try answer.string("MacAddress"), try answer.string("Address"),
      try answer.string("AddressIPv6")
    )
    if !texts.0.isEmpty {
      guard let new = MACAddress(texts.0) else {
        throw PluginError(.unusable, "address \(texts.0): invalid MAC address")
      }
      if let mac {
        throw PluginError(
          .unusable,
          "driver modified interface MAC address: endpoint interface MAC address present "
            + "(\(mac)). Cannot be modified with \(new).")
      }
      mac = new
    }
    try Self.set(&ipv4, .ipv4, texts.1)
    try Self.set(&ipv6, .ipv6, texts.2)
  }

  private static func set(
    _ address: inout IPPrefix?, _ family: AddressFamily, _ text: String
  ) throws(PluginError) {
    if text.isEmpty { return }
    guard let new = try? IPPrefix(parsing: text), new.family == family else {
      throw PluginError(.unusable, "invalid CIDR address: \(text)")
    }
    if let address {
      throw PluginError(
        .unusable,
        "driver modified interface address: endpoint interface IP present (\(address)). "
          + "Cannot be modified with (\(new)).")
    }
    address = new
  }
}

/// What a plugin wants done in a container.
package struct PluginSandbox: Sendable {
  /// The name of its link; nil if nothing is to be moved.
  package let source: InterfaceName?
  /// What the interface's name in the container starts with.
  package let prefix: String
  /// The gateways, at most one of each family.
  package let gateways: [IPAddress]
  /// Further routes.
  package let routes: [StaticRoute]
}

/// Endpoints.
extension PluginClient {
  /// Makes an endpoint; returns the interface with what the plugin chose.
  package func createEndpoint(
    _ id: PluginEndpointID, _ interface: PluginInterface, chosenMAC: MACAddress?,
    options: [String: String], ports: PluginPorts?
  ) throws(PluginError) -> PluginInterface {
    var members = options.map { ($0.key, JSONValue.string($0.value)) } + (ports?.members ?? [])
    if let chosenMAC {
      members.append(
        ("com.docker.network.endpoint.macaddress", .string(Base64.text(of: chosenMAC.bytes))))
    }
    members.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    var request = id.json
    request["Interface"] = .object(interface.json)
    request["Options"] = .object(JSONObject(members))
    let answer = try call("NetworkDriver.CreateEndpoint", request)
    do throws(PluginError) {
      var interface = interface
      try interface.add(try answer.answer("Interface"))
      return interface
    } catch {
      throw error.rolledBack
    }
  }

  /// Joins an endpoint to the container whose namespace is at a path.
  package func join(
    _ id: PluginEndpointID, sandboxKey: String, _ ports: PluginPorts
  ) throws(PluginError) -> PluginSandbox {
    var request = id.json
    request["SandboxKey"] = .string(sandboxKey)
    request["Options"] = .object(JSONObject(ports.members))
    let answer = try call("NetworkDriver.Join", request)
    do throws(PluginError) {
      return try Self.sandbox(answer)
    } catch {
      throw error.rolledBack
    }
  }

  private static func sandbox(_ answer: PluginAnswer) throws(PluginError) -> PluginSandbox {
    let name = try answer.answer("InterfaceName")
    let source = try name.string("SrcName")
    var gateways: [IPAddress] = []
    for (key, family) in [("Gateway", AddressFamily.ipv4), ("GatewayIPv6", .ipv6)] {
      let text = try answer.string(key)
      if text.isEmpty { continue }
      guard let gateway = IPAddress(text), gateway.family == family else {
        throw PluginError(.unusable, "unable to parse \(key) \"\(text)\"")
      }
      gateways.append(gateway)
    }
    var routes: [StaticRoute] = []
    for route in try answer.answers("StaticRoutes") {
      routes.append(try staticRoute(route))
    }
    let link = try? InterfaceName(source)
    if link == nil && !source.isEmpty { throw missingLink(source) }
    return PluginSandbox(
      source: link, prefix: try name.string("DstPrefix"), gateways: gateways, routes: routes)
  }

  private static func staticRoute(_ answer: PluginAnswer) throws(PluginError) -> StaticRoute {
    let (text, hop) = (try answer.string("Destination"), try answer.string("NextHop"))
    guard let destination = try? IPPrefix(parsing: text) else {
      throw PluginError(.unusable, "invalid CIDR address: \(text)")
    }
    // A connected route has no next hop, whatever is said.
    if try answer.integer("RouteType") == 1 { return StaticRoute(destination) }
    guard let nextHop = IPAddress(hop) else {
      throw PluginError(
        .unusable,
        "failed to add static route \(destination): route for the next hop "
          + "\(hop.isEmpty ? "<nil>" : hop) could not be found: numerical result out of range")
    }
    return StaticRoute(destination, via: nextHop)
  }

  /// The error for a link that is not there.
  package static func missingLink(_ source: String) -> PluginError {
    PluginError(
      .unusable,
      "failed to add interface \(source) to sandbox: failed to get link by name \"\(source)\": "
        + "Link not found")
  }

  /// Tells the plugin that an endpoint has become the gateway of its container.
  package func programExternalConnectivity(
    _ id: PluginEndpointID, _ ports: PluginPorts
  ) throws(PluginError) {
    var request = id.json
    request["Options"] = .object(
      JSONObject(
        [("com.docker.network.driver.private.no_proxy_6to4", .bool(false))] + ports.members))
    _ = try call("NetworkDriver.ProgramExternalConnectivity", request, isMissingFine: true)
  }

  /// Tells the plugin that an endpoint is no longer the gateway of its container.
  package func revokeExternalConnectivity(_ id: PluginEndpointID) throws(PluginError) {
    _ = try call("NetworkDriver.RevokeExternalConnectivity", id.json, isMissingFine: true)
  }

  /// Asks what the plugin has to say of an endpoint, which the engine does after each connect and
  /// ignores.
  package func endpointInfo(_ id: PluginEndpointID) throws(PluginError) {
    _ = try call("NetworkDriver.EndpointOperInfo", id.json)
  }

  package func leave(_ id: PluginEndpointID) throws(PluginError) {
    _ = try call("NetworkDriver.Leave", id.json)
  }

  package func deleteEndpoint(_ id: PluginEndpointID) throws(PluginError) {
    _ = try call("NetworkDriver.DeleteEndpoint", id.json)
  }
}

extension PluginError {
  /// Docker's words for an answer that cannot be used, after which everything is undone.
  fileprivate var rolledBack: PluginError {
    text.hasPrefix("failed to add") ? self : PluginError(reason, text + "; rolled back")
  }
}

private enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes whose number is a multiple of three.
  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count - 2, by: 3) {
      let word = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
      text += [18, 12, 6, 0].map { digits[word >> $0 & 63] }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
