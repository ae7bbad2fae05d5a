import Drivers
import KernelModel
import NetworkFilters
import NetworkModel
import NetworkService
import Presentation
import StateStore

extension Diagnostics {
  /// What a person can do about an error, or what is in the way, where the words that Docker has for
  /// it do not say so; nil where they do. `network` is what was named on the command line.
  static func remedy(_ error: ServiceError, on network: String? = nil) -> String? {
    switch error {
    case .definition(let error): remedy(error)
    case .option(let error): remedy(error)
    case .port(let error): remedy(error)
    case .endpointSettings(let problems): remedy(problems, on: network)
    case .bridge(.notOurs, _, _): "netctl network create makes a network with a bridge of its own."
    case .bridge(.notABridge(let name), _, _):
      "Rename \(name), or choose another name with --opt com.docker.network.bridge.name."
    case .ambiguousNetwork: "Type more of its ID; netctl network ls shows them."
    case .ambiguousContainer: "Type more of its ID; netctl network inspect shows it."
    case .noSuchContainer:
      "A container is the name of a namespace (ip netns list), pid:NUMBER, or the path of a file."
    case .notConnected, .endpointNotFound: network.map { inspecting($0, for: "what is connected") }
    case .addressInUse: network.map { inspecting($0, for: "which addresses are in use") }
    case .noAddressLeft:
      "A container that is disconnected gives its address back; a new network may be larger."
    case .hostNamespace: "This names the network namespace of the host itself."
    case .hostNetwork: "Processes without a network namespace of their own are on it already."
    case .privateNetwork: "The container has to be disconnected from the other network before."
    case .configurationOnlyNetwork:
      "netctl network create --config-from makes a network from it, which has endpoints."
    case .interfaceExists:
      "--driver-opt com.docker.network.endpoint.ifname=NAME chooses another name."
    case .activeEndpoints(let network, _):
      "netctl network disconnect \(Printable.word(network)) CONTAINER disconnects one."
    case .state(let error) where error.damagedSubject != nil:
      "netctl network verify says what to do about it."
    case .kernel(let error) where error.isFeatureMissing:
      "netctl version shows which features this kernel has."
    case .unfinished(_, let reason): remedy(reason, on: network)
    case .state, .unrecorded, .kernel, .unprivileged, .bridge(.belongsToNetwork, _, _),
      .foreignState, .networkNotFound, .notANamespace, .alreadyConnected, .notConnectedToMissing,
      .invalidLinkLocal, .linkLocalWithoutIPv6, .defaultRouteExists, .predefinedNetwork,
      .configurationInUse:
      nil
    }
  }

  /// The same for a filter of a command that knows `names`.
  static func remedy(_ error: FilterError, knowing names: [String]) -> String? {
    switch error {
    case .unknown: "Filters are \(list(names))."
    case .invalidType: "Types are builtin and custom."
    case .invalidTime: "A time is 2026-01-31, 2026-01-31T12:00:00, or an age such as 24h."
    case .notABoolean, .severalValues: nil
    }
  }

  private static func remedy(_ error: DefinitionError) -> String? {
    switch error {
    case .unknownDriver: "The driver that netctl has is bridge."
    case .unknownAddressDriver: "The address driver that netctl has is default."
    case .overlayNeedsSwarm: "netctl has no swarm; --driver bridge makes a network of this host."
    case .ingress, .swarmScope: "netctl has no swarm."
    case .emptyPool, .specificPool:
      "A bridge network needs addresses: leave --ipam-driver out."
    case .noPool(let family):
      "There are no automatic \(word(family)) subnets for --scope global; --subnet chooses one."
    case .poolOverlap, .overlap: "netctl network verify names networks that overlap."
    case .poolsExhausted:
      "--subnet chooses one; netctl network prune removes networks that nobody uses."
    case .noPoolOfLength(let length):
      "No pool has room for a /\(length); --subnet may name an address."
    case .gatewayUnavailable(_, isTaken: true):
      "It is the subnet's own address, its broadcast address, or taken in another network."
    case .gatewayUnavailable(_, isTaken: false):
      "There is none for a gateway; --gateway names one, or the subnet may be larger."
    case .auxiliaryAddressUnavailable:
      "It is the gateway's, another auxiliary one, or the subnet's own or broadcast address."
    case .severalSubnets: "A network has at most one --subnet of IPv4 and one of IPv6."
    case .emptyName, .reservedName, .nameExists, .subnetMissing, .invalidSubnet,
      .invalidAuxiliaryAddress, .overlappingSubnets, .noMatchingSubnet, .severalInSubnet,
      .invalidSubnets, .noFamily, .invalidFamilyOption, .singleInstanceDriver,
      .operatorFields, .configurationDependsOnConfiguration,
      .configurationNotFound, .configurationConflict, .configurationOptionsConflict,
      .gatewayOnInternalNetwork, .multicastSubnet, .linkLocalClash:
      nil
    }
  }

  private static func remedy(_ error: OptionError) -> String? {
    switch error {
    case .notAnAddress: "The value is no IP address of that family."
    case .unknownGatewayMode:
      "Modes are " + list(BridgeOptions.GatewayMode.allCases.map(\.rawValue)) + "."
    case .isolatedNeedsInternal: "--internal makes an internal network."
    case .notABoolean, .notANumber, .outOfRange, .negativeMTU, .interfaceName, .several, .sysctl:
      nil
    }
  }

  private static func remedy(_ error: PortError) -> String? {
    switch error {
    case .taken(_, _, by: let container):
      "netctl network port \(Printable.word(container)) shows its ports."
    case .obstructed(let host, _, _, .noSuchAddress, _):
      "The host has no address \(host) of its own."
    case .noCarrier(_, let container):
      "netctl network connect NETWORK \(Printable.word(container)) connects it to one."
    case .notPublished(_, let container):
      "netctl network port \(Printable.word(container)) shows what is published."
    case .obstructed, .noneFree: nil
    }
  }

  private static func remedy(_ problems: [EndpointProblem], on network: String?) -> String? {
    guard problems.count == 1, let problem = problems.first else { return nil }
    switch problem {
    case .outsideSubnets: return network.map { inspecting($0, for: "its subnets") }
    case .addressOnDefaultNetwork, .aliasOnDefaultNetwork:
      return "netctl network create makes a network of your own."
    case .option(let error): return remedy(error)
    case .invalidAddress, .unspecifiedLinkLocal: return nil
    }
  }

  private static func inspecting(_ network: String, for purpose: String) -> String {
    "netctl network inspect \(Printable.word(network)) shows \(purpose)."
  }

  private static func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }
}
