import Addressing
import NetworkModel

extension ConnectRequest {
  /// What is wrong with the settings for this network, in the order in which Docker lists it.
  func problems(for network: Network) -> [EndpointProblem] {
    var problems: [EndpointProblem] = []
    if network.isPredefined {
      if ipv4 != nil || ipv6 != nil { problems.append(.addressOnDefaultNetwork) }
      if !aliases.isEmpty { problems.append(.aliasOnDefaultNetwork) }
    }
    for (family, address) in [(AddressFamily.ipv4, ipv4), (.ipv6, ipv6)] {
      guard let address else { continue }
      if address.family != family || address.isUnspecified {
        problems.append(.invalidAddress(family, address))
      } else if !network.isPredefined
        && !network.subnets.contains(where: { $0.subnet.contains(address) })
      {
        problems.append(.outsideSubnets(address))
      }
    }
    problems += linkLocalAddresses.filter { !$0.isLinkLocalUnicast }.map { .invalidLinkLocal($0) }
    return problems
  }
}
