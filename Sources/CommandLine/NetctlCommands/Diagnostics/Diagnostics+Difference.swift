import Addressing
import KernelModel
import Presentation

/// Differences between the kernel and the records, with their consequences.
extension Diagnostics {
  /// A difference in a container, or elsewhere with nil.
  static func text(_ difference: Difference, of container: String?) -> String {
    subject(container: container) + text(difference)
  }

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
    case .nameTaken(let name, let present):
      "link \(name) in its container has been renamed to \(present), and another link has its name; "
        + "rename that one, and netctl network reload restores the name"
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
      "link \(port.name) is not a port of bridge \(port.bridge); its container has no network"
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
      "the host has no link \(name), which its interfaces are on; netctl network reload "
        + "recreates them once it is back"
    case .containerEndMissing(let name, let host):
      "the other end of \(host), \(name), is no longer in its container; "
        + "disconnect and reconnect it"
    case .routeMissing(let route, _, _):
      "its container has no default route \(text(route))"
    case .returnPathMissing(let path, _):
      "its container has its own default route and does not reply from \(path.source.address) "
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
        + "(\(SysctlKey.forwarding(family))), and containers cannot reach the outside"
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
}

extension Difference {
  /// Whether `reload` fixes it.
  var isFixedByReload: Bool {
    switch self {
    case .firewallMissing, .elementMissing, .elementUnexpected, .unrecognizedElements,
      .forwardingOff:
      true
    case .deviceMissing, .deviceUnfinished, .renamed, .down, .addressMissing, .mtu, .macvlanMode,
      .hardwareAddress, .hairpinOff, .loopbackClosed, .sysctl, .notAPort, .notIsolated, .notLocked,
      .portLearns, .interfaceMissing, .interfaceMoved, .routeMissing, .returnPathMissing,
      .tunnelMissing, .tunnelDetached, .stationMissing, .stationUnexpected, .deviceTaken,
      .nameTaken, .hostLinkMissing, .namespaceInaccessible, .parentMissing,
      .containerEndMissing, .familyMissing, .unknownLink, .bridgeTrafficFiltered:
      !steps.isEmpty
    }
  }
}
