import Addressing
import Drivers
import NetworkModel

/// A request to change a network, turned into the network's new definition without looking at other
/// networks, containers and the kernel. Subnets without addresses of their own are still missing.
struct UpdatePlan {
  /// The network with everything that needs no allocation.
  private(set) var network: Network
  /// The subnets to be added.
  private(set) var newSubnets: [SubnetConfiguration] = []
  /// The families to be added.
  private(set) var newFamilies: Set<AddressFamily> = []
  /// The options that change.
  let changedOptions: Set<String>
  /// The addresses to be reserved in subnets that the network has.
  private(set) var reserved: [IPAddress] = []

  init(_ request: UpdateRequest, of old: Network) throws(ServiceError) {
    if request == UpdateRequest(network: request.network) { throw .update(.nothingGiven) }
    network = old
    network.labels = try Self.labels(request, of: old)
    network.options = try Self.options(request, of: old)
    let (options, formerOptions) = (network.options, old.options)
    changedOptions = Set(options.keys).union(formerOptions.keys)
      .filter { options[$0] != formerOptions[$0] }
    network.isInternal = request.isInternal ?? old.isInternal
    try addSubnets(request)
    var subnets = old.ipam.subnets ?? []
    try checked { () throws(DefinitionError) in
      try Self.assignRanges(request, to: &subnets, &newSubnets)
      try Self.assignGateways(request, to: &subnets, &newSubnets)
    }
    try assignAuxiliaryAddresses(request, to: &subnets)
    try checked { () throws(DefinitionError) in try (subnets + newSubnets).validate() }
    reserved += zip(old.ipam.subnets ?? [], subnets)
      .compactMap { $0.gateway == $1.gateway ? nil : $1.gateway }
    if old.ipam.subnets != nil || !subnets.isEmpty { network.ipam.subnets = subnets }
  }

  /// Adds subnets whose addresses have been allocated.
  mutating func add(_ subnets: [SubnetConfiguration]) {
    guard !newFamilies.isEmpty else { return }
    network.families.formUnion(newFamilies)
    // IPv4 comes first, as `inspect` shows a network that had both from the start.
    let all = (network.ipam.subnets ?? []) + subnets
    network.ipam.subnets = AddressFamily.allCases.flatMap { family in
      all.filter { $0.family == family }
    }
  }

  /// Gives a subnet a gateway that it needs now.
  mutating func setGateway(_ gateway: IPAddress, of subnet: IPPrefix) {
    guard let index = network.ipam.subnets?.firstIndex(where: { $0.subnet == subnet }) else {
      return
    }
    network.ipam.subnets?[index].gateway = gateway
  }

  /// Whether nothing but labels changes, for which the kernel need not be asked.
  func changesLabelsOnly(of old: Network) -> Bool {
    var unlabelled = network
    unlabelled.labels = old.labels
    return unlabelled == old && newFamilies.isEmpty && reserved.isEmpty
  }

  // MARK: Labels and options

  private static func labels(
    _ request: UpdateRequest, of old: Network
  ) throws(ServiceError) -> [String: String] {
    var labels = old.labels
    for label in request.removedLabels {
      guard labels.removeValue(forKey: label) != nil else { throw .update(.noLabel(label)) }
    }
    return labels.merging(request.addedLabels) { _, added in added }
  }

  private static func options(
    _ request: UpdateRequest, of old: Network
  ) throws(ServiceError) -> [String: String] {
    var options = old.options
    for key in request.removedOptions {
      guard options.removeValue(forKey: key) != nil else { throw .update(.noOption(key)) }
    }
    return options.merging(request.options) { _, added in added }
  }

  // MARK: Subnets

  private mutating func addSubnets(_ request: UpdateRequest) throws(ServiceError) {
    var creation = CreateRequest(name: network.name)
    creation.subnets = request.subnets
    newSubnets = try checked { () throws(DefinitionError) in try creation.subnetRequests() }
    for subnet in newSubnets {
      guard let present = network.subnets.first(where: { $0.family == subnet.family }) else {
        newFamilies.insert(subnet.family)
        continue
      }
      throw .update(.subnetExists(present.subnet, network: network.name))
    }
    for (family, isWanted) in [(AddressFamily.ipv4, request.ipv4), (.ipv6, request.ipv6)] {
      guard let isWanted, isWanted != network.families.contains(family) else { continue }
      if !isWanted { throw .update(.familyInUse(family, network: network.name)) }
      newFamilies.insert(family)
    }
  }

  private static func assignRanges(
    _ request: UpdateRequest, to subnets: inout [SubnetConfiguration],
    _ newSubnets: inout [SubnetConfiguration]
  ) throws(DefinitionError) {
    var assigned: [IPPrefix: IPPrefix] = [:]
    for range in request.ranges {
      let found = try subnet(
        of: range.address, .range, range.description, among: &subnets, &newSubnets
      ) { $0.range = $0.subnet == range ? nil : range }
      if let other = assigned[found] {
        throw .severalInSubnet(
          .range, new: range.description, old: other.description, subnet: found.description)
      }
      assigned[found] = range
    }
  }

  // A gateway is only given to a subnet that has none.
  private static func assignGateways(
    _ request: UpdateRequest, to subnets: inout [SubnetConfiguration],
    _ newSubnets: inout [SubnetConfiguration]
  ) throws(DefinitionError) {
    for gateway in request.gateways {
      var former: IPAddress?
      let found = try subnet(
        of: gateway, .gateway, gateway.description, among: &subnets, &newSubnets
      ) { subnet in
        former = subnet.gateway
        subnet.gateway = gateway
      }
      if let former, former != gateway {
        throw .severalInSubnet(
          .gateway, new: gateway.description, old: former.description, subnet: found.description)
      }
    }
  }

  private mutating func assignAuxiliaryAddresses(
    _ request: UpdateRequest, to subnets: inout [SubnetConfiguration]
  ) throws(ServiceError) {
    for (name, text) in request.auxiliaryAddresses.sorted(by: { $0.key < $1.key }) {
      if name.isEmpty { throw .update(.unnamedAuxiliaryAddress(text)) }
      let old = subnets.firstIndex { $0.auxiliaryAddresses[name] != nil }
      if text.isEmpty {
        guard let old else { throw .update(.noAuxiliaryAddress(name)) }
        subnets[old].auxiliaryAddresses[name] = nil
        continue
      }
      guard let address = IPAddress(text) else {
        throw .definition(.invalidAuxiliaryAddress(name: name, text))
      }
      if let old {
        if subnets[old].auxiliaryAddresses[name] == address { continue }
        subnets[old].auxiliaryAddresses[name] = nil
      }
      let isNew = !subnets.contains { $0.subnet.contains(address.unmapped) }
      try checked { () throws(DefinitionError) in
        _ = try Self.subnet(
          of: address.unmapped, .auxiliaryAddress, text, among: &subnets, &newSubnets
        ) { $0.auxiliaryAddresses[name] = address }
      }
      if !isNew { reserved.append(address) }
    }
  }

  /// Changes the subnet that an address is in, and returns it.
  private static func subnet(
    of address: IPAddress, _ field: SubnetField, _ text: String,
    among subnets: inout [SubnetConfiguration], _ newSubnets: inout [SubnetConfiguration],
    _ change: (inout SubnetConfiguration) -> Void
  ) throws(DefinitionError) -> IPPrefix {
    if let index = subnets.firstIndex(where: { $0.subnet.contains(address) }) {
      change(&subnets[index])
      return subnets[index].subnet
    }
    if let index = newSubnets.firstIndex(where: { $0.subnet.contains(address) }) {
      change(&newSubnets[index])
      return newSubnets[index].subnet
    }
    throw .noMatchingSubnet(field, text)
  }
}
