import Addressing
import KernelModel
import LinuxSystem
import Netlink
import Nftables

extension FirewallElement {
  /// The sets that hold the elements of each case: one, or one for each family.
  static let schemas: [ElementSchema] = [
    ElementSchema([.bridges], bridge) { if case .bridge(let bridge) = $0 { bridge } else { nil } },
    ElementSchema([.internal], `internal`) {
      if case .internal(let bridge) = $0 { bridge } else { nil }
    },
    ElementSchema([.outgoing], external) {
      if case .external(let bridge) = $0 { bridge } else { nil }
    },
    ElementSchema([.masq], masquerade) {
      if case .masquerade(let family, let bridge) = $0 { (family, bridge) } else { nil }
    },
    ElementSchema([.routed], routed) {
      if case .routed(let family, let bridge) = $0 { (family, bridge) } else { nil }
    },
    ElementSchema([.intraNetwork], { (bridge, _: InterfaceName) in intraNetwork(bridge) }) {
      if case .intraNetwork(let bridge) = $0 { (bridge, bridge) } else { nil }
    },
    ElementSchema([.allow], { (bridge, _: InterfaceName) in interContainer(bridge) }) {
      if case .interContainer(let bridge) = $0 { (bridge, bridge) } else { nil }
    },
    ElementSchema([.trusted], trusted) {
      if case .trusted(let host, let bridge) = $0 { (host, bridge) } else { nil }
    },
    ElementSchema([.ingress], ingress) {
      guard case .ingress(let family, let bridge, let ingress) = $0 else { return nil }
      return (family, bridge, ingress)
    },
    ElementSchema([.gateways4, .gateways6], gateway) {
      if case .gateway(let address) = $0 { address } else { nil }
    },
    ElementSchema([.snat4, .snat6], sourceAddress) {
      if case .sourceAddress(let bridge, let address) = $0 { (bridge, address) } else { nil }
    },
    ElementSchema([.dnat4, .dnat6], published) {
      guard case .published(let host, let transport, let port, let address, let containerPort) = $0,
        !host.isUnspecified
      else { return nil }
      return (host, transport, port, address, containerPort)
    },
    ElementSchema([.dnat4any, .dnat6any], publishedOnAll) {
      guard case .published(let host, let transport, let port, let address, let containerPort) = $0,
        host.isUnspecified, host.family == address.family
      else { return nil }
      return (transport, port, address, containerPort)
    },
    ElementSchema([.open4, .open6], openPort) {
      guard case .openPort(let address, let transport, let port) = $0 else { return nil }
      return (address, transport, port)
    },
    ElementSchema([.closed], noTransit) {
      if case .noTransit(let family) = $0 { family } else { nil }
    },
    ElementSchema([.stations4, .stations6], validSource) {
      if case .validSource(let bridge, let mac, let address) = $0 {
        (bridge, mac, address)
      } else {
        nil
      }
    },
    ElementSchema([.senders4, .senders6], fastPathSource) {
      if case .fastPathSource(let bridge, let address) = $0 { (bridge, address) } else { nil }
    },
    ElementSchema([.assigned4, .assigned6], exclusiveSource) {
      if case .exclusiveSource(let address) = $0 { address } else { nil }
    },
    ElementSchema([.routers], router) {
      if case .router(let bridge, let mac) = $0 { (bridge, mac) } else { nil }
    },
    ElementSchema([.bound], strictBridge) {
      if case .strictBridge(let bridge) = $0 { bridge } else { nil }
    },
    ElementSchema([.solicitors], neighborSolicitation) {
      guard case .neighborSolicitation(let bridge, let mac, let address) = $0 else { return nil }
      return (bridge, mac, address)
    },
    ElementSchema([.neighbors4, .advertisers], neighborBinding) {
      guard case .neighborBinding(let bridge, let mac, let address) = $0 else { return nil }
      return (bridge, mac, address)
    },
    ElementSchema([.known4, .targets], protectedNeighbor) {
      if case .protectedNeighbor(let address) = $0 { address } else { nil }
    },
    ElementSchema([.ports], port) { if case .port(let port) = $0 { port } else { nil } },
    ElementSchema([.boundPorts], strictPort) {
      if case .strictPort(let port) = $0 { port } else { nil }
    },
    ElementSchema([.own4, .own6], portAddress) {
      if case .portAddress(let port, let address) = $0 { (port, address) } else { nil }
    },
    ElementSchema([.taken4, .taken6], protectedAddress) {
      if case .protectedAddress(let address) = $0 { address } else { nil }
    },
    ElementSchema([.ownTargets], portTarget) {
      if case .portTarget(let port, let address) = $0 { (port, address) } else { nil }
    },
    ElementSchema([.takenTargets], protectedTarget) {
      if case .protectedTarget(let address) = $0 { address } else { nil }
    },
    ElementSchema([.tunnelPorts], tunnelPort) {
      if case .tunnelPort(let port) = $0 { port } else { nil }
    },
    ElementSchema([.tunnelHosts4, .tunnelHosts6], tunnelHost) {
      if case .tunnelHost(let address) = $0 { address } else { nil }
    },
  ]

  @Sendable
  private static func publishedOnAll(
    _ transport: Transport, port: UInt16, to address: IPAddress, containerPort: UInt16
  ) -> FirewallElement? {
    IPAddress(family: address.family, value: 0).map {
      .published(host: $0, transport, port: port, to: address, containerPort: containerPort)
    }
  }
}

extension [FirewallElement] {
  /// Each element once, sorted. Throws `.addressFamilyNotSupported` when a port of one family is
  /// mapped to the other.
  func asSetElements() throws(NetlinkError) -> [SetElement] {
    var elements: [SetElement] = []
    var previous: FirewallElement?
    for element in sorted() where element != previous {
      previous = element
      guard let encoded = FirewallElement.schemas.firstResult({ $0.encode(element) }) else {
        throw NetlinkError(.addressFamilyNotSupported)
      }
      elements.append(encoded)
    }
    return elements
  }
}

extension FirewallElement {
  /// Parses an element of netctl's table; nil for one that netctl does not create.
  init?(_ element: SetElement) {
    guard let decoded = Self.schemas.firstResult({ $0.decode(element) }) else { return nil }
    self = decoded
  }
}
