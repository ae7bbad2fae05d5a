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
      "network \(TerminalText.escaped(network)): container "
        + "\(TerminalText.escaped(endpoint.container.name)) no longer exists; "
        + "netctl network reload cleans up"
    case .waiting(let endpoint, let network):
      "network \(TerminalText.escaped(network)): container "
        + "\(TerminalText.escaped(endpoint.container.name)) was started again and is not "
        + "connected; netctl network reload connects it"
    case .vanished(let endpoint, let network):
      "network \(TerminalText.escaped(network)): the link "
        + "\(endpoint.interface.map { "\($0.hostName ?? $0.name)" } ?? "") of container "
        + "\(TerminalText.escaped(endpoint.container.name)) is gone; "
        + "netctl network reload cleans up"
    case .blockedTraffic(let blockedTraffic): text(blockedTraffic)
    case .diversion(let diversion, let network):
      "network \(TerminalText.escaped(network)): \(text(diversion))"
    case .closedToOthers(let family, let chains, let links):
      "note: netctl enabled \(family.name) forwarding for its networks only and drops packets "
        + "between other links (\(text(links, chains))); to let them pass: "
        + "nft 'add rule inet netctl admin iifname \"IN\" oifname \"OUT\" accept'"
    case .foreignPort(let port, let bridge, let network):
      "note: network \(TerminalText.escaped(network)): link \(port) is a "
        + "port of bridge "
        + "\(bridge) and not netctl's; it may be a way out of this internal network"
    case .staleHostsFile(let path, let container):
      subject(container: container) + "\(TerminalText.escaped(path)) "
        + (container == nil
          ? "has names although nothing is connected" : "lacks names, or has others")
        + "; netctl network reload fixes it"
    case .deadResolverFile(let path, let container):
      subject(container: container) + "\(TerminalText.escaped(path)) names the name server, "
        + "which does not answer; start it (netctl dns), or netctl network reload takes it out"
    case .shadowed(let shadowed):
      "port \(shadowed.port.hostPort ?? 0)/\(shadowed.port.transport.name) of "
        + "\(shadowed.port.host) leads to container "
        + "\(TerminalText.escaped(shadowed.container.name)), so "
        + (shadowed.process.map { "process \($0.id) (\(TerminalText.escaped($0.command)))" }
          ?? "a process")
        + " that listens there gets no connections; stop it or unpublish the port"
    case .unrouted(let ports):
      "note: container \(TerminalText.escaped(ports.container.name)) has ports that none of its "
        + "networks "
        + "publishes: " + PortText.mappings(ports.ports).joined(separator: ", ")
        + "; connect it, or unpublish them"
    case .unknownDriver(let driver, let network):
      text(ServiceError.unknownDriver(driver, network: network))
        + "; use the netctl that created it, or remove it"
    case .featureMissing(let feature):
      "the kernel has no \(feature.rawValue); networks need the module \(feature.module)"
    }
  }

  /// A difference in a container, or elsewhere with nil.
  static func text(_ difference: Difference, of container: String?) -> String {
    subject(container: container) + text(difference)
  }

  private static func subject(network: String? = nil, container: String? = nil) -> String {
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
        + "through bridge "
        + "\(diversion.bridge); see ip route get \(diversion.address) and ip rule"
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
      "network \(TerminalText.escaped(network)): the connection of container "
        + "\(TerminalText.escaped(endpoint.container.name)) is incomplete: connect or disconnect "
        + "was not "
        + "finished"
    case .ports(let ports):
      "container \(TerminalText.escaped(ports.container.name)) has ports whose change was not "
        + "finished: "
        + PortText.mappings(ports.ports).joined(separator: ", ")
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

  private static func text(_ network: Network) -> String {
    "\(TerminalText.escaped(network.name)) (\(network.id.short))"
  }

  /// A difference and its consequence.
  private static func text(_ difference: Difference) -> String {
    switch difference {
    case .deviceMissing(let device):
      "\(device.kind.link) \(device.name) is missing; its containers have no network"
    case .deviceUnfinished(let device):
      "\(device.kind.link) \(device.name) is incomplete; its containers have no network"
    case .deviceTaken(.otherKind(let name, let kind)):
      "interface \(name) is not a \(kind), so the network has none; rename or delete it"
    case .deviceTaken(.notManaged(let name)), .deviceTaken(.belongsToNetwork(let name, _)):
      "bridge \(name) exists but does not belong to this network; rename or delete it"
    case .renamed(let name, let present, _): "link \(name) has been renamed to \(present)"
    case .down(let name, let namespace): "link \(name)\(suffix(namespace)) is down"
    case .addressMissing(let address, let name, let namespace):
      "link \(name)\(suffix(namespace)) lacks its address \(address)"
    case .mtu(let name, let wanted, let found, let namespace):
      "link \(name)\(suffix(namespace)) has MTU \(found) instead of \(wanted)"
    case .macvlanMode(let name, let wanted, let found, let namespace):
      "link \(name)\(suffix(namespace)) has macvlan mode \(found.rawValue) instead of "
        + wanted.rawValue
    case .hardwareAddress(let name, let wanted, let found, let namespace):
      "link \(name)\(suffix(namespace)) has hardware address \(found) instead of \(wanted)"
    case .hairpinOff(let name):
      "port \(name) is not in hairpin mode; its container cannot reach the ports that "
        + "it publishes itself"
    case .loopbackClosed(let access):
      "host processes cannot reach ports published behind bridge \(access.bridge) by "
        + (access.family == .ipv4 ? "127.0.0.1" : "::1")
    case .sysctl(let sysctl, let found):
      "\(text(sysctl)) is \(TerminalText.escaped(found)) instead of \(sysctl.value)"
    case .notAPort(let port):
      "link \(port.name) is not a port of bridge \(port.bridge); its container "
        + "has no network"
    case .notIsolated(let name):
      "port \(name) is not isolated; its container can reach others on the network"
    case .notLocked(let name):
      "port \(name) is not locked; its container can send frames with any hardware address"
    case .portLearns(let name, let address):
      "port \(name) is not restricted to \(address); its container can receive frames for others "
        + "or fill the bridge's forwarding database"
    case .hostLinkMissing(let name): "link \(name) is gone"
    case .tunnelMissing(let tunnel, nil):
      "vxlan \(tunnel.device.name) is missing; its containers do not reach those of other hosts"
    case .tunnelMissing(let tunnel, let name?):
      "vxlan \(name) is not as \(tunnel.device.name) has to be; its containers do not reach those "
        + "of other hosts"
    case .tunnelDetached(let tunnel):
      "vxlan \(tunnel.device.name) is not a port of bridge \(tunnel.bridge) that neither learns nor "
        + "floods; its containers may not reach those of other hosts"
    case .stationMissing(let station, let tunnel):
      "vxlan \(tunnel) does not lead to \(text(station)); its containers do not reach it"
    case .stationUnexpected(let station, let tunnel):
      "vxlan \(tunnel) leads to \(text(station)), which no other host has"
    case .interfaceMissing(let endpoint, _, nil):
      "link \(endpoint.name) in its container is gone; the container has no network"
    case .interfaceMissing(let endpoint, _, _?):
      "link \(endpoint.name) in its container is incomplete; the container has no network"
    case .interfaceMoved(let endpoint, _, let present):
      "link \(endpoint.name) has been moved out of its container and is link \(present) of the "
        + "host; the container has no network"
    case .namespaceInaccessible(let error): text(error)
    case .parentMissing(let name):
      "the host has no link \(name), which its interfaces are on; netctl network reload makes "
        + "them again once it is back"
    case .containerEndMissing(let name, let host):
      "the other end of \(host), \(name), is no longer in its container; "
        + "disconnect and reconnect it"
    case .routeMissing(let route, _, _):
      "its container has no default route \(text(route))"
    case .returnPathMissing(let path, _):
      "its container has its own default route and does not reply from "
        + "\(path.source.address) "
        + (path.route.gateway.map { "via \($0)" } ?? "on \(path.route.interface)")
    case .firewallMissing:
      "netctl's nftables tables are missing or modified: masquerading, published ports and "
        + "isolation are not as configured"
    case .elementMissing(let element):
      "netctl's nftables tables lack an element: "
        + "\(describe(element).text): \(describe(element).consequence)"
    case .elementUnexpected(let element):
      "netctl's nftables tables have an element that no network needs: "
        + describe(element).text
    case .unrecognizedElements(let count):
      "netctl's nftables tables have \(count) elements that netctl did not add; see nft list "
        + "ruleset"
    case .forwardingOff(let family):
      "the host does not forward \(family.name) "
        + "(\(SysctlKey.forwarding(family))), and "
        + "containers cannot reach the outside"
    case .familyMissing(let family):
      "the kernel has no \(family.name), or it is disabled; the network needs it"
    case .unknownLink(let name, _):
      "link \(name) was created by netctl but is not on record; "
        + "ip link delete dev \(TerminalText.shellQuoted(name.description)) removes it"
    case .bridgeTrafficFiltered(let family):
      "note: the host's firewall sees \(family.name) traffic within bridges, "
        + "and other tables may drop it; unless something else needs that (Docker, Kubernetes), "
        + "sysctl -w net.bridge.bridge-nf-call-\(family == .ipv4 ? "iptables" : "ip6tables")=0 "
        + "disables it"
        + (family == .ipv6 ? "; replies of containers to a ping of ff02::1 are lost" : "")
    }
  }

  private static func text(_ station: RemoteStation) -> String {
    let addresses = station.addresses.map(\.description).joined(separator: ", ")
    return (addresses.isEmpty ? "\(station.mac)" : addresses)
      + (station.host.map { " on host \($0)" } ?? "")
  }

  private static func suffix(_ namespace: TargetNamespace) -> String {
    switch namespace {
    case .host: ""
    case .container: " in its container"
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

  /// An element as it stands in its set, and the consequence when it is missing.
  private static func describe(_ element: FirewallElement) -> (text: String, consequence: String) {
    switch element {
    case .bridge(let name): ("bridges \(name)", "\(name) is treated as unmanaged")
    case .internal(let name):
      ("internal \(name)", "containers on \(name) can reach host addresses")
    case .external(let name):
      ("outgoing \(name)", "containers on \(name) cannot reach the outside")
    case .masquerade(let family, let name):
      (
        "masq \(family.name) \(name)",
        "the outside cannot reply to containers on \(name) over \(family.name)"
      )
    case .routed(let family, let name):
      (
        "routed \(family.name) \(name)",
        "published ports of containers on \(name) are not reachable over \(family.name)"
      )
    case .intraNetwork(let name):
      ("self \(name)", "published ports are not reachable from within \(name)")
    case .interContainer(let name):
      ("allow \(name)", "containers on \(name) cannot reach each other through the host")
    case .trusted(let host, let bridge):
      (
        "trusted \(host) \(bridge)",
        "containers on \(bridge) are not reachable through \(host)"
      )
    case .ingress(let family, let name, let verdict):
      (
        "ingress \(family.name) \(name) \(verdict)",
        verdict == .accept
          ? "containers on \(name) are not reachable from outside over \(family.name)"
          : "unpublished ports of containers on \(name) are reachable from outside over "
            + family.name
      )
    case .gateway(let address):
      ("gateways \(address)", "services on \(address) are reachable from outside")
    case .sourceAddress(let bridge, let address):
      (
        "snat \(bridge) \(address)",
        "containers on \(bridge) do not use the source address \(address)"
      )
    case .published(let host, let transport, let port, let address, let containerPort):
      (
        "dnat \(host) \(port)/\(transport.name) to \(address) \(containerPort)",
        "\(PortText.socket(host, port))/\(transport.name) is not reachable"
      )
    case .openPort(let address, let transport, let port):
      (
        "open \(address) \(port)/\(transport.name)",
        "\(PortText.socket(address, port))/\(transport.name) is not reachable"
      )
    case .tunnelPort(let port):
      ("tunnel_ports \(port)", "hosts outside of the cluster can send frames to its networks")
    case .tunnelHost(let address):
      ("tunnel_hosts \(address)", "containers on \(address) are not reachable")
    case .noTransit(let family):
      ("closed \(family.name)", "the host forwards \(family.name) for everyone")
    case .validSource(let bridge, let mac, let address):
      (
        "stations \(bridge) \(mac) \(address)",
        "ICMP errors and replies from \(address) that arrive through \(bridge) are dropped"
      )
    case .fastPathSource(let bridge, let address):
      (
        "senders \(bridge) \(address)",
        "what \(address) sends to the outside through \(bridge) is slower"
      )
    case .exclusiveSource(let address):
      (
        "assigned \(address)",
        "other containers can send to the host and the outside as \(address)"
      )
    case .strictBridge(let bridge):
      (
        "bound \(bridge)",
        "containers on \(bridge) can send to the host and the outside from addresses of their own"
      )
    case .neighborSolicitation(let bridge, let mac, let address):
      (
        "solicitors \(bridge) \(mac) \(address)",
        "\(address) may not reach the host through \(bridge)"
      )
    case .neighborBinding(let bridge, let mac, let address):
      (
        "\(address.family == .ipv4 ? "neighbors" : "advertisers") \(bridge) \(mac) \(address)",
        "the host may not reach \(address) through \(bridge)"
      )
    case .protectedNeighbor(let address):
      (
        "\(address.family == .ipv4 ? "known" : "targets") \(address)",
        "other containers can tell the host that \(address) is theirs"
      )
    case .port(let port):
      ("ports \(port)", "the container behind \(port) can send to others as anybody")
    case .strictPort(let port):
      (
        "bound_ports \(port)",
        "the container behind \(port) can send to others from addresses of its own"
      )
    case .portAddress(let port, let address):
      ("own \(port) \(address)", "\(address) does not reach others on its network")
    case .protectedAddress(let address):
      ("taken \(address)", "containers can send to others as \(address)")
    case .portTarget(let port, let address):
      ("own_targets \(port) \(address)", "\(address) does not reach others on its network")
    case .protectedTarget(let address):
      ("taken_targets \(address)", "containers can tell others that \(address) is theirs")
    }
  }
}

extension Difference {
  /// Whether `reload` fixes it.
  fileprivate var isFixedByReload: Bool {
    switch self {
    case .firewallMissing, .elementMissing, .elementUnexpected, .unrecognizedElements,
      .forwardingOff:
      true
    default: !steps.isEmpty
    }
  }
}
