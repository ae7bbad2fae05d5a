package import Addressing
package import NetworkModel
package import OrderedJSON
import StateStore

/// An endpoint that the agent is asked to create.
package struct EndpointRequest: Sendable {
  /// The identity, drawn at random: a request can be repeated without harm.
  package let id: EndpointID
  package let container: ContainerID
  package let containerName: String
  /// Additional names of the container on the network.
  package let aliases: [String]
  /// The families of which it gets an address.
  package let families: Set<AddressFamily>
  /// Addresses that the user chose, at most one of each family.
  package let addresses: [IPAddress]
  /// The hardware address that the user chose.
  package let mac: MACAddress?

  package init(
    id: EndpointID, container: ContainerID, containerName: String, aliases: [String],
    families: Set<AddressFamily>, addresses: [IPAddress], mac: MACAddress?
  ) {
    self.id = id
    self.container = container
    self.containerName = containerName
    self.aliases = aliases
    self.families = families
    self.addresses = addresses
    self.mac = mac
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    id = try reader.parsed("id") { EndpointID($0) }
    container = try reader.parsed("container") { ContainerID($0) }
    containerName = try reader.string("containerName")
    aliases = try reader.strings("aliases")
    families = Set(
      try reader.parsedElements("families") { word in
        AddressFamily.allCases.first { $0.keyword == word }
      })
    addresses = try reader.parsedElements("addresses") { IPAddress($0) }
    mac = try reader.optionalParsed("mac") { MACAddress($0) }
  }

  var value: JSONValue {
    var object: JSONObject = [
      "id": .string(id.description),
      "container": .string(container.description),
      "containerName": .string(containerName),
      "aliases": JSONValue(aliases),
      "families": JSONValue(families.sorted().map(\.keyword)),
      "addresses": JSONValue(addresses.map(\.description)),
    ]
    object["mac"] = mac.map { .string($0.description) }
    return .object(object)
  }
}

/// An endpoint that the agent created.
package struct EndpointAnswer: Sendable {
  /// The addresses, with the prefix length of their subnets.
  package let addresses: [IPPrefix]
  package let mac: MACAddress
  /// The revision of the store that contains it.
  package let revision: Int64

  package init(addresses: [IPPrefix], mac: MACAddress, revision: Int64) {
    self.addresses = addresses
    self.mac = mac
    self.revision = revision
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    addresses = try reader.parsedElements("addresses") { try? IPPrefix(parsing: $0) }
    mac = try reader.parsed("mac") { MACAddress($0) }
    revision = try reader.integer("revision")
  }

  /// The body of the answer.
  package var value: JSONValue {
    [
      "addresses": JSONValue(addresses.map(\.description)), "mac": .string(mac.description),
      "revision": JSONValue(revision),
    ]
  }
}

/// A network that the agent created.
package struct NetworkAnswer: Sendable {
  /// The whole definition.
  package let network: Network
  /// The revision of the store that contains it.
  package let revision: Int64

  package init(network: Network, revision: Int64) {
    self.network = network
    self.revision = revision
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    network = try NetworkDocument.decode(try reader.object("network"))
    revision = try reader.integer("revision")
  }

  /// The body of the answer.
  package var value: JSONValue {
    ["network": NetworkDocument.value(network), "revision": JSONValue(revision)]
  }
}
