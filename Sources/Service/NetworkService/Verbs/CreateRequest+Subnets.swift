import Addressing
import NetworkModel

extension CreateRequest {
  /// Assigns ranges, gateways and auxiliary addresses to their subnets, as Docker's command line
  /// does before it calls the daemon.
  func subnetRequests() throws(DefinitionError) -> [SubnetConfiguration] {
    guard ranges.count <= subnets.count, gateways.count <= subnets.count else {
      throw .subnetMissing
    }
    var requests: [SubnetConfiguration] = []
    for text in subnets {
      let subnet = try parsedSubnet(text)
      // Docker does not notice here that blocks with an unspecified address only request a length.
      if requests.contains(where: { $0.subnet.overlaps(subnet) }) { throw .overlappingSubnets }
      requests.append(SubnetConfiguration(subnet: subnet))
    }
    try assignRanges(to: &requests)
    try assignGateways(to: &requests)
    try assignAuxiliaryAddresses(to: &requests)
    return requests
  }

  private func parsedSubnet(_ text: String) throws(DefinitionError) -> IPPrefix {
    do throws(IPPrefixError) {
      return try IPPrefix(parsing: text)
    } catch {
      throw .invalidSubnet(text, error)
    }
  }

  private func assignRanges(to requests: inout [SubnetConfiguration]) throws(DefinitionError) {
    for range in ranges {
      guard let index = requests.firstIndex(where: { $0.subnet.contains(range.address) }) else {
        throw .noMatchingSubnet(.range, range.description)
      }
      if let old = requests[index].range {
        throw .severalInSubnet(
          .range, new: range.description, old: old.description,
          subnet: requests[index].subnet.description)
      }
      requests[index].range = range
    }
  }

  private func assignGateways(to requests: inout [SubnetConfiguration]) throws(DefinitionError) {
    for gateway in gateways {
      guard let index = requests.firstIndex(where: { $0.subnet.contains(gateway) }) else {
        throw .noMatchingSubnet(.gateway, gateway.description)
      }
      if let old = requests[index].gateway {
        throw .severalInSubnet(
          .gateway, new: gateway.description, old: old.description,
          subnet: requests[index].subnet.description)
      }
      requests[index].gateway = gateway
    }
  }

  private func assignAuxiliaryAddresses(
    to requests: inout [SubnetConfiguration]
  ) throws(DefinitionError) {
    for (name, text) in auxiliaryAddresses.sorted(by: { $0.key < $1.key }) {
      // A name without an address belongs to no subnet.
      if text.isEmpty { throw .noMatchingSubnet(.auxiliaryAddress, "") }
      guard let address = IPAddress(text) else {
        throw .invalidAuxiliaryAddress(name: name, text)
      }
      // An IPv4-mapped address matches its subnet, and is then refused.
      let unmapped = address.unmapped
      guard let index = requests.firstIndex(where: { $0.subnet.contains(unmapped) }) else {
        throw .noMatchingSubnet(.auxiliaryAddress, text)
      }
      requests[index].auxiliaryAddresses[name] = address
    }
  }
}

extension [SubnetConfiguration] {
  /// The daemon's validation, for what the command line let through.
  func validate() throws(DefinitionError) {
    var problems: [SubnetProblem] = []
    for request in self {
      if !request.subnet.isMasked { problems.append(.subnetHostBits(request.subnet)) }
      if let range = request.range, range.length < request.subnet.length {
        problems.append(.rangeTooWide(range, subnet: request.subnet))
      }
      for (name, address) in request.auxiliaryAddresses.sorted(by: { $0.key < $1.key })
      where address.family != request.family {
        problems.append(.auxiliaryAddressOfOtherFamily(name: name, subnet: request.family))
      }
    }
    guard problems.isEmpty else { throw .invalidSubnets(problems) }
  }
}

extension IPPrefix {
  /// Whether it requests only a length, as `0.0.0.0/24` does in `--subnet`.
  var isUnspecified: Bool { address.isUnspecified }
}
