import Addressing
package import KernelModel
package import NetworkModel
package import PacketTrace

/// A trace with the names that people know its parts by.
package struct TraceReport: Sendable {
  let observation: TraceObservation
  let conclusion: TraceConclusion
  let container: String
  /// The file of the container's namespace.
  let namespacePath: String
  /// The other container to which the probe went.
  let peer: String?
  /// The networks on record.
  let networks: [Network]
  /// What these require of the firewall.
  let policies: [NetworkID: NetworkPolicy]
  /// The container's connections on record.
  let endpoints: [Endpoint]
  /// The ports on record that the container holds.
  let ports: [PublishedPort]

  package init(
    _ observation: TraceObservation, _ conclusion: TraceConclusion, container: String,
    namespacePath: String, peer: String?, networks: [Network],
    policies: [NetworkID: NetworkPolicy], endpoints: [Endpoint], ports: [PublishedPort]
  ) {
    self.observation = observation
    self.conclusion = conclusion
    self.container = container
    self.namespacePath = namespacePath
    self.peer = peer
    self.networks = networks
    self.policies = policies
    self.endpoints = endpoints
    self.ports = ports
  }

  var path: TracePath { TracePath(observation) }
  var request: TraceRequest { observation.request }
  var isInbound: Bool { request.isInbound }

  /// The network of a bridge that netctl made.
  func network(of link: LinkFacts?) -> Network? {
    guard case .network(let id)? = link?.owner else { return nil }
    return networks.first { $0.id.description == id }
  }

  /// The container's network on record, by the link that the probe uses.
  var network: Network? {
    if let network = network(of: path.bridge) { return network }
    let endpoint = endpoints.first { $0.interface?.name.description == path.containerLink?.name }
    return networks.first { $0.id == endpoint?.network }
  }

  /// How a network leads to the outside; nil if it does not.
  func outside(of network: NetworkID?) -> NetworkPolicy.Outside? {
    network.flatMap { policies[$0]?.outside }
  }

  /// The name of a bridge's network, or of the bridge.
  func name(ofBridge link: LinkFacts) -> String { network(of: link)?.name ?? link.name }

  /// The place in which something happened.
  func name(_ side: TraceSide) -> String {
    switch side {
    case .host: "this host"
    case .container: TerminalText.escaped(container)
    case .peer: TerminalText.escaped(peer ?? "the other container")
    }
  }

  func linkName(_ index: UInt32?, _ side: TraceSide) -> String {
    TerminalText.escaped(observation[side].link(index)?.name ?? "?")
  }
}
