import Addressing
import KernelModel
import Presentation

extension Diagnostics {
  /// An element as it stands in its set, and the consequence when it is missing.
  static func describe(_ element: FirewallElement) -> (text: String, consequence: String) {
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
        "traffic from \(address) to the outside through \(bridge) is slower"
      )
    case .exclusiveSource(let address):
      (
        "assigned \(address)",
        "other containers can send to the host and the outside as \(address)"
      )
    case .router(let bridge, let mac):
      (
        "routers \(bridge) \(mac)",
        "containers on \(bridge) can have the host send to others under a false source"
      )
    case .strictBridge(let bridge):
      (
        "bound \(bridge)",
        "containers on \(bridge) can send to the host and the outside from addresses of their own"
      )
    case .neighborSolicitation(let bridge, let mac, let address):
      (
        "solicitors \(bridge) \(mac) \(address)",
        "\(address) might not reach the host through \(bridge)"
      )
    case .neighborBinding(let bridge, let mac, let address):
      (
        "\(address.family == .ipv4 ? "neighbors" : "advertisers") \(bridge) \(mac) \(address)",
        "the host might not reach \(address) through \(bridge)"
      )
    case .protectedNeighbor(let address):
      (
        "\(address.family == .ipv4 ? "known" : "targets") \(address)",
        "other containers can claim \(address) towards the host"
      )
    case .port(let port):
      ("ports \(port)", "the container behind \(port) can impersonate others")
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
      ("taken_targets \(address)", "containers can claim \(address) towards others")
    }
  }
}
