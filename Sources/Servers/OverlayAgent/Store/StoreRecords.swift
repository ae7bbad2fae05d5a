package import Addressing
import EtcdMessages
package import NetworkModel
import OrderedJSON
import StateStore

/// The value of a key: a JSON object whose member `v` is the version of its form. Members that are
/// not known are ignored, so that later versions can add some.
protocol StoreRecord {
  init(_ reader: ObjectReader) throws(DocumentError)
  var members: JSONObject { get }
}

extension StoreRecord {
  /// Reads the value of a key; nil if it is of another form.
  init?(_ value: [UInt8]) {
    guard let parsed = try? JSONValue(parsing: value), let reader = try? ObjectReader(parsed),
      let record = try? Self(reader)
    else { return nil }
    self = record
  }

  /// The value of the key.
  var value: [UInt8] {
    let version: JSONObject = ["v": 1]
    return JSONValue.object(
      JSONObject((version.members + members.members).map { ($0.name, $0.value) })
    ).bytes()
  }
}

/// A host whose agent runs.
struct NodeRecord: StoreRecord, Hashable {
  let name: String
  /// Where it receives VXLAN datagrams.
  let address: IPAddress
  let port: UInt16
  /// The identity of its boot.
  let boot: String
  /// The lease of what it has on networks.
  let holdLease: Int64
  /// The version of its agent.
  let version: String

  init(
    name: String, address: IPAddress, port: UInt16, boot: String, holdLease: Int64,
    version: String
  ) {
    self.name = name
    self.address = address
    self.port = port
    self.boot = boot
    self.holdLease = holdLease
    self.version = version
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    name = try reader.string("name")
    address = try reader.parsed("address") { IPAddress($0) }
    port = try reader.integer("port")
    boot = try reader.string("boot")
    holdLease = try reader.parsed("hold") { Int64($0, radix: 16) }
    version = try reader.optionalString("agent") ?? ""
  }

  var members: JSONObject {
    [
      "name": .string(name), "address": .string(address.description), "port": JSONValue(port),
      "boot": .string(boot), "hold": .string(String(holdLease, radix: 16)),
      "agent": .string(version),
    ]
  }
}

/// A host with endpoints on a network. Outlives the agent, unlike that of the host alone.
struct PresenceRecord: StoreRecord, Hashable {
  let name: String
  let address: IPAddress

  init(name: String, address: IPAddress) {
    self.name = name
    self.address = address
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    name = try reader.string("name")
    address = try reader.parsed("address") { IPAddress($0) }
  }

  var members: JSONObject {
    ["name": .string(name), "address": .string(address.description)]
  }
}

/// Which network has a name, a subnet or a VXLAN network identifier.
struct NetworkReference: StoreRecord, Hashable {
  let network: NetworkID

  init(_ network: NetworkID) { self.network = network }

  init(_ reader: ObjectReader) throws(DocumentError) {
    network = try reader.parsed("network") { NetworkID($0) }
  }

  var members: JSONObject { ["network": .string(network.description)] }
}

/// Who has an address.
struct AddressRecord: StoreRecord, Hashable {
  enum Reason: String {
    case endpoint
    case gateway
    case auxiliary = "aux"
  }

  let reason: Reason
  let host: HostID?
  let endpoint: EndpointID?

  init(_ reason: Reason, host: HostID? = nil, endpoint: EndpointID? = nil) {
    self.reason = reason
    self.host = host
    self.endpoint = endpoint
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    reason = try reader.parsed("reason") { Reason(rawValue: $0) }
    host = try reader.optionalParsed("host") { HostID($0) }
    endpoint = try reader.optionalParsed("endpoint") { EndpointID($0) }
  }

  var members: JSONObject {
    var members: JSONObject = ["reason": .string(reason.rawValue)]
    members["host"] = host.map { .string($0.description) }
    members["endpoint"] = endpoint.map { .string($0.description) }
    return members
  }
}

/// Which endpoint a container has.
struct MemberRecord: StoreRecord, Hashable {
  let endpoint: EndpointID

  init(_ endpoint: EndpointID) { self.endpoint = endpoint }

  init(_ reader: ObjectReader) throws(DocumentError) {
    endpoint = try reader.parsed("endpoint") { EndpointID($0) }
  }

  var members: JSONObject { ["endpoint": .string(endpoint.description)] }
}

/// An endpoint.
package struct EndpointRecord: StoreRecord, Hashable, Sendable {
  let host: HostID
  /// Where its host receives VXLAN datagrams.
  let tunnelAddress: IPAddress
  let mac: MACAddress
  let addresses: [IPPrefix]
  let container: ContainerID
  let containerName: String
  let aliases: [String]

  package init(
    host: HostID, tunnelAddress: IPAddress, mac: MACAddress, addresses: [IPPrefix],
    container: ContainerID, containerName: String, aliases: [String]
  ) {
    self.host = host
    self.tunnelAddress = tunnelAddress
    self.mac = mac
    self.addresses = addresses
    self.container = container
    self.containerName = containerName
    self.aliases = aliases
  }

  init(_ reader: ObjectReader) throws(DocumentError) {
    host = try reader.parsed("host") { HostID($0) }
    tunnelAddress = try reader.parsed("vtep") { IPAddress($0) }
    mac = try reader.parsed("mac") { MACAddress($0) }
    addresses = try reader.parsedElements("addresses") { try? IPPrefix(parsing: $0) }
    container = try reader.parsed("container") { ContainerID($0) }
    containerName = try reader.string("name")
    aliases = try reader.optionalStrings("aliases") ?? []
  }

  var members: JSONObject {
    [
      "host": .string(host.description), "vtep": .string(tunnelAddress.description),
      "mac": .string(mac.description), "addresses": JSONValue(addresses.map(\.description)),
      "container": .string(container.description), "name": .string(containerName),
      "aliases": JSONValue(aliases),
    ]
  }

  /// The endpoint as other hosts see it.
  func remote(_ id: EndpointID) -> RemoteEndpoint {
    RemoteEndpoint(
      id: id, host: host, tunnelAddress: tunnelAddress, mac: mac, addresses: addresses,
      container: container, containerName: containerName, aliases: aliases)
  }
}

extension Network {
  /// Reads the value of a network's key; nil if it is of another form.
  init?(storeValue value: [UInt8]) {
    guard let parsed = try? JSONValue(parsing: value), let reader = try? ObjectReader(parsed),
      let network = try? NetworkDocument.decode(reader)
    else { return nil }
    self = network
  }

  /// The value of the network's key.
  var storeValue: [UInt8] { NetworkDocument.value(self).bytes() }
}
