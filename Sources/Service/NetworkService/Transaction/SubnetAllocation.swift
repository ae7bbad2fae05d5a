import AddressPools
import Addressing
import NetworkModel
import StateStore

/// Turns requested subnets into configured ones, leasing their gateway and auxiliary addresses.
struct SubnetAllocation {
  /// The pools for automatic subnets of each family.
  let pools: [AddressFamily: [AddressPool]]
  /// The subnets of all other networks.
  let known: [NetworkSubnet]
  /// The subnets in the same address space, and those already allocated.
  private var taken: [IPPrefix]
  /// Other networks with exactly a subnet that is requested with a range.
  let sharing: [SharedSubnet]
  /// The destinations of the host's routes; automatic subnets avoid them, explicit ones do not
  /// (Docker).
  let routed: [IPPrefix]
  /// Those of them that the host is itself on.
  let connected: [IPPrefix]
  /// Families without an automatic gateway.
  let withoutGateway: Set<AddressFamily>

  /// The first allocated subnet that overlaps another network's: from another address space, or
  /// with a range.
  private(set) var overlap: IPPrefix?
  private(set) var configurations: [SubnetConfiguration] = []
  private(set) var leases: [SubnetLeases] = []

  init(
    pools: [AddressFamily: [AddressPool]], known: [NetworkSubnet], space: AddressSpace,
    sharing: [SharedSubnet] = [], routed: [IPPrefix], connected: [IPPrefix] = [],
    withoutGateway: Set<AddressFamily>
  ) {
    self.pools = pools
    self.known = known
    self.taken = known.filter { $0.space == space }.map(\.prefix)
    self.sharing = sharing
    self.routed = routed
    self.connected = connected
    self.withoutGateway = withoutGateway
  }

  /// Allocates the requested subnets, then an automatic one for each family without. The order is
  /// what `inspect` shows: requested IPv4, requested IPv6, automatic IPv4, automatic IPv6.
  mutating func allocate(
    _ requests: [SubnetConfiguration], families: Set<AddressFamily>
  ) throws(DefinitionError) {
    let families = families.sorted()
    for family in families {
      for request in requests where request.family == family { try allocate(request) }
    }
    for family in families where !requests.contains(where: { $0.family == family }) {
      let subnet = try automaticSubnet(family, length: nil)
      try configure(SubnetConfiguration(subnet: subnet))
    }
  }

  private mutating func allocate(_ request: SubnetConfiguration) throws(DefinitionError) {
    var request = request
    if request.subnet.isUnspecified {
      let length = request.subnet.length == 0 ? nil : request.subnet.length
      request.subnet = try automaticSubnet(request.family, length: length)
    } else if let range = request.range {
      // With a range, Docker only looks for the same subnet and range, and leaves the detection of
      // overlaps to the driver.
      if sharing.contains(where: { $0.leases.subnet == request.subnet && $0.range == range }) {
        throw .poolOverlap
      }
    } else if taken.contains(where: { $0.overlaps(request.subnet) }) {
      throw .poolOverlap
    }
    try configure(request)
  }

  private func automaticSubnet(
    _ family: AddressFamily, length: Int?
  ) throws(DefinitionError) -> IPPrefix {
    let pools = pools[family] ?? []
    if pools.isEmpty { throw .noPool(family) }
    if let length, !pools.contains(where: { $0.offers(length: length) }) {
      throw .noPoolOfLength(length)
    }
    guard
      let subnet = firstFreeSubnet(
        in: pools, taken: taken, avoiding: routed, connected: connected,
        requestedLength: length)
    else {
      // Other networks have routes, too.
      let foreign = routed.filter { route in !taken.contains { $0.contains(route) } }
      throw .poolsExhausted(routes: blockingRoutes(among: foreign, connected: connected, in: pools))
    }
    return subnet
  }

  private mutating func configure(_ request: SubnetConfiguration) throws(DefinitionError) {
    var subnetLeases = try leases(of: request)
    let gateway = try leaseGateway(request, from: &subnetLeases)
    for (name, address) in request.auxiliaryAddresses.sorted(by: { $0.key < $1.key }) {
      do throws(LeaseError) {
        try checkShared(request, address)
        try subnetLeases.lease(address)
      } catch {
        throw .auxiliaryAddressUnavailable(name: name, address)
      }
    }
    if overlap == nil, known.contains(where: { $0.prefix.overlaps(request.subnet) }) {
      overlap = request.subnet
    }
    taken.append(request.subnet)
    leases.append(subnetLeases)
    var configuration = request
    configuration.gateway = gateway
    configurations.append(configuration)
  }

  // Networks with the same subnet share their leases until the driver refuses the second.
  private func checkShared(_ request: SubnetConfiguration, _ address: IPAddress) throws(LeaseError)
  {
    for shared in sharing where shared.leases.subnet == request.subnet {
      var leases = shared.leases
      try leases.lease(address)
    }
  }

  // A range outside its subnet was refused earlier.
  private func leases(of request: SubnetConfiguration) throws(DefinitionError) -> SubnetLeases {
    do throws(LeaseError) {
      return try SubnetLeases(subnet: request.subnet, range: request.range)
    } catch {
      throw .noMatchingSubnet(.range, request.range?.description ?? "")
    }
  }

  private func leaseGateway(
    _ request: SubnetConfiguration, from leases: inout SubnetLeases
  ) throws(DefinitionError) -> IPAddress? {
    do throws(LeaseError) {
      if let gateway = request.gateway {
        try checkShared(request, gateway)
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

/// A subnet of another network that may be requested with a range.
struct SharedSubnet {
  /// The range of the other network.
  let range: IPPrefix?
  /// Its leases.
  let leases: SubnetLeases
}
