import Addressing
import Containers
import Drivers
import KernelModel
import NetworkFilters
import NetworkModel
import NetworkService
import Presentation
import StateStore

extension Diagnostics {
  /// Why nothing resolves the names of a container without a hosts file.
  static let withoutHostsFile =
    "The container has no hosts file that netctl could write: it is not a named namespace, and no "
    + "runtime mounted one."

  /// Why nothing resolves these aliases.
  static func unusable(_ aliases: [String]) -> String {
    "Nothing can resolve \(aliases.map(TerminalText.quoted).joined(separator: ", ")): a name has at "
      + "most 253 bytes, no blanks, control characters or #, and is not localhost."
  }

  /// What connects a container that does not run, if its runtime does not call netctl's hook.
  static func waiting(_ connection: Connection) -> String {
    let container = connection.endpoint.container
    let hook =
      container.runtime == .docker
      ? "A container created with --device netctl.io/net=NETWORK is connected when it starts"
      : "It is connected when it starts once Podman calls netctl's hook"
    return "\(TerminalText.escaped(container.name)) is not running. \(hook), see "
      + "netctl-oci-hook(8); otherwise netctl network reload "
      + "\(TerminalText.shellWord(container.name)) connects it then."
  }

  /// What the user can do about an error, if Docker's message does not say so; nil otherwise.
  /// `network` is the one named on the command line.
  static func hint(_ error: ServiceError, on network: String? = nil) -> String? {
    switch error {
    case .definition(let error): hint(error)
    case .option(let error): hint(error)
    case .port(let error): hint(error)
    case .endpointSettings(let problems): hint(problems, on: network)
    case .device(.notManaged, _, _): "netctl network create creates a network with its own bridge."
    case .device(.otherKind(let name, _), _, _):
      "Rename \(name), or choose another name with --opt com.docker.network.bridge.name."
    case .configuration, .defaultNetwork: "netctl-daemon.json(5) describes the file."
    case .defaultNetworkInUse:
      "netctl network disconnect bridge CONTAINER disconnects one; the next command changes it."
    case .ambiguousNetwork: "Enter more digits of the ID; netctl network ls shows them."
    case .ambiguousContainer: "Enter more digits of the ID; netctl network inspect shows it."
    case .noSuchContainer:
      "A container is a name, pid:NUMBER or a path; see netctl-container(7)."
    case .finder(let failure): hint(failure.error)
    case .notConnected, .endpointNotFound: network.map { inspecting($0, for: "what is connected") }
    case .addressInUse: network.map { inspecting($0, for: "which addresses are in use") }
    case .addressHeld: "Disconnecting that container releases the address."
    case .noAddressLeft:
      "Disconnecting a container releases its address; a new network can be larger."
    case .hostNamespace: "This is the host's own network namespace."
    case .hostNetwork: "Processes without a network namespace of their own already use it."
    case .privateNetwork: "Disconnect the container from the other network first."
    case .unknownDriver:
      "This netctl can only list, inspect and remove it, and disconnect its containers."
    case .configurationOnlyNetwork:
      "netctl network create --config-from creates a network from it that can have endpoints."
    case .interfaceExists:
      "--driver-opt \(EndpointOptions.interfaceNameKey)=NAME chooses another name."
    case .activeEndpoints(let network, _):
      "netctl network disconnect \(TerminalText.shellWord(network)) CONTAINER disconnects one."
    case .state(let error) where error.damagedSubject != nil:
      "netctl network verify shows how to fix it."
    case .kernel(let error) where error.isFeatureMissing:
      "netctl version shows which features this kernel has."
    case .unfinished(_, let reason): hint(reason, on: network)
    case .update(.portsInTheWay(_, let holders)):
      holders.first.map {
        "netctl network unpublish \(TerminalText.shellWord($0.container)) PORT withdraws a port."
      }
    case .update(.fixedOption): "Another network can have it; containers may be on both."
    case .update(.nothingGiven): "netctl network update --help shows what can change."
    case .hardwareAddress(.inUse): network.map { inspecting($0, for: "which addresses are in use") }
    case .update, .hardwareAddress, .state, .unrecorded, .kernel, .unprivileged,
      .device(.belongsToNetwork, _, _),
      .foreignState, .networkNotFound, .containerNotRunning, .foreignNamespace, .notANamespace,
      .alreadyConnected, .notConnectedToMissing,
      .plugin, .agent, .overlayMTU, .trace, .nameFiles, .invalidLinkLocal, .linkLocalWithoutIPv6,
      .defaultRouteExists,
      .predefinedNetwork, .configurationInUse:
      nil
    }
  }

  /// The same for a filter of a command that supports `names`.
  static func hint(_ error: FilterError, knowing names: [String]) -> String? {
    switch error {
    case .unknown: "Filters are \(list(names))."
    case .invalidType: "Types are builtin and custom."
    case .invalidTime: "A time is 2026-01-31, 2026-01-31T12:00:00, or an age such as 24h."
    case .notABoolean, .severalValues: nil
    }
  }

  private static func hint(_ error: DefinitionError) -> String? {
    switch error {
    case .unknownDriver: supportedDrivers
    case .unknownAddressDriver:
      "IPAM drivers are default and plugins; see netctl-network-plugins(7)."
    case .overlayNeedsSwarm:
      "With cluster-store in daemon.json, overlay networks need no swarm; see netctl-agent(8)."
    case .ingress, .swarmScope: "netctl does not support swarm."
    case .emptyPool, .specificPool:
      "A bridge network needs addresses: leave --ipam-driver out."
    case .noPool(let family):
      "There are no automatic \(family.name) subnets for --scope global; --subnet chooses one."
    case .poolOverlap, .overlap: "netctl network verify names networks that overlap."
    case .poolsExhausted:
      "--subnet chooses one; netctl network prune removes unused networks."
    case .bridgeNotFound(let name):
      "ip link add \(TerminalText.shellWord(name)) type bridge creates it."
    case .noPoolOfLength(let length):
      "No pool has room for a /\(length); --subnet can specify an address."
    case .gatewayUnavailable(_, isTaken: true):
      "It is the network or broadcast address, or in use by another network."
    case .gatewayUnavailable(_, isTaken: false):
      "No address is left for the gateway; use --gateway or a larger subnet."
    case .auxiliaryAddressUnavailable:
      "It is used by the gateway or another auxiliary address, or is the network or broadcast "
        + "address."
    case .driver(.severalSubnets): "A network has at most one IPv4 and one IPv6 --subnet."
    case .emptyName, .reservedName, .nameExists, .existsOtherwise, .subnetMissing, .invalidSubnet,
      .invalidAuxiliaryAddress, .overlappingSubnets, .noMatchingSubnet, .severalInSubnet,
      .invalidSubnets, .noFamily, .invalidFamilyOption, .singleInstanceDriver,
      .operatorFields, .configurationDependsOnConfiguration,
      .configurationNotFound, .configurationConflict, .configurationOptionsConflict,
      .auxiliaryAddressOutside,
      .driver(.gatewayOnInternalNetwork), .driver(.multicastSubnet), .driver(.linkLocalClash):
      nil
    case .driver(.invalidVLANName), .driver(.parentNotFound):
      "ip -brief link shows the interfaces of the host."
    case .driver(.vlanNameFormat), .driver(.invalidVLANID), .driver(.vlanIDOutOfRange),
      .driver(.mtuAboveParent):
      nil
    case .driver(.passthruNeedsWholeParent), .driver(.parentInPassthruMode):
      "A network in passthru mode needs its parent to itself."
    case .driver(.parentInUse):
      "An ipvlan network needs its parent to itself; parent=INTERFACE.VLAN gives each a VLAN."
    }
  }

  private static var supportedDrivers: String {
    let names = DriverRegistry.builtIn.creatable.map { $0.name.rawValue }
    return "Drivers are \(list(names + ["plugins"])); see netctl-network-plugins(7)."
  }

  private static func hint(_ error: FinderError) -> String? {
    if case .ambiguous = error { "Enter one of these instead." } else { nil }
  }

  private static func hint(_ error: OptionError) -> String? {
    switch error {
    case .notAnAddress: "The value is not an IP address of that family."
    case .unknownGatewayMode(_, _, let modes): "Modes are \(list(modes))."
    case .unknownMode, .loopbackParent: nil
    case .unknownPortSecurity(_, _, let levels): "Levels are \(list(levels))."
    case .isolatedNeedsInternal: "--internal creates an internal network."
    case .notABoolean, .notANumber, .outOfRange, .negativeMTU, .interfaceName, .several, .sysctl,
      .encryptionUnavailable:
      nil
    }
  }

  private static func hint(_ error: PortError) -> String? {
    switch error {
    case .taken(_, _, by: let container):
      "netctl network port \(TerminalText.shellWord(container)) shows its ports."
    case .obstructed(let host, _, _, .noSuchAddress, _):
      "\(host) is not an address of this host."
    case .noPublishingEndpoint(_, let container):
      "netctl network connect NETWORK \(TerminalText.shellWord(container)) connects it to one."
    case .notPublished(_, let container):
      "netctl network port \(TerminalText.shellWord(container)) shows what is published."
    case .obstructed, .noneFree, .noFirewall, .unpublishingDriver: nil
    }
  }

  private static func hint(_ problems: [EndpointProblem], on network: String?) -> String? {
    guard problems.count == 1, let problem = problems.first else { return nil }
    switch problem {
    case .outsideSubnets: return network.map { inspecting($0, for: "its subnets") }
    case .addressOnDefaultNetwork, .aliasOnDefaultNetwork:
      return "netctl network create creates a user-defined network."
    case .option(let error): return hint(error)
    case .invalidAddress, .unspecifiedLinkLocal: return nil
    }
  }

  private static func inspecting(_ network: String, for purpose: String) -> String {
    "netctl network inspect \(TerminalText.shellWord(network)) shows \(purpose)."
  }

  private static func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }
}
