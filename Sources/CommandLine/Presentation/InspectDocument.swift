import Addressing
package import NetworkModel
package import OrderedJSON

/// The output of `inspect` for a network, in the member order of Docker 29.
package enum InspectDocument {
  /// The document of one network.
  package static func json(_ status: NetworkStatus, _ details: VerboseDetails? = nil) -> JSONValue {
    var document = definition(status.network, status.peers)
    document["Containers"] = containers(status, details)
    document["Status"] = ["IPAM": usage(status.usage)]
    return .object(document.adding(details?.members))
  }

  /// The members that are fixed when the network is created.
  static func definition(_ network: Network, _ peers: [ClusterHost]) -> JSONObject {
    var document: JSONObject = [
      "Name": .string(network.name),
      "Id": .string(network.id.description),
      "Created": .string(TimeText.rfc3339(network.created)),
      "Scope": .string(network.scope),
      "Driver": .string(network.driver.rawValue),
      "EnableIPv4": .bool(network.families.contains(.ipv4)),
      "EnableIPv6": .bool(network.families.contains(.ipv6)),
      "IPAM": ipam(network.ipam),
      "Internal": .bool(network.isInternal),
      "Attachable": .bool(network.isAttachable),
      "Ingress": false,
      "ConfigFrom": ["Network": .string(network.configurationSource ?? "")],
      "ConfigOnly": .bool(network.isConfigurationOnly),
      "Options": JSONValue(sorting: network.options),
      "Labels": JSONValue(sorting: network.labels),
    ]
    if !peers.isEmpty { document["Peers"] = .array(peers.map(peer)) }
    return document
  }

  static func peer(_ host: ClusterHost) -> JSONValue {
    ["Name": .string(host.id.short), "IP": .string(host.address.description)]
  }

  static func ipam(_ ipam: IPAMConfiguration) -> JSONValue {
    [
      "Driver": .string(ipam.driver),
      "Options": ipam.options.map { JSONValue(sorting: $0) } ?? .null,
      "Config": ipam.subnets.map { .array($0.map(subnet)) } ?? .null,
    ]
  }

  static func subnet(_ subnet: SubnetConfiguration) -> JSONValue {
    var object = JSONObject()
    object["Subnet"] = .string(subnet.subnet.description)
    object["IPRange"] = subnet.range.map { .string($0.description) }
    object["Gateway"] = subnet.gateway.map { .string($0.description) }
    if !subnet.auxiliaryAddresses.isEmpty {
      object["AuxiliaryAddresses"] = JSONValue(
        sorting: subnet.auxiliaryAddresses.mapValues(\.description))
    }
    return .object(object)
  }

  static func containers(_ status: NetworkStatus, _ details: VerboseDetails?) -> JSONValue {
    .object(
      JSONObject(
        status.endpoints.map { ($0.container.id.description, endpoint($0, details)) }
          + status.remoteEndpoints.map { ($0.inspectKey, endpoint($0)) }))
  }

  static func endpoint(_ endpoint: RemoteEndpoint) -> JSONValue {
    [
      "Name": .string(endpoint.containerName),
      "EndpointID": .string(endpoint.id.description),
      "MacAddress": .string(endpoint.mac.description),
      "IPv4Address": .string(endpoint.address(.ipv4)?.description ?? ""),
      "IPv6Address": .string(endpoint.address(.ipv6)?.description ?? ""),
    ]
  }

  static func endpoint(_ endpoint: Endpoint, _ details: VerboseDetails?) -> JSONValue {
    let members: JSONObject = [
      "Name": .string(endpoint.container.name),
      "EndpointID": .string(endpoint.id.description),
      "MacAddress": .string(endpoint.interface?.mac?.description ?? ""),
      "IPv4Address": .string(endpoint.interface?.address(.ipv4)?.description ?? ""),
      "IPv6Address": .string(endpoint.interface?.address(.ipv6)?.description ?? ""),
    ]
    return .object(members.adding(details?.members(of: endpoint)))
  }

  static func usage(_ usage: [SubnetUsage]) -> JSONValue {
    guard !usage.isEmpty else { return [:] }
    return [
      "Subnets": .object(
        JSONObject(
          usage.map {
            (
              $0.subnet.description, subnetUsage(inUse: $0.inUse, available: $0.available)
            )
          }))
    ]
  }

  static func subnetUsage(inUse: UInt64, available: UInt64) -> JSONValue {
    [
      "IPsInUse": JSONValue(inUse),
      "DynamicIPsAvailable": JSONValue(available),
    ]
  }
}

extension RemoteEndpoint {
  /// Its key among containers: Docker shows the containers of other hosts by their endpoints.
  var inspectKey: String { "ep-\(id)" }

  func address(_ family: AddressFamily) -> IPPrefix? {
    addresses.first { $0.family == family }
  }
}

extension JSONObject {
  /// The members of both, one after the other.
  fileprivate func adding(_ other: JSONObject?) -> JSONObject {
    var all = self
    for member in other?.members ?? [] { all[member.name] = member.value }
    return all
  }
}
