import Addressing
import Drivers
import KernelModel
import NetworkModel
import Presentation

/// A network of a graph.
struct GraphNetwork: Sendable {
  /// Its identity.
  let id: NetworkID
  let name: String
  let driver: DriverName
  /// Its device, or the link of the host that it is on; nil for a network without one.
  let device: String?
  /// Whether it is an internal network.
  let isInternal: Bool
  let subnets: [GraphSubnet]
  /// Its containers, in the graph's order.
  let attachments: [GraphAttachment]

  init(
    _ status: NetworkStatus, _ ports: [EndpointID: [PublishedPort]],
    _ containers: [GraphContainer], _ positions: [ContainerID: Int], on host: HostSettings
  ) {
    let network = status.network
    let desired = Self.desired(network, on: host)
    id = network.id
    name = network.name
    driver = network.driver
    device = desired.hostLink?.description
    isInternal = network.isInternal
    subnets = network.subnets.map { GraphSubnet($0, Egress(desired, network, $0.subnet.family)) }
    attachments = status.endpoints
      .compactMap { endpoint in
        positions[endpoint.container.id].map {
          GraphAttachment(endpoint, ports[endpoint.id] ?? [], at: $0, in: containers[$0])
        }
      }
      .sorted { $0.container < $1.container }
  }

  /// The distinct egresses of its families.
  var egresses: [(families: [AddressFamily], egress: Egress)] {
    var egresses: [(families: [AddressFamily], egress: Egress)] = []
    for subnet in subnets {
      if let index = egresses.firstIndex(where: { $0.egress == subnet.egress }) {
        egresses[index].families.append(subnet.subnet.family)
      } else {
        egresses.append(([subnet.subnet.family], subnet.egress))
      }
    }
    return egresses
  }

  static func hasDevice(_ network: Network) -> Bool {
    desired(network, on: HostSettings()).hostLink != nil
  }

  // Recorded options have been validated at creation.
  private static func desired(_ network: Network, on host: HostSettings) -> DesiredNetwork {
    var registry = DriverRegistry.builtIn
    registry.host = host
    let driver = (try? registry.driver(of: network)) ?? nil
    return driver?.desiredNetwork ?? DesiredNetwork()
  }
}

/// A subnet of a network and the egress of its packets.
struct GraphSubnet: Sendable {
  let subnet: IPPrefix
  /// The bridge's own address, or that of a router on the link of the host.
  let gateway: IPAddress?
  /// The egress of its family.
  let egress: Egress

  init(_ subnet: SubnetConfiguration, _ egress: Egress) {
    self.subnet = subnet.subnet
    gateway = subnet.gateway
    self.egress = egress
  }
}

/// How packets of one family leave a network.
struct Egress: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// They do not.
    case none
    /// Masqueraded with a host address.
    case masquerade
    /// With this source address.
    case sourceAddress(IPAddress)
    /// With the container's own address, which is routed.
    case routed
    /// With the container's own address, untranslated.
    case untranslated
    /// As a plugin has it, which only the plugin knows.
    case plugin
  }

  let kind: Kind
  /// Whether everything is reachable from outside, not only published ports.
  let isUnprotected: Bool

  private init(kind: Kind) {
    self.kind = kind
    isUnprotected = false
  }

  /// Derives it from the policy of the family; nil for an internal network, and without a device.
  init(_ policy: NetworkPolicy.FamilyPolicy?) {
    isUnprotected = policy?.reachability == .everything
    kind =
      switch (policy?.reachability, policy?.sourceAddress) {
      case (.routedPorts, _): .routed
      case (_, nil): .none
      case (_, .own): .untranslated
      case (_, .masquerade): .masquerade
      case (_, .chosen(let address)): .sourceAddress(address)
      }
  }

  /// Takes the egress of one family of a network. The link of the host that interfaces are on
  /// takes packets as they are, unless it is a dummy.
  init(_ desired: DesiredNetwork, _ network: Network, _ family: AddressFamily) {
    if network.plugin != nil {
      self.init(kind: network.isInternal ? .none : .plugin)
    } else if desired.parent != nil {
      let isInternal = network.isInternal || desired.device?.kind == .dummy
      self.init(isInternal ? nil : NetworkPolicy.FamilyPolicy())
    } else if desired.device != nil, !network.isInternal,
      desired.policy?.families.contains(family) != true
    {
      // The host has no firewall for the family.
      self.init(NetworkPolicy.FamilyPolicy(reachability: .everything))
    } else {
      self.init(desired.policy?.outside?.policy(family))
    }
  }

  /// A short description.
  var text: String {
    let text =
      switch kind {
      case .none: "internal"
      case .masquerade: "masquerade"
      case .sourceAddress(let address): "SNAT \(address)"
      case .routed: "routed"
      case .untranslated: "untranslated"
      case .plugin: "plugin"
      }
    return isUnprotected ? text + ", unprotected" : text
  }
}
