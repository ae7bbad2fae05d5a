import Addressing
import Drivers
import KernelModel
import NetworkModel
import Presentation

/// A network of a graph.
struct GraphNetwork: Sendable {
  /// Its identity.
  let id: NetworkID
  /// Its name.
  let name: String
  /// Its driver.
  let driver: DriverName
  /// The bridge; nil for a network without a device.
  let device: String?
  /// Whether nothing leaves it.
  let isInternal: Bool
  /// Its subnets.
  let subnets: [GraphSubnet]
  /// Its containers, in the order of the graph's.
  let attachments: [GraphAttachment]

  init(
    _ status: NetworkStatus, _ ports: [EndpointID: [PublishedPort]],
    _ containers: [GraphContainer], _ positions: [ContainerID: Int]
  ) {
    let network = status.network
    let desired = Self.desired(network)
    id = network.id
    name = network.name
    driver = network.driver
    device = desired.bridge?.name.description
    isInternal = network.isInternal
    subnets = network.subnets.map { GraphSubnet($0, in: network, desired.firewall) }
    attachments = status.endpoints
      .compactMap { endpoint in
        positions[endpoint.container.id].map {
          GraphAttachment(endpoint, ports[endpoint.id] ?? [], at: $0, in: containers[$0])
        }
      }
      .sorted { $0.container < $1.container }
  }

  /// The different ways out of its families.
  var waysOut: [(families: [AddressFamily], way: WayOut)] {
    var ways: [(families: [AddressFamily], way: WayOut)] = []
    for subnet in subnets {
      if let index = ways.firstIndex(where: { $0.way == subnet.wayOut }) {
        ways[index].families.append(subnet.subnet.family)
      } else {
        ways.append(([subnet.subnet.family], subnet.wayOut))
      }
    }
    return ways
  }

  static func hasDevice(_ network: Network) -> Bool { desired(network).bridge != nil }

  // Options on record were accepted when the network was made.
  private static func desired(_ network: Network) -> DesiredNetwork {
    (try? network.makeDriver())?.desiredNetwork ?? DesiredNetwork()
  }
}

/// A subnet of a network, and how its containers reach the outside.
struct GraphSubnet: Sendable {
  /// The subnet.
  let subnet: IPPrefix
  /// The bridge's own address.
  let gateway: IPAddress?
  /// How packets of its family leave.
  let wayOut: WayOut

  init(
    _ subnet: SubnetConfiguration, in network: Network, _ firewall: [FirewallElement]
  ) {
    self.subnet = subnet.subnet
    gateway = subnet.gateway
    wayOut = WayOut(firewall, family: subnet.subnet.family)
  }
}

/// How packets of one family leave a network.
struct WayOut: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// Not at all.
    case none
    /// Under an address of the host's.
    case masquerade
    /// Under this address.
    case sourceAddress(IPAddress)
    /// Under the container's own address, which others have a route to.
    case routed
    /// Under the container's own address, without more.
    case untranslated
  }

  let kind: Kind
  /// Whether everything may come in this way, not only what is published.
  let isUnprotected: Bool

  /// Reads it from what the firewall should hold for the network.
  init(_ firewall: [FirewallElement], family: AddressFamily) {
    var kind =
      firewall.contains { if case .outgoing = $0 { true } else { false } }
      ? Kind.untranslated : .none
    var isUnprotected = false
    for element in firewall {
      switch element {
      case .masquerade(family, _): kind = .masquerade
      case .sourceAddress(_, let address) where address.family == family:
        kind = .sourceAddress(address)
      case .routed(family, _): kind = .routed
      case .ingress(family, _, .accept): isUnprotected = true
      default: continue
      }
    }
    self.kind = kind
    self.isUnprotected = isUnprotected
  }

  /// It in a few words.
  var text: String {
    let text =
      switch kind {
      case .none: "internal"
      case .masquerade: "masquerade"
      case .sourceAddress(let address): "SNAT \(address)"
      case .routed: "routed"
      case .untranslated: "untranslated"
      }
    return isUnprotected ? text + ", unprotected" : text
  }
}
