import AddressPools
import Addressing
import NetworkModel

/// Turns requested subnets into configured ones, with their gateway and auxiliary addresses leased.
struct SubnetAllocation {
  /// The subnets of all other networks.
  var taken: [IPPrefix]
  /// What routes of the host lead to; automatic subnets avoid it, chosen ones do not (Docker).
  let routed: [IPPrefix]
  /// The block for automatic IPv6 subnets.
  let localIPv6Block: IPPrefix
  /// Families whose bridge has no address, and so no gateway.
  let withoutGateway: Set<AddressFamily>

  private(set) var configurations: [SubnetConfiguration] = []
  private(set) var leases: [SubnetLeases] = []

  init(
    taken: [IPPrefix], routed: [IPPrefix], localIPv6Block: IPPrefix,
    withoutGateway: Set<AddressFamily>
  ) {
    self.taken = taken
    self.routed = routed
    self.localIPv6Block = localIPv6Block
    self.withoutGateway = withoutGateway
  }

  /// Allocates what was asked for, then an automatic subnet for each family that has none. The
  /// order is what `inspect` shows: chosen IPv4, chosen IPv6, automatic IPv4, automatic IPv6.
  mutating func allocate(
    _ requests: [SubnetRequest], families: Set<AddressFamily>
  ) throws(DefinitionError) {
    let families = families.sorted()
    for family in families {
      for request in requests where request.family == family { try allocate(request) }
    }
    for family in families where !requests.contains(where: { $0.family == family }) {
      let subnet = try automaticSubnet(family, length: nil)
      try configure(SubnetRequest(subnet: subnet))
    }
  }

  private mutating func allocate(_ request: SubnetRequest) throws(DefinitionError) {
    var request = request
    if request.subnet.isUnspecified {
      let length = request.subnet.length == 0 ? nil : request.subnet.length
      request.subnet = try automaticSubnet(request.family, length: length)
    } else if taken.contains(where: { $0.overlaps(request.subnet) }) {
      throw .poolOverlap
    }
    try configure(request)
    if request.family == .ipv6 && request.subnet.address.isMulticast {
      let gateway = configurations.last?.gateway ?? request.subnet.address
      throw .multicastSubnet(gateway: gateway, length: request.subnet.length)
    }
  }

  private func automaticSubnet(
    _ family: AddressFamily, length: Int?
  ) throws(DefinitionError) -> IPPrefix {
    let pools =
      family == .ipv4
      ? AddressPool.dockerDefaults
      : [AddressPool(base: localIPv6Block, size: 64)].compactMap(\.self)
    if let length, !pools.contains(where: { $0.offers(length: length) }) {
      throw .noPoolOfLength(length)
    }
    guard
      let subnet = firstFreeSubnet(
        in: pools, taken: taken, avoiding: routed, requestedLength: length)
    else {
      // The other networks have routes as well.
      let foreign = routed.filter { route in !taken.contains { $0.contains(route) } }
      throw .poolsExhausted(routes: obstacles(among: foreign, in: pools))
    }
    return subnet
  }

  private mutating func configure(_ request: SubnetRequest) throws(DefinitionError) {
    var subnetLeases = try leases(of: request)
    let gateway = try leaseGateway(request, from: &subnetLeases)
    for (name, address) in request.auxiliaryAddresses.sorted(by: { $0.key < $1.key }) {
      do throws(LeaseError) {
        try subnetLeases.lease(address)
      } catch {
        throw .auxiliaryAddressUnavailable(name: name, address)
      }
    }
    taken.append(request.subnet)
    leases.append(subnetLeases)
    configurations.append(
      SubnetConfiguration(
        subnet: request.subnet, range: request.range, gateway: gateway,
        auxiliaryAddresses: request.auxiliaryAddresses))
  }

  // A range outside its subnet was refused before the request came here.
  private func leases(of request: SubnetRequest) throws(DefinitionError) -> SubnetLeases {
    do throws(LeaseError) {
      return try SubnetLeases(subnet: request.subnet, range: request.range)
    } catch {
      throw .noMatchingSubnet(.range, request.range?.description ?? "")
    }
  }

  private func leaseGateway(
    _ request: SubnetRequest, from leases: inout SubnetLeases
  ) throws(DefinitionError) -> IPAddress? {
    do throws(LeaseError) {
      if let gateway = request.gateway {
        try leases.lease(gateway)
        return gateway
      }
      return withoutGateway.contains(request.family) ? nil : try leases.leaseGateway()
    } catch {
      let address = request.gateway?.description ?? ""
      throw .gatewayUnavailable(address, isTaken: request.gateway != nil)
    }
  }
}
