import Addressing
import GoTemplate
import NetworkModel
import OrderedJSON

/// The struct that `inspect --format` is executed on first, with the types and fields of Docker's
/// Go package `network`.
enum InspectGoValue {
  static func value(_ status: NetworkStatus, _ details: VerboseDetails?) -> Value {
    let containers =
      status.endpoints.map { endpoint in
        (GoString(endpoint.container.id.description), Value.object(record(endpoint, details)))
      }
      + status.remoteEndpoints.map { (GoString($0.inspectKey), Value.object(record($0))) }
    var fields = [
      ObjectField(
        "Containers",
        .map(
          GoMap(
            containers, of: .named("network.EndpointResource"),
            absent: { .object(noEndpoint) }))),
      ObjectField(
        "Services",
        .map(
          GoMap(
            [], of: .named("network.ServiceInfo"), isNil: true, absent: { .object(noService) }))),
      ObjectField("Status", .object(record(status.usage))),
    ]
    if let details {
      fields.append(ObjectField("Differences", .texts(details.differences)))
    }
    return .object(
      GoStruct(
        "network.Inspect", embedding: ("Network", record(status.network, status.peers)), fields
      ) {
        InspectDocument.json(status, details)
      })
  }

  private static func record(_ network: Network, _ peers: [ClusterHost]) -> GoStruct {
    let fields = [
      ObjectField("Name", .string(network.name)),
      ObjectField("ID", .string(network.id.description)),
      ObjectField("Created", .object(TimeObject(network.created))),
      ObjectField("Scope", .string(network.scope)),
      ObjectField("Driver", .string(network.driver.rawValue)),
      ObjectField("EnableIPv4", .bool(network.families.contains(.ipv4))),
      ObjectField("EnableIPv6", .bool(network.families.contains(.ipv6))),
      ObjectField("IPAM", .object(record(network.ipam))),
      ObjectField("Internal", .bool(network.isInternal)),
      ObjectField("Attachable", .bool(network.isAttachable)),
      ObjectField("Ingress", .bool(false)),
      ObjectField("ConfigFrom", .object(configurationSource(network))),
      ObjectField("ConfigOnly", .bool(network.isConfigurationOnly)),
      ObjectField("Options", .map(network.options)),
      ObjectField("Labels", .map(network.labels)),
      ObjectField(
        "Peers", .list(peers.isEmpty ? nil : peers.map(record), of: "network.PeerInfo")),
    ]
    return GoStruct("network.Network", fields) {
      .object(InspectDocument.definition(network, peers))
    }
  }

  private static func record(_ host: ClusterHost) -> GoStruct {
    let fields = [
      ObjectField("Name", .string(host.id.short)),
      ObjectField("IP", .object(AddressObject(host.address))),
    ]
    return GoStruct("network.PeerInfo", fields) { InspectDocument.peer(host) }
  }

  private static func record(_ endpoint: RemoteEndpoint) -> GoStruct {
    let fields = [
      ObjectField("Name", .string(endpoint.containerName)),
      ObjectField("EndpointID", .string(endpoint.id.description)),
      ObjectField("MacAddress", .object(HardwareAddressObject(endpoint.mac))),
      ObjectField("IPv4Address", .object(PrefixObject(endpoint.address(.ipv4)))),
      ObjectField("IPv6Address", .object(PrefixObject(endpoint.address(.ipv6)))),
    ]
    return GoStruct("network.EndpointResource", fields) { InspectDocument.endpoint(endpoint) }
  }

  private static func record(_ ipam: IPAMConfiguration) -> GoStruct {
    let fields = [
      ObjectField("Driver", .string(ipam.driver)),
      ObjectField("Options", .map(ipam.options)),
      ObjectField(
        "Config", .list(ipam.subnets.map { $0.map(record) }, of: "network.IPAMConfig")),
    ]
    return GoStruct("network.IPAM", fields) { InspectDocument.ipam(ipam) }
  }

  private static func record(_ subnet: SubnetConfiguration) -> GoStruct {
    let auxiliary = subnet.auxiliaryAddresses.map { name, address in
      (GoString(name), Value.object(AddressObject(address)))
    }
    let fields = [
      ObjectField("Subnet", .object(PrefixObject(subnet.subnet))),
      ObjectField("IPRange", .object(PrefixObject(subnet.range))),
      ObjectField("Gateway", .object(AddressObject(subnet.gateway))),
      ObjectField(
        "AuxAddress",
        .map(
          GoMap(
            auxiliary, of: .named("netip.Addr"), absent: { .object(AddressObject(nil)) }))),
    ]
    return GoStruct("network.IPAMConfig", fields) { InspectDocument.subnet(subnet) }
  }

  private static func configurationSource(_ network: Network) -> GoStruct {
    let name = network.configurationSource ?? ""
    return GoStruct("network.ConfigReference", [ObjectField("Network", .string(name))]) {
      ["Network": .string(name)]
    }
  }

  private static func record(_ endpoint: Endpoint, _ details: VerboseDetails?) -> GoStruct {
    var fields = [
      ObjectField("Name", .string(endpoint.container.name)),
      ObjectField("EndpointID", .string(endpoint.id.description)),
      ObjectField("MacAddress", .object(HardwareAddressObject(endpoint.interface?.mac))),
      ObjectField("IPv4Address", .object(PrefixObject(endpoint.interface?.address(.ipv4)))),
      ObjectField("IPv6Address", .object(PrefixObject(endpoint.interface?.address(.ipv6)))),
    ]
    if let details {
      fields += [
        ObjectField("HostLink", .string(endpoint.interface?.hostName?.description ?? "")),
        ObjectField("Namespace", .string(endpoint.container.path)),
        ObjectField("Phase", .string(details.phases[endpoint.id]?.rawValue ?? "")),
        ObjectField("Ports", .texts(details.ports[endpoint.id] ?? [])),
      ]
    }
    return GoStruct("network.EndpointResource", fields) {
      InspectDocument.endpoint(endpoint, details)
    }
  }

  // The result of `index` for a missing key: the zero value of the type.

  private static let noEndpoint = GoStruct(
    "network.EndpointResource",
    [
      ObjectField("Name", ""), ObjectField("EndpointID", ""),
      ObjectField("MacAddress", .object(HardwareAddressObject(nil))),
      ObjectField("IPv4Address", .object(PrefixObject(nil))),
      ObjectField("IPv6Address", .object(PrefixObject(nil))),
    ]
  ) { ["Name": "", "EndpointID": "", "MacAddress": "", "IPv4Address": "", "IPv6Address": ""] }

  private static let noService = GoStruct(
    "network.ServiceInfo",
    [
      ObjectField("VIP", .object(AddressObject(nil))),
      ObjectField("Ports", .list(GoList([], of: .string, isNil: true))),
      ObjectField("LocalLBIndex", 0),
      ObjectField("Tasks", .list(nil, of: "network.Task")),
    ]
  ) { ["VIP": "", "Ports": .null, "LocalLBIndex": 0, "Tasks": .null] }

  private static func usage(inUse: UInt64, available: UInt64) -> GoStruct {
    let fields = [
      ObjectField("IPsInUse", .uint(inUse, .uint64)),
      ObjectField("DynamicIPsAvailable", .uint(available, .uint64)),
    ]
    return GoStruct("network.SubnetStatus", fields) {
      InspectDocument.subnetUsage(inUse: inUse, available: available)
    }
  }

  private static func record(_ usage: [SubnetUsage]) -> GoStruct {
    let subnets = usage.map { subnet in
      let record = self.usage(inUse: subnet.inUse, available: subnet.available)
      return (GoString(subnet.subnet.description), Value.object(record))
    }
    let map = GoMap(
      subnets, of: .named("network.SubnetStatus"), isNil: usage.isEmpty,
      absent: { .object(self.usage(inUse: 0, available: 0)) },
      keyType: .named(PrefixObject.typeName),
      key: { .object(PrefixObject(try? IPPrefix(parsing: $0.description))) })
    let ipam = GoStruct("network.IPAMStatus", [ObjectField("Subnets", .map(map))]) {
      InspectDocument.usage(usage)
    }
    return GoStruct("*network.Status", [ObjectField("IPAM", .object(ipam))]) {
      ["IPAM": InspectDocument.usage(usage)]
    }
  }
}
