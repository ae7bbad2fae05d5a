import AddressPools
import Addressing
import AgentAPI
import EtcdMessages
import NetworkModel

/// The creation of an endpoint: what is read, the addresses that are chosen from that, and the
/// transaction in which they become the endpoint's if nobody else has got them.
struct EndpointCreation {
  let keys: StoreKeys
  let request: EndpointRequest
  let network: NetworkID
  /// The host that gets it.
  let host: ClusterHost
  /// The lease with which it ends.
  let holdLease: Int64

  /// What was chosen, and how it is recorded.
  struct Plan {
    let record: EndpointRecord
    let transaction: EtcdTransaction
  }

  /// Reads the definition of the network and what is taken.
  var reading: EtcdTransaction { EtcdTransaction(then: subjects.map { .read($0) }) }

  private var subjects: [EtcdRange] {
    [
      EtcdRange(.key(keys.network(network))),
      EtcdRange(.key(keys.endpoint(request.id, of: network))),
      EtcdRange(.key(keys.member(request.containerName, of: network))),
      EtcdRange(keys.addresses(of: network), keysOnly: true),
    ]
  }

  /// The endpoint, if an earlier request of the same identity has created it.
  func existing(_ read: EtcdTransactionResult) throws(AgentError) -> EndpointAnswer? {
    guard let found = read.read(1).first, let record = EndpointRecord(found.value) else {
      return nil
    }
    guard record.host == host.id else {
      throw AgentError(.endpointExists, "endpoint \(request.id) exists on another host")
    }
    return EndpointAnswer(
      addresses: record.addresses, mac: record.mac, revision: found.modRevision)
  }

  /// Chooses the addresses that the request leaves open: the lowest ones, or any if others are
  /// choosing at the same time, so that they do not choose the same over and over.
  func plan(
    _ read: EtcdTransactionResult, atRandom: Bool,
    using generator: inout some RandomNumberGenerator
  ) throws(AgentError) -> Plan {
    guard let found = read.read(0).first else { throw notFound }
    guard let network = Network(storeValue: found.value) else {
      throw AgentError(
        .invalid, "the definition of network \(self.network) in the store cannot be read")
    }
    if !read.read(2).isEmpty { throw endpointExists(on: network) }
    let taken = Set(
      read.read(3).compactMap { found in
        keys.suffix(of: found.keyText, behind: "ipam/\(self.network)").flatMap { IPAddress($0) }
      })
    var addresses: [IPPrefix] = []
    for family in request.families.sorted() {
      let chosen = request.addresses.first { $0.family == family }
      let subnets = network.subnets.filter { $0.family == family }
      guard let chosen else {
        addresses.append(
          try Self.free(
            in: subnets, of: network, besides: taken, atRandom: atRandom, using: &generator))
        continue
      }
      addresses.append(try Self.prefix(of: chosen, in: subnets, besides: taken))
    }
    let derived = addresses.lazy.compactMap { MACAddress.docker(for: $0.address) }.first
    let record = EndpointRecord(
      host: host.id, tunnelAddress: host.address,
      mac: request.mac ?? derived ?? Self.randomMAC(using: &generator), addresses: addresses,
      container: request.container, containerName: request.containerName,
      aliases: request.aliases)
    return Plan(record: record, transaction: transaction(record))
  }

  /// How it went; nil if it has to be tried again with other addresses.
  func outcome(
    _ result: EtcdTransactionResult, _ plan: Plan
  ) throws(AgentError) -> EndpointAnswer? {
    if result.succeeded {
      return EndpointAnswer(
        addresses: plan.record.addresses, mac: plan.record.mac, revision: result.header.revision)
    }
    guard let found = result.read(0).first else { throw notFound }
    if let existing = try existing(result) { return existing }
    if !result.read(2).isEmpty, let network = Network(storeValue: found.value) {
      throw endpointExists(on: network)
    }
    for (index, address) in plan.record.addresses.map(\.address).enumerated()
    where !result.read(4 + index).isEmpty && request.addresses.contains(address) {
      throw Self.inUse
    }
    if result.read(3).isEmpty {
      throw AgentError(.notRegistered, "this host is not registered in the cluster store")
    }
    return nil
  }

  /// Records an endpoint, whose addresses nobody may have.
  func transaction(_ record: EndpointRecord) -> EtcdTransaction {
    let addressKeys = record.addresses.map { keys.address($0.address, of: network) }
    let address = AddressRecord(.endpoint, host: host.id, endpoint: request.id).value
    let presence = PresenceRecord(name: host.name, address: host.address).value
    let (endpoint, member) = (
      keys.endpoint(request.id, of: network),
      keys.member(record.containerName, of: network)
    )
    let puts =
      addressKeys.map { ($0, address) } + [
        (endpoint, record.value), (member, MemberRecord(request.id).value),
        (keys.presence(of: host.id, on: network), presence),
      ]
    return EtcdTransaction(
      if: (addressKeys + [endpoint, member]).map { .absent(.key($0)) }
        + [.exists(keys.network(network)), .exists(keys.node(host.id))],
      then: puts.map { .put(EtcdPut($0.0, $0.1, lease: holdLease)) },
      else: subjects.prefix(3).map { .read($0) }
        + ([keys.node(host.id)] + addressKeys).map { .read(EtcdRange(.key($0))) })
  }

  private var notFound: AgentError {
    AgentError(.networkNotFound, "network \(network) not found")
  }

  private func endpointExists(on network: Network) -> AgentError {
    AgentError(
      .endpointExists,
      "endpoint with name \(request.containerName) already exists in network \(network.name)")
  }

  private static let inUse = AgentError(.addressInUse, "Address already in use")

  // MARK: Addresses

  private static func prefix(
    of address: IPAddress, in subnets: [SubnetConfiguration], besides taken: Set<IPAddress>
  ) throws(AgentError) -> IPPrefix {
    guard let subnet = subnets.first(where: { $0.subnet.contains(address) })?.subnet,
      let prefix = IPPrefix(address: address, length: subnet.length)
    else {
      throw AgentError(.invalid, "no configured subnet contains IP address \(address)")
    }
    if taken.contains(address) || SubnetLeases(subnet: subnet).isInUse(address) { throw inUse }
    return prefix
  }

  private static func free(
    in subnets: [SubnetConfiguration], of network: Network, besides taken: Set<IPAddress>,
    atRandom: Bool, using generator: inout some RandomNumberGenerator
  ) throws(AgentError) -> IPPrefix {
    for subnet in subnets {
      guard var leases = try? SubnetLeases(subnet: subnet.subnet, range: subnet.range) else {
        continue
      }
      for address in taken { try? leases.lease(address) }
      let random = atRandom ? randomFree(in: leases, using: &generator) : nil
      if let address = random ?? (try? leases.leaseLowest()) {
        return IPPrefix(address: address, length: subnet.subnet.length)!
      }
    }
    throw AgentError(
      .noFreeAddress, "no available addresses on network \(network.name)")
  }

  private static func randomFree(
    in leases: SubnetLeases, using generator: inout some RandomNumberGenerator
  ) -> IPAddress? {
    let range = leases.range
    let attempts = 32
    for _ in 0..<attempts {
      let value = UInt128.random(in: range.first.value...range.last.value, using: &generator)
      if let address = IPAddress(family: range.family, value: value), !leases.isInUse(address) {
        return address
      }
    }
    return nil
  }

  private static func randomMAC(
    using generator: inout some RandomNumberGenerator
  ) -> MACAddress {
    let random = (0..<4).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return MACAddress(bytes: [0x02, 0x42] + random)!
  }
}
