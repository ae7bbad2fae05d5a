import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Presentation
import StateStore

extension Diagnostics {
  /// What is wrong, its consequence, and how to fix it.
  static func text(_ finding: Finding) -> String {
    switch finding {
    case .configuration(let path, let problem): text(problem, in: path)
    case .defaultNetworkKept(let reason): text(reason)
    case .damaged(let error): text(error) + "; " + remedy(error)
    case .stale(let record, let network, let container):
      subject(network: network, container: container) + text(record)
        + "; netctl network reload fixes it"
    case .unfinished(let change):
      text(change) + "; netctl network reload removes it, or says why it cannot"
    case .conflict(let conflict):
      text(conflict) + "; remove one of them, then run netctl network reload"
    case .difference(let difference, let network, let container):
      subject(network: network) + text(difference, of: container)
        + (difference.isFixedByReload ? "; netctl network reload fixes it" : "")
    case .unusable(let error, let network):
      subject(network: network) + text(error)
        + "; correct the network's document, or remove the network"
    case .notRepairable(let difference, let network, let container):
      subject(network: network) + text(difference, of: container)
        + (difference.isFixedByReload
          ? "; netctl network reload fixes it once no other network has its addresses" : "")
    case .vanished(let endpoint, let network) where endpoint.container.isStopped:
      subject(network: network) + "container \(TerminalText.escaped(endpoint.container.name)) "
        + "no longer exists; netctl network reload cleans up"
    case .waiting(let endpoint, let network):
      subject(network: network) + "container \(TerminalText.escaped(endpoint.container.name)) "
        + "was started again and is not connected; netctl network reload connects it"
    case .vanished(let endpoint, let network):
      subject(network: network)
        + "the link \(endpoint.interface.map { "\($0.hostName ?? $0.name)" } ?? "") of container "
        + "\(TerminalText.escaped(endpoint.container.name)) is gone; "
        + "netctl network reload cleans up"
    case .blockedTraffic(let blockedTraffic): text(blockedTraffic)
    case .diversion(let diversion, let network):
      subject(network: network) + text(diversion)
    case .closedToOthers(let family, let chains, let links):
      "note: netctl enabled \(family.name) forwarding for its networks only and drops packets "
        + "between other links (\(text(links, chains))); to let them pass: "
        + "nft 'add rule inet netctl admin iifname \"IN\" oifname \"OUT\" accept'"
    case .foreignPort(let port, let bridge, let network):
      "note: " + subject(network: network) + "link \(port) is a port of bridge \(bridge) and not "
        + "netctl's; it may be a way out of this internal network"
    case .staleHostsFile(let path, let container, let isWritable):
      subject(container: container) + "\(TerminalText.escaped(path)) "
        + (container == nil
          ? "has names although nothing is connected" : "does not list the names that it should")
        + (isWritable ? "; netctl network reload fixes it" : ", and netctl may not write it")
    case .deadResolverFile(let path, let container):
      subject(container: container) + "\(TerminalText.escaped(path)) names the name server, "
        + "which does not answer; start it (netctl dns), or run netctl network reload to remove it"
    case .shadowed(let shadowed):
      "port \(shadowed.port.hostPort ?? 0)/\(shadowed.port.transport.name) of "
        + "\(shadowed.port.host) leads to container "
        + "\(TerminalText.escaped(shadowed.container.name)), so "
        + (shadowed.process.map { "process \($0.id) (\(TerminalText.escaped($0.command)))" }
          ?? "a process")
        + " that listens there gets no connections; stop it or unpublish the port"
    case .unrouted(let ports):
      "note: container \(TerminalText.escaped(ports.container.name)) has ports that none of its "
        + "networks publishes: " + PortText.mappings(ports.ports).joined(separator: ", ")
        + "; connect it, or unpublish them"
    case .unknownDriver(let driver, let network):
      text(ServiceError.unknownDriver(driver, network: network))
        + "; use the netctl that created it, or remove it"
    case .absentPlugin(let name, let error, let networks):
      subject(network: networks.joined(separator: ", "))
        + "plugin \(TerminalText.quoted(name)) does not answer: "
        + text(ServiceError.plugin(error))
    case .featureMissing(let feature):
      "the kernel has no \(feature.rawValue); networks need the module \(feature.module)"
    }
  }

  static func subject(network: String? = nil, container: String? = nil) -> String {
    (network.map { "network \(TerminalText.escaped($0)): " } ?? "")
      + (container.map { "container \(TerminalText.escaped($0)): " } ?? "")
  }

  private static func text(_ links: [InterfaceName], _ chains: [ForeignForwarder]) -> String {
    let chains = chains.map { chain in
      "chain \(TerminalText.escaped(chain.chain)) of table \(chain.family) "
        + "\(TerminalText.escaped(chain.table))"
    }
    return (links.map { "\($0)" } + chains).joined(separator: ", ")
  }

  // netctl must not fix it: the route belongs to somebody else.
  private static func text(_ diversion: Diversion) -> String {
    let target =
      switch diversion.target {
      case .subnet(let subnet): "\(subnet)"
      case .container(let name): "container \(TerminalText.escaped(name)) (\(diversion.address))"
      }
    guard let route = diversion.route else {
      return
        "the host has no route to \(target), or one that rejects packets, instead of a route "
        + "through bridge \(diversion.bridge); see ip route get \(diversion.address) and ip rule"
    }
    return
      "packets to \(target) leave through "
      + "\(diversion.link.map { "\($0)" } ?? "several links") "
      + "(route \(route.destination), table \(route.table)) instead of bridge \(diversion.bridge); "
      + "change the route or the rule that leads to it, or give the network another subnet"
  }

  private static func text(_ change: UnfinishedChange) -> String {
    switch change {
    case .network(let network):
      "network \(text(network)) is incomplete: its creation or removal was not finished"
    case .update(let network):
      "network \(text(network)) is incomplete: its update was not finished"
    case .endpoint(let endpoint, let network):
      subject(network: network) + "the connection of container "
        + "\(TerminalText.escaped(endpoint.container.name)) is incomplete: connect or disconnect "
        + "was not finished"
    case .ports(let ports):
      "container \(TerminalText.escaped(ports.container.name)) has ports whose change was not "
        + "finished: " + PortText.mappings(ports.ports).joined(separator: ", ")
    }
  }

  private static func text(_ record: IndexInconsistency) -> String {
    switch record {
    case .otherSubnets: "its leases are for different subnets"
    case .freeAddress(let address, _):
      "address \(address) is in use but not leased, so another container may get it"
    case .lostAddresses(1, _): "1 address is leased but not in use"
    case .lostAddresses(let count, _): "\(count) addresses are leased but not in use"
    case .missingContainerEntry(let endpoint):
      "container \(TerminalText.escaped(endpoint.container.name)) is connected but missing from "
        + "the index"
    case .unexpectedContainerEntry(let file, _):
      "state file \(file) refers to a connection that does not exist"
    case .missingReservation(let reservation):
      "\(text(reservation)) is not reserved, but container \(reservation.container.short) has "
        + "published it"
    case .unexpectedReservation(let reservation):
      "\(text(reservation)) is reserved for container \(reservation.container.short), which has "
        + "not published it"
    }
  }

  private static func text(_ reservation: PortReservation) -> String {
    let port = reservation.port
    return "port \(port.hostPort ?? 0)/\(port.transport.name) of \(port.host)"
  }

  private static func text(_ conflict: NetworkConflict) -> String {
    let networks = "networks \(text(conflict.first)) and \(text(conflict.second))"
    return switch conflict.subject {
    case .name: "\(networks) have the same name"
    case .subnets(let one, let other): "\(networks) have overlapping subnets, \(one) and \(other)"
    case .device(let name): "\(networks) use the same bridge \(name)"
    }
  }

  // A document of a newer netctl is not damaged.
  private static func remedy(_ error: StateError) -> String {
    switch error {
    case .newerSchema: "use a newer netctl"
    case .folder, .unsafePlace, .unwritable, .locked, .unreadable: "check the file system"
    case .misnamed(_, isCopy: true): "remove it"
    case .notJSON, .malformed, .misnamed:
      switch error.damagedSubject {
      case .host: "remove it: it is recreated, and connections continue"
      case .leases: "remove it: leases are rebuilt from the network's records"
      case .network: "restore it, or remove it and the network's bridge is no longer managed"
      case .other, nil: "restore it, or remove it and lose what it records"
      }
    }
  }
}
