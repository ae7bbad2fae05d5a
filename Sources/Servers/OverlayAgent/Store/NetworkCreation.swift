import AddressPools
import Addressing
import AgentAPI
import EtcdMessages
import NetworkModel

/// The creation of a network: what is read, what is chosen from that, and the transaction that
/// fails if another host was faster.
struct NetworkCreation {
  let keys: StoreKeys
  let request: Network
  /// Where automatic subnets come from.
  let pools: [AddressPool]
  /// What automatic subnets must not contain: addresses of hosts.
  let avoided: [IPPrefix]
  /// The VXLAN network identifiers that may be used.
  let vnis: ClosedRange<UInt32>

  /// Docker's option for them.
  static let vniOption = "com.docker.network.driver.overlay.vxlanid_list"
  /// The most steps that a transaction of etcd's may have.
  static let stepLimit = 128

  /// What was chosen, and how it is recorded.
  struct Plan {
    let network: Network
    let transaction: EtcdTransaction
    fileprivate let chosenVNIs: Set<UInt32>
    fileprivate let vnis: [UInt32]
  }

  /// Reads what is taken.
  var reading: EtcdTransaction {
    EtcdTransaction(then: [
      .read(EtcdRange(keys.pools, keysOnly: true)),
      .read(EtcdRange(keys.vnis, keysOnly: true)),
      .read(EtcdRange(.key(keys.name(request.name)))),
      .read(EtcdRange(.key(keys.poolGuard))),
      .read(EtcdRange(.key(keys.network(request.id)))),
    ])
  }

  /// The network, if an earlier request of the same identity has created it.
  func existing(_ read: EtcdTransactionResult) -> NetworkAnswer? {
    guard let found = read.read(4).first, let network = Network(storeValue: found.value) else {
      return nil
    }
    return NetworkAnswer(network: network, revision: found.modRevision)
  }

  /// Chooses what the request leaves open.
  func plan(_ read: EtcdTransactionResult) throws(AgentError) -> Plan {
    if !read.read(2).isEmpty { throw nameTaken }
    let taken = read.read(0).compactMap { found in
      keys.suffix(of: found.keyText, behind: "pools").flatMap { try? IPPrefix(parsing: $0) }
    }
    var network = request
    let subnets = try subnets(besides: taken)
    network.ipam.subnets = subnets
    let used = Set(
      read.read(1).compactMap { found in
        keys.suffix(of: found.keyText, behind: "vni").flatMap { UInt32($0) }
      })
    let (vnis, chosen) = try identifiers(for: subnets.count, besides: used)
    network.options[Self.vniOption] = vnis.map(String.init).joined(separator: ",")
    let transaction = try transaction(
      network, vnis, guardRevision: read.read(3).first?.modRevision ?? 0)
    return Plan(network: network, transaction: transaction, chosenVNIs: chosen, vnis: vnis)
  }

  /// How it went; nil if it has to be tried again.
  func outcome(
    _ result: EtcdTransactionResult, _ plan: Plan
  ) throws(AgentError) -> NetworkAnswer? {
    if result.succeeded {
      return NetworkAnswer(network: plan.network, revision: result.header.revision)
    }
    if !result.read(0).isEmpty { throw nameTaken }
    for (index, vni) in plan.vnis.enumerated()
    where plan.chosenVNIs.contains(vni) && !result.read(1 + index).isEmpty {
      throw Self.taken(vni)
    }
    return nil
  }

  private var nameTaken: AgentError {
    AgentError(.nameTaken, "network with name \(request.name) already exists")
  }

  private static func taken(_ vni: UInt32) -> AgentError {
    AgentError(.vniTaken, "VXLAN network identifier \(vni) is in use by another network")
  }

  // MARK: Subnets

  private func subnets(besides taken: [IPPrefix]) throws(AgentError) -> [SubnetConfiguration] {
    var taken = taken
    var subnets: [SubnetConfiguration] = []
    let requested = request.ipam.subnets ?? []
    for var subnet in requested {
      if subnet.subnet.address.isUnspecified {
        subnet.subnet = try automaticSubnet(
          subnet.family, length: subnet.subnet.length, besides: taken)
      } else if taken.contains(where: { $0.overlaps(subnet.subnet) }) {
        throw AgentError(.poolOverlaps, "Pool overlaps with other one on this address space")
      }
      taken.append(subnet.subnet)
      subnets.append(subnet)
    }
    for family in request.families.sorted()
    where !requested.contains(where: { $0.family == family }) {
      let subnet = try automaticSubnet(family, length: 0, besides: taken)
      taken.append(subnet)
      subnets.append(SubnetConfiguration(subnet: subnet))
    }
    return subnets
  }

  private func automaticSubnet(
    _ family: AddressFamily, length: Int, besides taken: [IPPrefix]
  ) throws(AgentError) -> IPPrefix {
    let pools = pools.filter { $0.base.family == family }
    guard
      let subnet = firstFreeSubnet(
        in: pools, taken: taken, avoiding: avoided, requestedLength: length)
    else {
      throw AgentError(
        .noFreePool, "could not find an available, non-overlapping \(family.name) address pool")
    }
    return subnet
  }

  // MARK: VXLAN network identifiers

  /// One for each subnet, and those that the user chose.
  private func identifiers(
    for count: Int, besides used: Set<UInt32>
  ) throws(AgentError) -> (all: [UInt32], chosen: Set<UInt32>) {
    var vnis: [UInt32] = []
    for word in (request.options[Self.vniOption] ?? "").split(separator: ",") {
      guard let vni = UInt32(word), (1...0xff_ffff).contains(vni), !vnis.contains(vni) else {
        throw AgentError(.invalid, "invalid VXLAN network identifier \(word)")
      }
      if used.contains(vni) { throw Self.taken(vni) }
      vnis.append(vni)
    }
    if vnis.count > count {
      throw AgentError(.invalid, "there are more VXLAN network identifiers than subnets")
    }
    let chosen = Set(vnis)
    var next = self.vnis.lowerBound
    while vnis.count < count {
      while used.contains(next) || vnis.contains(next) { next += 1 }
      guard self.vnis.contains(next) else {
        throw AgentError(
          .noFreeVNI, "all VXLAN network identifiers of overlay.vni-range are in use")
      }
      vnis.append(next)
    }
    return (vnis, chosen)
  }

  // MARK: The transaction

  private func transaction(
    _ network: Network, _ vnis: [UInt32], guardRevision: Int64
  ) throws(AgentError) -> EtcdTransaction {
    let reference = NetworkReference(network.id).value
    let pools = network.subnets.map { keys.pool($0.subnet) }
    let names = [keys.name(network.name)] + vnis.map(keys.vni)
    var puts = (names + pools + [keys.poolGuard]).map { EtcdPut($0, reference) }
    puts.append(EtcdPut(keys.network(network.id), network.storeValue))
    for (address, reason) in network.reservedAddresses.sorted(by: { $0.key < $1.key }) {
      puts.append(EtcdPut(keys.address(address, of: network.id), AddressRecord(reason).value))
    }
    guard puts.count <= Self.stepLimit else {
      throw AgentError(.invalid, "too many subnets and auxiliary addresses for one transaction")
    }
    let conditions =
      names.map { EtcdCondition.absent(.key($0)) }
      + [.unchanged(keys.poolGuard, since: guardRevision)]
    return EtcdTransaction(
      if: conditions, then: puts.map { .put($0) },
      else: names.map { .read(EtcdRange(.key($0), keysOnly: true)) })
  }
}

extension Network {
  /// The addresses that no endpoint gets. Without a gateway, that is the lowest one of a subnet
  /// (Docker).
  var reservedAddresses: [IPAddress: AddressRecord.Reason] {
    var reserved: [IPAddress: AddressRecord.Reason] = [:]
    for subnet in subnets {
      for address in subnet.auxiliaryAddresses.values { reserved[address] = .auxiliary }
      var leases =
        (try? SubnetLeases(subnet: subnet.subnet, range: subnet.range))
        ?? SubnetLeases(subnet: subnet.subnet)
      if let gateway = try? subnet.gateway ?? leases.leaseGateway() { reserved[gateway] = .gateway }
    }
    return reserved
  }

  /// The VXLAN network identifiers, one for each subnet.
  var vnis: [UInt32] {
    (options[NetworkCreation.vniOption] ?? "").split(separator: ",").compactMap { UInt32($0) }
  }
}
