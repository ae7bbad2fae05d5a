import Addressing
import Drivers
import NetworkModel

extension ConnectRequest {
  /// Problems with these settings on this network, in the order in which Docker lists them.
  func problems(for network: Network) -> [EndpointProblem] {
    let chosen = [(AddressFamily.ipv4, ipv4), (.ipv6, ipv6)].compactMap { family, address in
      address.map { (family: family, address: $0) }
    }
    var problems: [EndpointProblem] = []
    if network.isPredefined {
      if !chosen.isEmpty { problems.append(.addressOnDefaultNetwork) }
      if !aliases.isEmpty { problems.append(.aliasOnDefaultNetwork) }
    }
    for (family, address) in chosen where address.family != family || address.isUnspecified {
      problems.append(.invalidAddress(family, address))
    }
    for address in linkLocalAddresses where address.isUnspecified {
      problems.append(.unspecifiedLinkLocal(address))
    }
    for (family, address) in chosen
    where !network.subnets.contains(where: {
      $0.subnet.family == family && $0.subnet.contains(address)
    }) {
      problems.append(.outsideSubnets(address))
    }
    do throws(OptionError) {
      try EndpointOptions.checkSysctls(driverOptions)
    } catch {
      problems.append(.option(error))
    }
    return problems
  }

  /// The first address that is not link-local.
  var invalidLinkLocalAddress: IPAddress? {
    linkLocalAddresses.first { !$0.isLinkLocalUnicast }
  }
}
