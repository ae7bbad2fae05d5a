import Addressing
import GoTemplate
import KernelModel
import NetworkFilters
import NetworkModel
import NetworkService
import Presentation

/// The sentences in which errors reach the user: Docker's where Docker has one, and one that names
/// the culprit where Docker shows an error number or a Go function.
enum Diagnostics {
  static func text(_ error: ServiceError) -> String {
    switch error {
    case .state(let error): text(error)
    case .kernel(let error): text(error)
    case .unrecorded(let error, let deed):
      text(error) + "\n\(text(deed)) all the same; the next command that can write it records that"
    case .unfinished(let change, let reason): "\(text(change)): \(text(reason))"
    case .unprivileged:
      "permission denied: netctl needs root's files, CAP_NET_ADMIN and CAP_SYS_ADMIN; run it with "
        + "sudo"
    case .option(let error): text(error)
    case .bridge(let conflict, let network, let name): text(conflict, network: network, name)
    case .definition(let error): text(error)
    case .foreignState(let folder):
      "the networks in \(Printable.text(folder)) belong to another network namespace; "
        + "NETCTL_STATE_DIR names a folder for this one"
    case .networkNotFound(let reference): "network \(Printable.text(reference)) not found"
    case .ambiguousContainer(let prefix, let matches):
      "container \(prefix) is ambiguous (\(matches) matches found based on ID prefix)"
    case .ambiguousNetwork(let prefix, let matches):
      "network \(prefix) is ambiguous (\(matches) matches found based on ID prefix)"
    case .noSuchContainer(let reference): "No such container: \(Printable.text(reference))"
    case .notANamespace(let path):
      "\(Printable.text(path)) is not a network namespace"
    case .endpointNotFound(let name): "endpoint \(Printable.text(name)) not found"
    case .endpointSettings(let problems):
      list("invalid endpoint settings:", problems.map(text))
    case .alreadyConnected(let container, let network):
      "endpoint with name \(Printable.text(container)) already exists in network "
        + Printable.text(network)
    case .notConnected(let container, let network):
      "container \(container) is not connected to network \(Printable.text(network))"
    case .notConnectedToMissing(let container, let network):
      "container \(container) is not connected to the network \(Printable.text(network))"
    case .invalidLinkLocal(let address): "invalid link local IP address: \(address)"
    case .linkLocalWithoutIPv6(let address, let network):
      "link local IP address \(address) needs IPv6, which network "
        + "\(Printable.text(network)) does not have"
    case .addressInUse: "Address already in use"
    case .noAddressLeft(let family, let network, let id):
      "no available \(word(family)) addresses on this network's address pools: "
        + "\(Printable.text(network)) (\(id))"
    case .hostNamespace:
      "container sharing network namespace with another container or host cannot be connected to "
        + "any other network"
    case .hostNetwork:
      "cannot connect container to host network - container must be created in host network mode"
    case .privateNetwork:
      "container cannot be connected to multiple networks with one of the networks in private "
        + "(none) mode"
    case .configurationOnlyNetwork: "cannot create endpoint on configuration-only network"
    case .interfaceExists(let name, let container):
      "interface \(name) already exists in container \(Printable.text(container))"
    case .defaultRouteExists(let container):
      "failed to set gateway: container \(Printable.text(container)) already has a default route "
        + "that netctl cannot go before; give that a higher metric, or connect without --gw-priority"
    case .port(let error): text(error)
    case .predefinedNetwork(let name):
      "\(name) is a pre-defined network and cannot be removed"
    case .activeEndpoints(let network, let endpoints):
      "error while removing network: network \(Printable.text(network)) has active endpoints ("
        + endpoints.map {
          "name:\(Printable.quoted($0.container.name)) id:\"\($0.id.short)\""
        }.sorted().joined(separator: ", ") + ")"
    case .configurationInUse(let name):
      "error while removing network: configuration network \(Printable.quoted(name)) is in use"
    }
  }

  private static func text(_ change: UnfinishedChange) -> String {
    switch change {
    case .network(let network):
      "cannot remove what is left of network \(Printable.text(network.name)) (\(network.id.short))"
    case .endpoint(let endpoint, let network):
      "cannot remove what is left of the connection of container "
        + "\(Printable.text(endpoint.container.name)) to network \(Printable.text(network))"
    case .ports(let ports):
      "cannot undo the change of ports of container \(Printable.text(ports.container.name)): "
        + PortText.mappings(ports.ports).joined(separator: ", ")
    }
  }

  private static func text(_ deed: Deed) -> String {
    switch deed {
    case .disconnection(let container, let network):
      "container \(Printable.text(container)) is disconnected from network \(Printable.text(network))"
    case .removal(let network): "network \(Printable.text(network)) is removed"
    }
  }

  static func text(_ error: FilterError) -> String {
    switch error {
    case .unknown(""): "invalid filter"
    case .unknown(let name): "invalid filter '\(Printable.text(name))'"
    case .invalidType(let value): "invalid filter: 'type'='\(Printable.text(value))'"
    case .notABoolean(let name):
      "invalid value for filter '\(name)', must be \"true\" (or \"1\"), or \"false\" (or \"0\")"
    case .severalValues("until"): "more than one until filter specified"
    case .severalValues(let name): "got more than one value for filter key \"\(name)\""
    case .invalidTime(""): "failed to parse value as time or duration: value is empty"
    case .invalidTime(let value) where value.contains("-"):
      "failed to parse value as time or duration: invalid date \(Printable.quoted(value))"
    case .invalidTime(let value):
      "failed to parse value as time or duration: " + problem(withSeconds: value)
    }
  }

  // A number of seconds that is none: the whole seconds are looked at first, then the fraction.
  private static func problem(withSeconds text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = String(parts.first ?? "")
    if Int64(whole) != nil, parts.count == 2,
      let offset = parts[1].utf8.enumerated().first(where: { !isDigit($0.element) })
    {
      let character = String(Character(Unicode.Scalar(offset.element)))
      return "invalid nanoseconds: invalid character '\(Printable.text(character))' "
        + "at position \(offset.offset)"
    }
    let digits =
      whole.utf8.first.map { "+-".utf8.contains($0) } == true
      ? whole.utf8.dropFirst() : whole.utf8[...]
    let isNumber = !digits.isEmpty && digits.allSatisfy(isDigit)
    return "invalid seconds \(Printable.quoted(whole)): "
      + (isNumber ? "value out of range" : "invalid syntax")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func text(_ error: TemplateError) -> String {
    "template parsing error: \(error.message)"
  }

  /// Docker's command line refuses blank arguments itself, and does not see blanks around others;
  /// nil when there is none.
  static func emptyArgument(network: String, container: String? = nil) -> String? {
    if network.isEmpty { return "invalid network name or ID: value is empty" }
    return container == "" ? "invalid container name or ID: value is empty" : nil
  }

  /// One problem on its own line, several as a list.
  static func list(_ head: String, _ problems: [String]) -> String {
    let lines = problems.count == 1 ? problems : problems.map { "* " + $0 }
    return ([head] + lines).joined(separator: "\n")
  }

  static func word(_ family: AddressFamily) -> String {
    switch family {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }

  private static func text(_ problem: EndpointProblem) -> String {
    switch problem {
    case .outsideSubnets(let address): "no configured subnet contains IP address \(address)"
    case .addressOnDefaultNetwork:
      "user-specified IP address is supported on user-defined networks only"
    case .aliasOnDefaultNetwork:
      "network-scoped aliases are only supported for user-defined networks"
    case .invalidAddress(let family, let address): "invalid \(word(family)) address: \(address)"
    case .unspecifiedLinkLocal(let address): "invalid link-local IP address: \(address)"
    case .option(let error): text(error)
    }
  }
}
