import AddressPools
import Addressing
import KernelModel
import NetworkModel
import StateStore

/// The inputs of one `connect`.
struct PendingConnection {
  let request: ConnectRequest
  let network: Network
  let container: Container
  /// Its namespace; nil while it does not run.
  let handle: NamespaceHandle?
  /// The container's endpoints on other networks.
  let others: [Endpoint]
  /// Those that wait for its start.
  let reserved: [Endpoint]
  /// Its endpoint on this network that waited for its start, and is replaced.
  let previous: Endpoint?
  /// The container's links before the endpoint is added.
  let links: [ObservedLink]
  /// Whether the container has IPv6; if it is disabled, only IPv4 is configured (Docker).
  let hasIPv6: Bool

  func serves(_ family: AddressFamily) -> Bool { family == .ipv4 || hasIPv6 }

  /// The container's loopback interface if it is down, as in a new namespace. While it is down,
  /// neither 127.0.0.1 nor the container's own addresses are reachable inside the container.
  var downLoopback: InterfaceName? {
    links.first { $0.isLoopback && !$0.isUp }?.name
  }

  /// Whether an address of another container could be leased instead of what is not available.
  func canUse(_ address: IPAddress) -> Bool {
    let chosen = address.family == .ipv4 ? request.ipv4 : request.ipv6
    return chosen.map { $0 == address } ?? true
  }

  /// Leases one address per family of the network: the requested one, that of the earlier endpoint,
  /// or the lowest available that is not leased in subnets of `others` either. Addresses of the
  /// earlier endpoint stay leased. A family's later subnets are used when the earlier ones are
  /// exhausted (Docker).
  func lease(
    from recorded: NetworkLeases, besides others: [SubnetLeases]
  ) throws(ServiceError) -> (addresses: [IPPrefix], leases: NetworkLeases) {
    var leases = recorded
    var addresses: [IPPrefix] = []
    let former = previous?.interface?.addresses ?? []
    for address in former { leases.release(address.address) }
    for family in network.families.filter(serves).sorted() {
      let chosen =
        (family == .ipv4 ? request.ipv4 : request.ipv6)
        ?? former.first { $0.family == family }?.address
      let subnets = leases.subnets.indices.filter { index in
        leases.subnets[index].subnet.family == family
          && chosen.map(leases.subnets[index].subnet.contains) != false
      }
      var address: IPPrefix?
      for index in subnets where address == nil {
        let subnet = leases.subnets[index].subnet
        address = leases.subnets[index].lease(chosen, besides: others)
          .flatMap { IPPrefix(address: $0, length: subnet.length) }
      }
      guard address != nil || subnets.isEmpty else {
        throw chosen == nil
          ? .noAddressLeft(family, network: network.name, network.id) : .addressInUse
      }
      if let address { addresses.append(address) }
    }
    for address in former where !addresses.contains(address) { try? leases.lease(address.address) }
    return (addresses, leases)
  }
}

extension SubnetLeases {
  /// Leases an address, or the lowest available one; nil if it, or each, is in use, here or in one
  /// of `others`.
  fileprivate mutating func lease(
    _ chosen: IPAddress?, besides others: [SubnetLeases]
  ) -> IPAddress? {
    func isFree(_ address: IPAddress) -> Bool { !others.contains { $0.isInUse(address) } }
    if let chosen { return isFree(chosen) && (try? lease(chosen)) != nil ? chosen : nil }
    var rest = self
    while let address = try? rest.leaseLowest() {
      if isFree(address), (try? lease(address)) != nil { return address }
    }
    return nil
  }
}
