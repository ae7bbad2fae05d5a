import Addressing
import AgentAPI
import Configuration
import GoTemplate
import KernelModel
import NetworkFilters
import NetworkModel
import NetworkService
import Presentation
import RemoteDrivers

/// Error messages: Docker's where it has one, and one that names the cause where Docker shows an
/// error number or a Go function.
enum Diagnostics {
  static func text(_ error: ServiceError) -> String {
    switch error {
    case .configuration(let path, let problems):
      problems.map { text($0, in: path) }.joined(separator: "\n")
    case .defaultNetwork(let path, let line, let key, let reason):
      "\(TerminalText.escaped(path)):\(line): \(key): \(text(reason))"
    case .defaultNetworkInUse(let endpoints):
      "cannot change network bridge to match the configuration: it has active endpoints "
        + "(\(text(endpoints)))"
    case .state(let error): text(error)
    case .kernel(let error): text(error)
    case .unrecorded(let error, let change):
      text(error)
        + "\n\(text(change)) anyway; the change is recorded by the next command that can write"
    case .unfinished(let change, let reason): "\(text(change)): \(text(reason))"
    case .unprivileged:
      "permission denied: netctl needs access to root's files, CAP_NET_ADMIN and CAP_SYS_ADMIN; "
        + "run it with "
        + "sudo"
    case .option(let error): text(error)
    case .hardwareAddress(.notUnicast(let mac)):
      "invalid MAC address \(mac): not the address of one interface"
    case .hardwareAddress(.inUse(let mac, by: let holder)):
      "MAC address \(mac) is already in use by \(TerminalText.escaped(holder))"
    case .hardwareAddress(.notChosen(let driver)):
      "\(driver) interfaces do not support custom mac address assignment"
    case .device(let conflict, let network, let name): text(conflict, network: network, name)
    case .unknownDriver(let driver, let network):
      "network \(TerminalText.escaped(network)) has the driver "
        + "\(TerminalText.quoted(driver.rawValue)), which this netctl does not have"
    case .definition(let error): text(error)
    case .update(let problem): text(problem)
    case .foreignState(let folder):
      "the networks in \(TerminalText.escaped(folder)) belong to another network namespace; "
        + "set NETCTL_STATE_DIR to a directory for this one"
    case .networkNotFound(let reference): "network \(TerminalText.escaped(reference)) not found"
    case .ambiguousContainer(let prefix, let matches):
      "container \(prefix) is ambiguous (\(matches) matches found based on ID prefix)"
    case .ambiguousNetwork(let prefix, let matches):
      "network \(prefix) is ambiguous (\(matches) matches found based on ID prefix)"
    case .noSuchContainer(let reference): "No such container: \(TerminalText.escaped(reference))"
    case .containerNotRunning(let container):
      "container \(TerminalText.escaped(container)) is not running"
    case .finder(let failure): text(failure)
    case .foreignNamespace(let container, let user):
      "the network namespace of container \(TerminalText.escaped(container)) does not belong to "
        + "user \(user)"
    case .notANamespace(let path):
      "\(TerminalText.escaped(path)) is not a network namespace"
    case .endpointNotFound(let name): "endpoint \(TerminalText.escaped(name)) not found"
    case .endpointSettings(let problems):
      list("invalid endpoint settings:", problems.map(text))
    case .alreadyConnected(let container, let network):
      "endpoint with name \(TerminalText.escaped(container)) already exists in network "
        + TerminalText.escaped(network)
    case .notConnected(let container, let network):
      "container \(container) is not connected to network \(TerminalText.escaped(network))"
    case .notConnectedToMissing(let container, let network):
      "container \(container) is not connected to the network \(TerminalText.escaped(network))"
    case .invalidLinkLocal(let address): "invalid link local IP address: \(address)"
    case .linkLocalWithoutIPv6(let address, let network):
      "link local IP address \(address) needs IPv6, which network "
        + "\(TerminalText.escaped(network)) does not have"
    case .addressInUse: "Address already in use"
    case .addressHeld(let address, let container):
      "Address already in use: \(address) is kept for container "
        + "\(TerminalText.escaped(container)), which does not run"
    case .noAddressLeft(let family, let network, let id):
      "no available \(family.name) addresses on this network's address pools: "
        + "\(TerminalText.escaped(network)) (\(id))"
    case .hostNamespace:
      "container sharing network namespace with another container or host cannot be connected to "
        + "any other network"
    case .hostNetwork:
      "cannot connect container to host network - container must be created in host network mode"
    case .privateNetwork:
      "container cannot be connected to multiple networks with one of the networks in private "
        + "(none) mode"
    case .configurationOnlyNetwork: "cannot create endpoint on configuration-only network"
    case .plugin(let error): TerminalText.escaped(error.text)
    case .agent(let error, let network): text(error, network)
    case .overlayMTU(let wanted, let network, let address, let mtu):
      "network \(TerminalText.escaped(network)) has an MTU of \(wanted), which the link with "
        + "\(address) cannot carry: its MTU is \(mtu)"
    case .trace(let error): text(error)
    case .nameFiles(let paths, let errno): text(unwritten: paths, errno)
    case .interfaceExists(let name, let container):
      "interface \(name) already exists in container \(TerminalText.escaped(container))"
    case .defaultRouteExists(let container):
      "failed to set gateway: container \(TerminalText.escaped(container)) already has a default "
        + "route "
        + "that netctl cannot precede; raise its metric, or connect without "
        + "--gw-priority"
    case .port(let error): text(error)
    case .predefinedNetwork(let name):
      "\(name) is a pre-defined network and cannot be removed"
    case .activeEndpoints(let network, let endpoints):
      "error while removing network: network \(TerminalText.escaped(network)) has active endpoints "
        + "(\(text(endpoints)))"
    case .configurationInUse(let name):
      "error while removing network: configuration network \(TerminalText.quoted(name)) is in use"
    }
  }

  private static func text(_ change: UnfinishedChange) -> String {
    switch change {
    case .network(let network):
      "cannot remove the remains of network \(text(network))"
    case .update(let network):
      "cannot undo the change of network \(text(network))"
    case .endpoint(let endpoint, let network):
      "cannot remove the remains of the connection of container "
        + "\(TerminalText.escaped(endpoint.container.name)) to network "
        + "\(TerminalText.escaped(network))"
    case .ports(let ports):
      "cannot undo the port change of container \(TerminalText.escaped(ports.container.name)): "
        + PortText.mappings(ports.ports).joined(separator: ", ")
    }
  }

  /// A network's name and short ID.
  static func text(_ network: Network) -> String {
    "\(TerminalText.escaped(network.name)) (\(network.id.short))"
  }

  // Docker's list of endpoints.
  private static func text(_ endpoints: [Endpoint]) -> String {
    endpoints.map { endpoint in
      "name:\(TerminalText.quoted(endpoint.container.name)) id:\"\(endpoint.id.short)\""
    }.sorted().joined(separator: ", ")
  }

  private static func text(_ change: CompletedChange) -> String {
    switch change {
    case .disconnection(let container, let network):
      "container \(TerminalText.escaped(container)) is disconnected from network "
        + "\(TerminalText.escaped(network))"
    case .removal(let network): "network \(TerminalText.escaped(network)) is removed"
    }
  }

  static func text(_ error: FilterError) -> String {
    switch error {
    case .unknown(""): "invalid filter"
    case .unknown(let name): "invalid filter '\(TerminalText.escaped(name))'"
    case .invalidType(let value): "invalid filter: 'type'='\(TerminalText.escaped(value))'"
    case .notABoolean(let name):
      "invalid value for filter '\(name)', must be \"true\" (or \"1\"), or \"false\" (or \"0\")"
    case .severalValues("until"): "more than one until filter specified"
    case .severalValues(let name): "got more than one value for filter key \"\(name)\""
    case .invalidTime(""): "failed to parse value as time or duration: value is empty"
    case .invalidTime(let value) where value.contains("-"):
      "failed to parse value as time or duration: invalid date \(TerminalText.quoted(value))"
    case .invalidTime(let value):
      "failed to parse value as time or duration: " + problem(withSeconds: value)
    }
  }

  // Invalid seconds: the whole seconds are checked first, then the fraction.
  private static func problem(withSeconds text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = String(parts.first ?? "")
    if Int64(whole) != nil, parts.count == 2,
      let offset = parts[1].utf8.enumerated().first(where: { !isDigit($0.element) })
    {
      let character = String(Character(Unicode.Scalar(offset.element)))
      return "invalid nanoseconds: invalid character '\(TerminalText.escaped(character))' "
        + "at position \(offset.offset)"
    }
    let digits =
      whole.utf8.first.map { "+-".utf8.contains($0) } == true
      ? whole.utf8.dropFirst() : whole.utf8[...]
    let isNumber = !digits.isEmpty && digits.allSatisfy(isDigit)
    return "invalid seconds \(TerminalText.quoted(whole)): "
      + (isNumber ? "value out of range" : "invalid syntax")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func text(_ error: TemplateError) -> String {
    "template parsing error: \(error.message)"
  }

  /// Docker's command line rejects blank arguments itself, but not blanks around others; nil if
  /// there is none.
  static func emptyArgument(network: String, container: String? = nil) -> String? {
    if network.isEmpty { return "invalid network name or ID: value is empty" }
    return container == "" ? "invalid container name or ID: value is empty" : nil
  }

  /// One problem on its own line, several as a list.
  static func list(_ head: String, _ problems: [String]) -> String {
    let lines = problems.count == 1 ? problems : problems.map { "* " + $0 }
    return ([head] + lines).joined(separator: "\n")
  }

  private static func text(_ problem: EndpointProblem) -> String {
    switch problem {
    case .outsideSubnets(let address): "no configured subnet contains IP address \(address)"
    case .addressOnDefaultNetwork:
      "user-specified IP address is supported on user-defined networks only"
    case .aliasOnDefaultNetwork:
      "network-scoped aliases are only supported for user-defined networks"
    case .invalidAddress(let family, let address): "invalid \(family.name) address: \(address)"
    case .unspecifiedLinkLocal(let address): "invalid link-local IP address: \(address)"
    case .option(let error): text(error)
    }
  }
}
