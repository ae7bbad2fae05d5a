import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Presentation
import StateStore

extension Diagnostics {
  /// What is not as it should be, what it means, and what mends it.
  static func text(_ finding: Finding) -> String {
    switch finding {
    case .damaged(let error): text(error) + "; " + mend(error)
    case .stale(let record, let network):
      (network.map { "network \(Printable.text($0)): " } ?? "") + text(record)
        + "; netctl network reload mends it"
    case .unfinished(let change):
      text(change) + "; netctl network reload removes it, or says why it cannot"
    case .collision(let collision):
      text(collision) + "; remove the one that is too much, then run netctl network reload"
    case .difference(let difference, let network):
      (network.map { "network \(Printable.text($0)): " } ?? "") + text(difference)
        + (difference.isMendedByReload ? "; netctl network reload mends it" : "")
    case .vanished(let endpoint, let network):
      "network \(Printable.text(network)): the link \(endpoint.interface?.hostName ?? "") of container "
        + "\(Printable.text(endpoint.container.name)) is gone, so it is not connected any more; "
        + "netctl network reload forgets it"
    case .obstruction(let obstruction): text(obstruction)
    case .diversion(let diversion, let network):
      "network \(Printable.text(network)): \(text(diversion))"
    case .closedToOthers(let family, let chains, let links):
      "note: netctl switched \(family.name) forwarding on for its networks only, and drops packets "
        + "between other links (\(text(links, chains))); to let them pass: "
        + "nft 'add rule inet netctl admin iifname \"IN\" oifname \"OUT\" accept'"
    case .foreignPort(let port, let bridge, let network):
      "note: network \(Printable.text(network)): link \(Printable.text(port)) is a port of bridge "
        + "\(bridge) and not netctl's; it may be a way out of this internal network"
    case .shadowed(let shadowed):
      "port \(shadowed.port.hostPort ?? 0)/\(shadowed.port.transport.name) of "
        + "\(shadowed.port.host) leads to container \(Printable.text(shadowed.container.name)), so "
        + (shadowed.process.map { "process \($0.id) (\(Printable.text($0.command)))" }
          ?? "a process")
        + " that listens there gets no connections; stop it or unpublish the port"
    case .idle(let ports):
      "note: container \(Printable.text(ports.container.name)) keeps ports that none of its networks "
        + "carries: " + PortText.mappings(ports.ports).joined(separator: ", ")
        + "; connect it, or unpublish them"
    case .featureMissing(let feature):
      "the kernel has no \(feature.rawValue); networks need the module \(feature.module)"
    }
  }

  private static func text(_ links: [String], _ chains: [ForeignForwarder]) -> String {
    let chains = chains.map { chain in
      "chain \(Printable.text(chain.chain)) of table \(chain.family) \(Printable.text(chain.table))"
    }
    return (links.map(Printable.text) + chains).joined(separator: ", ")
  }

  // What netctl could do about it is nothing that it should: the route has an owner.
  private static func text(_ diversion: Diversion) -> String {
    let target =
      switch diversion.target {
      case .subnet(let subnet): "\(subnet)"
      case .container(let name): "container \(Printable.text(name)) (\(diversion.address))"
      }
    guard let route = diversion.route else {
      return "the host has no route to \(target), or one that refuses packets, instead of bridge "
        + "\(diversion.bridge); see ip route get \(diversion.address) and ip rule"
    }
    return "packets to \(target) leave by \(diversion.link.map(Printable.text) ?? "several links") "
      + "(route \(route.destination), table \(route.table)) instead of bridge \(diversion.bridge); "
      + "change the route or the rule that leads to it, or give the network another subnet"
  }

  private static func text(_ change: UnfinishedChange) -> String {
    switch change {
    case .network(let network):
      "network \(text(network)) is not whole: its creation or removal was not finished"
    case .endpoint(let endpoint, let network):
      "network \(Printable.text(network)): the connection of container "
        + "\(Printable.text(endpoint.container.name)) is not whole: connect or disconnect was not "
        + "finished"
    case .ports(let ports):
      "container \(Printable.text(ports.container.name)) has ports whose change was not finished: "
        + PortText.mappings(ports.ports).joined(separator: ", ")
    }
  }

  private static func text(_ record: StaleRecord) -> String {
    switch record {
    case .otherSubnets: "its leases are of other subnets than it has"
    case .freeAddress(let address, _):
      "address \(address) is in use and counts as free, so that another container may get it"
    case .lostAddresses(1, _): "1 address counts as taken, and nobody has it"
    case .lostAddresses(let count, _): "\(count) addresses count as taken, and nobody has them"
    case .missingMembership(let endpoint):
      "container \(Printable.text(endpoint.container.name)) is connected and does not count as such"
    case .surplusMembership(let file, _):
      "state file \(file) tells of a connection that is not there"
    case .missingMarker(let marker):
      "\(text(marker)) counts as free, and container \(marker.container.short) has published it"
    case .surplusMarker(let marker):
      "\(text(marker)) counts as published by container \(marker.container.short), which has not done so"
    }
  }

  private static func text(_ marker: PortMarker) -> String {
    "port \(marker.port.hostPort ?? 0)/\(marker.port.transport.name) of \(marker.port.host)"
  }

  private static func text(_ collision: Collision) -> String {
    let networks = "networks \(text(collision.first)) and \(text(collision.second))"
    return switch collision.subject {
    case .name: "\(networks) have the same name"
    case .subnets(let one, let other): "\(networks) have subnets that overlap, \(one) and \(other)"
    case .bridge(let name): "\(networks) want the same bridge \(name)"
    }
  }

  private static func text(_ network: Network) -> String {
    "\(Printable.text(network.name)) (\(network.id.short))"
  }

  /// What is different, and what it means.
  static func text(_ difference: Difference) -> String {
    switch difference {
    case .bridgeMissing(let bridge):
      "bridge \(bridge.name) is not there, and its containers reach nobody"
    case .bridgeUnfinished(let bridge):
      "bridge \(bridge.name) is not finished, and its containers reach nobody"
    case .bridgeTaken(.notABridge(let name)):
      "interface \(name) is not a bridge, so the network has none; rename or delete it"
    case .bridgeTaken(.notOurs(let name)), .bridgeTaken(.belongsToNetwork(let name, _)):
      "bridge \(name) belongs to somebody else, so the network has none; rename or delete it"
    case .renamed(let name, let present, _): "link \(name) is called \(present)"
    case .down(let name, let place): "link \(name)\(suffix(place)) is down"
    case .addressMissing(let address, let name, let place):
      "link \(name)\(suffix(place)) lacks its address \(address)"
    case .mtu(let name, let wanted, let found, let place):
      "link \(name)\(suffix(place)) has MTU \(found) instead of \(wanted)"
    case .hardwareAddress(let name, let wanted, let found, let place):
      "link \(name)\(suffix(place)) has hardware address \(found) instead of \(wanted)"
    case .hairpinOff(let name):
      "port \(name) sends no frame back (hairpin mode), and its container does not reach ports that "
        + "it publishes itself"
    case .loopbackClosed(let access):
      "processes of the host do not reach ports published behind bridge \(access.bridge) by "
        + (access.family == .ipv4 ? "127.0.0.1" : "::1")
    case .sysctl(let sysctl, let found):
      "\(text(sysctl)) is \(Printable.text(found)) instead of \(sysctl.value)"
    case .notAPort(let endpoint):
      "link \(endpoint.hostName) is not a port of bridge \(endpoint.master), and its container "
        + "reaches nobody"
    case .notIsolated(let name):
      "port \(name) is not isolated, and its container reaches others of the network"
    case .portLearns(let name, let address):
      "port \(name) does not lead to \(address) alone, and its container can take frames of others "
        + "or fill the bridge's forwarding database"
    case .endpointGone(let name): "link \(name) is gone"
    case .interfaceGone(let name, let host):
      "the other end of \(host), \(name), is not in its container any more; disconnect and connect it"
    case .routeMissing(let route, _, _):
      "its container has no default route by \(route.gateway) on \(route.interface)"
    case .returnPathMissing(let path, _):
      "its container has a default route of its own, and does not answer from "
        + "\(path.source.address) by \(path.route.gateway)"
    case .firewallMissing:
      "the nftables table inet netctl is gone or changed: what is masqueraded, published and isolated "
        + "is not as it should be"
    case .elementMissing(let element):
      "the nftables table inet netctl lacks an element: \(text(element)): "
        + consequence(element)
    case .elementSurplus(let element):
      "the nftables table inet netctl has an element that no network wants: \(text(element))"
    case .elementsStrange(let count):
      "the nftables table inet netctl has \(count) elements that are not netctl's; see nft list table "
        + "inet netctl"
    case .forwardingOff(let family):
      "the host does not forward \(family.name) (\(family.forwardingSysctl.joined(separator: "/"))), and "
        + "containers reach nobody outside"
    case .familyMissing(let family):
      "the kernel has no \(family.name), or it is switched off; the network needs it"
    case .unknownLink(let name, _):
      "link \(name) bears netctl's mark, and no record knows it; "
        + "ip link delete dev \(quoted(name.description)) removes it"
    case .bridgeTrafficFiltered(let family):
      "note: the firewall of the host sees \(family.name) traffic inside of bridges, "
        + "and other tables may drop it; unless something else needs that (Docker, Kubernetes), "
        + "sysctl -w net.bridge.bridge-nf-call-\(family == .ipv4 ? "iptables" : "ip6tables")=0 ends it"
        + (family == .ipv6 ? "; answers of containers to a ping of ff02::1 are lost" : "")
    }
  }

  private static func suffix(_ place: Place) -> String {
    switch place {
    case .host: ""
    case .container: " in its container"
    }
  }

  // A document of a later netctl is not damaged.
  private static func mend(_ error: StateError) -> String {
    switch error {
    case .newerSchema: "use that netctl"
    case .folder, .unsafePlace, .unwritable, .locked, .unreadable: "see to the file system"
    case .misnamed(_, isCopy: true): "remove it"
    case .notJSON, .malformed, .misnamed:
      switch error.damagedSubject {
      case .host: "remove it: it is made anew, and connections go on"
      case .leases: "remove it: leases are made anew from the network's records"
      case .network: "restore it, or remove it and the network's bridge is nobody's"
      case .other, nil: "restore it, or remove it and what it says is forgotten"
      }
    }
  }

  /// What it means that an element is missing.
  private static func consequence(_ element: FirewallElement) -> String {
    switch element {
    case .bridge(let name): "\(name) counts as a link of somebody else's"
    case .internal(let name): "containers on \(name) reach addresses of the host"
    case .outgoing(let name): "containers on \(name) reach nobody outside"
    case .masquerade(let family, let name):
      "the outside does not answer containers on \(name) over \(family.name)"
    case .routed(let family, let name):
      "published ports of containers on \(name) are not reached over \(family.name)"
    case .own(let name): "published ports are not reached from within \(name)"
    case .allow(let name): "containers on \(name) do not reach each other by way of the host"
    case .trusted(let host, let bridge): "containers on \(bridge) are not reached by way of \(host)"
    case .ingress(let family, let name, .accept):
      "containers on \(name) are not reached from outside over \(family.name)"
    case .ingress(let family, let name, _):
      "unpublished ports of containers on \(name) are reached from outside over \(family.name)"
    case .gateway(let address): "services on \(address) are reached from outside"
    case .sourceAddress(let bridge, let address):
      "containers on \(bridge) do not reach the outside under \(address)"
    case .published(let host, let transport, let port, _, _):
      "\(PortText.socket(host, port))/\(transport.name) is not reached"
    case .open(let address, let transport, let port):
      "\(PortText.socket(address, port))/\(transport.name) is not reached"
    case .closed(let family): "the host forwards \(family.name) for everybody"
    case .source(let bridge, let address):
      "errors and answers of \(address) that come through \(bridge) are dropped"
    }
  }

  private static func text(_ element: FirewallElement) -> String {
    switch element {
    case .bridge(let name): "bridges \(name)"
    case .internal(let name): "internal \(name)"
    case .outgoing(let name): "outgoing \(name)"
    case .masquerade(let family, let name): "masq \(family.name) \(name)"
    case .routed(let family, let name): "routed \(family.name) \(name)"
    case .own(let name): "self \(name)"
    case .allow(let name): "allow \(name)"
    case .trusted(let host, let bridge): "trusted \(host) \(bridge)"
    case .ingress(let family, let name, let verdict): "ingress \(family.name) \(name) \(verdict)"
    case .gateway(let address): "gateways \(address)"
    case .sourceAddress(let bridge, let address): "snat \(bridge) \(address)"
    case .published(let host, let transport, let port, let address, let containerPort):
      "dnat \(host) \(port)/\(transport.name) to \(address) \(containerPort)"
    case .open(let address, let transport, let port): "open \(address) \(port)/\(transport.name)"
    case .closed(let family): "closed \(family.name)"
    case .source(let bridge, let address): "sources \(bridge) \(address)"
    }
  }
}

extension Difference {
  /// Whether `reload` changes it.
  fileprivate var isMendedByReload: Bool {
    switch self {
    case .firewallMissing, .elementMissing, .elementSurplus, .elementsStrange, .forwardingOff: true
    default: !steps.isEmpty
    }
  }
}

extension AddressFamily {
  fileprivate var name: String {
    switch self {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }
}
