import Addressing
import Drivers
import NetworkService
import Presentation

extension Diagnostics {
  static func text(_ error: DefinitionError) -> String {
    switch error {
    case .emptyName: "invalid name: name is empty"
    case .reservedName(let name): "operation is not permitted on predefined \(name) network"
    case .nameExists(let name): "network with name \(TerminalText.escaped(name)) already exists"
    case .existsOtherwise(let name, let differences):
      "network with name \(TerminalText.escaped(name)) already exists, and is another: "
        + differences.map(text).joined(separator: ", ")
    case .subnetMissing: "every ip-range or gateway must have a corresponding subnet"
    case .invalidSubnet(let text, let error):
      "invalid subnet \(TerminalText.quoted(text)) for --subnet: \(reason(error))"
    case .invalidAuxiliaryAddress(let name, let text):
      "invalid address \(TerminalText.quoted(text)) of \(TerminalText.quoted(name)) for "
        + "--aux-address"
    case .overlappingSubnets: "multiple overlapping subnet configuration is not supported"
    case .noMatchingSubnet(let member, let value):
      "no matching subnet for \(word(member)) \(TerminalText.escaped(value))"
    case .severalInSubnet(.range, let new, let old, let subnet):
      "cannot configure multiple ranges (\(new), \(old)) on the same subnet (\(subnet))"
    case .severalInSubnet(_, let new, let old, let subnet):
      "cannot configure multiple gateways (\(new), \(old)) for the same subnet (\(subnet))"
    case .invalidSubnets(let problems):
      list("invalid network config:", problems.map(text))
    case .noFamily: "IPv4 or IPv6 must be enabled"
    case .invalidFamilyOption(let key): "driver-opt \"\(key)\" is not a valid bool"
    case .unknownDriver(let name), .unknownAddressDriver(let name):
      "plugin \(TerminalText.quoted(name)) not found"
    case .singleInstanceDriver(let name):
      "only one instance of \"\(name)\" network is allowed"
    case .overlayNeedsSwarm:
      "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to "
        + "connect this node to swarm and try again."
    case .emptyPool(let family): "\(family.name.lowercased()) pool is empty"
    case .specificPool(let driver):
      "\(driver) ipam driver does not handle specific address pool requests"
    case .ingress: "Ingress network can only be global scope network"
    case .swarmScope: "cannot create a swarm scoped network when swarm is not active"
    case .operatorFields:
      "configuration network can only contain network specific fields. Network operator fields "
        + "like [ ingress | internal | attachable | scope ] are not supported."
    case .configurationDependsOnConfiguration:
      "a configuration network cannot depend on another configuration network"
    case .configurationNotFound(let name):
      "configuration network \(TerminalText.quoted(name)) does not exist"
    case .configurationConflict:
      "user-specified configurations are not supported if the network depends on a configuration "
        + "network"
    case .configurationOptionsConflict:
      "network driver options are not supported if the network depends on a configuration network"
    case .poolOverlap: "invalid pool request: Pool overlaps with other one on this address space"
    case .noPoolOfLength, .noPool: "invalid address pool"
    case .overlap(let family, let one, let other):
      "cannot create network \(one.network) (\(one.name)): conflicts with network "
        + "\(other.network) (\(other.name)): networks have overlapping \(family.name)"
    case .poolsExhausted(let routes, let remedy):
      "all predefined address pools have been fully subnetted"
        + (routes.isEmpty ? "" : "; host routes overlap them: \(list(routes))")
        + (remedy.map { "\nThis in \(TerminalText.escaped($0.file)) gives more: \($0.text)" } ?? "")
    case .bridgeNotFound(let name):
      "bridge device with non default name \(TerminalText.escaped(name)) must be created manually"
    case .gatewayUnavailable(let address, let isTaken):
      "failed to allocate gateway (\(address)): "
        + (isTaken ? "Address already in use" : "no available addresses on this pool")
    case .auxiliaryAddressUnavailable(let name, let address):
      "failed to allocate secondary ip address (\(TerminalText.escaped(name)):\(address)): "
        + "Address already in use"
    case .auxiliaryAddressOutside(let name, let address, let subnet):
      "auxiliary address: (\(name):\(address)) must belong to the master pool: \(subnet)"
    case .driver(let problem): text(problem)
    }
  }

  private static func text(_ problem: NetworkProblem) -> String {
    switch problem {
    case .gatewayOnInternalNetwork: "no gateway can be set on an internal bridge network"
    case .severalSubnets: "bridge driver doesn't support multiple subnets"
    case .multicastSubnet(let gateway, let length):
      "multicast subnet '\(gateway)/\(length)' is not allowed"
    case .linkLocalClash(let gateway, let length):
      "'\(gateway)/\(length)' clashes with the Link-Local prefix 'fe80::/64'"
    case .invalidVLANName(let name):
      "invalid subinterface vlan name \(TerminalText.escaped(name)), example formatting is eth0.10"
    case .vlanNameFormat(let name):
      "required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received "
        + TerminalText.escaped(name)
    case .invalidVLANID(let id):
      "unable to parse a valid vlan id from: \(TerminalText.escaped(id)) (ex. eth0.10 for vlan 10)"
    case .vlanIDOutOfRange(let id): "vlan id must be between 1-4094, received: \(id)"
    case .parentNotFound(let name):
      "-o parent interface was not found on the host: \(TerminalText.escaped(name))"
    case .mtuAboveParent(let mtu, let parent, let parentMTU):
      "MTU \(mtu) is greater than that of parent interface \(parent), \(parentMTU)"
    case .passthruNeedsWholeParent(let parent, let network):
      "cannot use mode passthru, macvlan network \(network) is already using parent interface "
        + "\(parent)"
    case .parentInPassthruMode(let parent, let network):
      "macvlan network \(network) is already using parent interface \(parent) in mode passthru"
    case .parentInUse(let parent, let device):
      "network \(device) is already using parent interface \(parent)"
    }
  }

  private static func text(_ difference: DefinitionDifference) -> String {
    let subject = TerminalText.escaped(difference.subject)
    // An empty value would not be seen.
    func shown(_ value: String) -> String { value.isEmpty ? "\"\"" : TerminalText.escaped(value) }
    let found = difference.found.map(shown)
    let wanted = difference.wanted.map(shown)
    return switch (found, wanted) {
    case (let found?, let wanted?): "\(subject) is \(found) instead of \(wanted)"
    case (nil, let wanted?): "\(subject) is missing, which is to be \(wanted)"
    case (let found?, nil): "\(subject) is \(found), which is not asked for"
    case (nil, nil): subject
    }
  }

  private static func text(_ problem: SubnetProblem) -> String {
    switch problem {
    case .subnetHostBits(let subnet):
      "invalid subnet \(subnet): it should be \(subnet.masked)"
    case .rangeTooWide(let range, let subnet):
      "invalid ip-range \(range): CIDR block is bigger than its parent subnet \(subnet)"
    case .auxiliaryAddressOfOtherFamily(let name, let family):
      "invalid auxiliary address \(TerminalText.escaped(name)): parent subnet is an "
        + "\(family.name) block"
    }
  }

  /// The first few of many routes.
  static func list(_ routes: [IPPrefix]) -> String {
    let shown = 8
    return routes.prefix(shown).map(\.description).joined(separator: ", ")
      + (routes.count > shown ? " and \(routes.count - shown) more" : "")
  }

  private static func word(_ field: SubnetField) -> String {
    switch field {
    case .range: "range"
    case .gateway: "gateway"
    case .auxiliaryAddress: "aux-address"
    }
  }
}

extension DefinitionError {
  /// Whether Docker's command line detects this without calling its daemon.
  var isDetectedByCommandLine: Bool {
    switch self {
    case .subnetMissing, .invalidSubnet, .invalidAuxiliaryAddress, .overlappingSubnets,
      .noMatchingSubnet, .severalInSubnet:
      true
    case .emptyName, .reservedName, .nameExists, .existsOtherwise, .invalidSubnets, .noFamily,
      .invalidFamilyOption, .unknownDriver, .unknownAddressDriver, .singleInstanceDriver,
      .overlayNeedsSwarm, .emptyPool, .specificPool, .ingress, .swarmScope, .operatorFields,
      .configurationDependsOnConfiguration, .configurationNotFound, .configurationConflict,
      .configurationOptionsConflict, .poolOverlap, .overlap,
      .noPoolOfLength, .noPool, .poolsExhausted, .bridgeNotFound, .gatewayUnavailable,
      .auxiliaryAddressUnavailable, .auxiliaryAddressOutside, .driver:
      false
    }
  }
}
