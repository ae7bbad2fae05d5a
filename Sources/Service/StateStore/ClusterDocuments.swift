import Addressing
package import NetworkModel
package import OrderedJSON

/// The JSON form of the hosts of a cluster.
enum MembershipDocument {
  static func encode(_ membership: ClusterMembership) -> [UInt8] {
    JSONValue.object([
      SchemaVersion.member: JSONValue(SchemaVersion.current),
      "host": encode(membership.host),
      "port": JSONValue(membership.port),
      "hosts": .array(membership.hosts.map(encode)),
      "revision": JSONValue(membership.revision),
      "updated": JSONValue(membership.updated.nanoseconds),
    ]).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> ClusterMembership {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      var hosts: [ClusterHost] = []
      for host in try reader.objects("hosts") { hosts.append(try decode(host)) }
      return ClusterMembership(
        host: try decode(try reader.object("host")), port: try reader.integer("port"),
        hosts: hosts, revision: try reader.integer("revision"),
        updated: Timestamp(nanoseconds: try reader.integer("updated")))
    }
  }

  private static func encode(_ host: ClusterHost) -> JSONValue {
    [
      "id": .string(host.id.description), "name": .string(host.name),
      "address": .string(host.address.description),
    ]
  }

  private static func decode(_ reader: ObjectReader) throws(DocumentError) -> ClusterHost {
    ClusterHost(
      id: try reader.parsed("id") { HostID($0) }, name: try reader.string("name"),
      address: try reader.parsed("address") { IPAddress($0) })
  }
}

/// The JSON form of an endpoint on another host.
package enum RemoteEndpointDocument {
  static func encode(_ endpoint: RemoteEndpoint) -> [UInt8] { value(endpoint).bytes() }

  package static func value(_ endpoint: RemoteEndpoint) -> JSONValue {
    [
      SchemaVersion.member: JSONValue(SchemaVersion.current),
      "id": .string(endpoint.id.description),
      "host": .string(endpoint.host.description),
      "tunnel": .string(endpoint.tunnelAddress.description),
      "mac": .string(endpoint.mac.description),
      "addresses": JSONValue(endpoint.addresses.map(\.description)),
      "container": .string(endpoint.container.description),
      "name": .string(endpoint.containerName),
      "aliases": JSONValue(endpoint.aliases),
    ]
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> RemoteEndpoint {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      try decode(reader)
    }
  }

  package static func decode(_ reader: ObjectReader) throws(DocumentError) -> RemoteEndpoint {
    RemoteEndpoint(
      id: try reader.parsed("id") { EndpointID($0) },
      host: try reader.parsed("host") { HostID($0) },
      tunnelAddress: try reader.parsed("tunnel") { IPAddress($0) },
      mac: try reader.parsed("mac") { MACAddress($0) },
      addresses: try reader.parsedElements("addresses") { try? IPPrefix(parsing: $0) },
      container: try reader.parsed("container") { ContainerID($0) },
      containerName: try reader.string("name"), aliases: try reader.strings("aliases"))
  }
}
